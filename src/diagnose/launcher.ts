/** What launchers say at the end: which rank failed first. Their tracebacks come last and hold no cause. */

/** torchrun's summary stands over a few lines: `Root Cause (first observed failure):`, then `rank : 7 (local_rank: 7)`. */
const ROOT_CAUSE = /Root Cause(?: \(first observed failure\))?:?/;
const RANK = /\brank\s*:\s*(\d+) \(local_rank: \d+\)/;
const WITHIN = 8;
/** Open MPI. Of several aborts only one is told. */
const MPI_RANK = /noticed that process rank (\d+) with PID/;

/** The rank that failed first, as the launcher saw it. */
export function firstFailedRank(lines: readonly string[]): string | undefined {
  const at = lines.findLastIndex((line) => ROOT_CAUSE.test(line));
  const summary = at < 0 ? undefined : RANK.exec(lines.slice(at, at + WITHIN).join('\n'))?.[1];
  return summary ?? lines.map((line) => MPI_RANK.exec(line)?.[1]).findLast((rank) => rank !== undefined);
}
