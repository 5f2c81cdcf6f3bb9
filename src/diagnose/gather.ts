/** Gathers the evidence of a job that ran: what SageMaker says of it, and the logs of all its nodes in bounded memory. */
import { toJobStatus } from '../job/status.ts';
import type { DescribeTrainingJobResponse, Logs } from '../ports.ts';
import type { Evidence } from './evidence.ts';
import { type ExcerptLimits, type LogExcerpt, type LogLine, makeLogExcerpter, NO_LOG } from './log/excerpt.ts';
import { requestFactsOf } from './request-facts.ts';

/** Streams read at a time: a job of many nodes must not use up the account's rate of GetLogEvents. */
const AT_ONCE = 4;
/** Bytes kept of all streams together, whatever their number. */
const KEPT = 8 * 1024 * 1024;
const MOST_PER_STREAM = 512 * 1024;

/** `job` is DescribeTrainingJob's answer; errors of the log service are the caller's. */
export async function gatherEvidence(
  job: DescribeTrainingJobResponse,
  logs: Pick<Logs, 'streams' | 'events'>,
): Promise<Evidence> {
  return {
    job: {
      status: job.TrainingJobStatus,
      secondaryStatus: job.SecondaryStatus,
      failureReason: job.FailureReason,
      transitions: toJobStatus(job).transitions,
    },
    log: await gatherLog(job.TrainingJobName ?? '', logs),
    request: requestFactsOf(job),
    metrics: [],
  };
}

/** The excerpts of all streams, in the order of time: what failed first comes first, whichever node it was. */
export async function gatherLog(jobName: string, logs: Pick<Logs, 'streams' | 'events'>): Promise<LogExcerpt> {
  // With the slash: `job-1` must not take the streams of `job-10`.
  const streams = await logs.streams(`${jobName}/`);
  if (streams.length === 0) return NO_LOG;
  const limits = limitsFor(streams.length);
  const excerpts: LogExcerpt[] = [];
  for (let start = 0; start < streams.length; start += AT_ONCE) {
    const some = streams.slice(start, start + AT_ONCE);
    excerpts.push(...(await Promise.all(some.map(({ name }) => readStream(name, logs, limits)))));
  }
  return {
    lines: excerpts.flatMap(({ lines }) => lines).sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
    totalLines: excerpts.reduce((sum, { totalLines }) => sum + totalLines, 0),
    complete: excerpts.every(({ complete }) => complete),
  };
}

function limitsFor(streams: number): ExcerptLimits {
  const share = Math.min(MOST_PER_STREAM, Math.floor(KEPT / streams / 4));
  return { head: Math.floor(share / 2), tail: Math.floor(share / 2), middle: share };
}

async function readStream(stream: string, logs: Pick<Logs, 'events'>, limits: ExcerptLimits): Promise<LogExcerpt> {
  const excerpter = makeLogExcerpter(limits);
  let token: string | undefined;
  for (;;) {
    const page = await logs.events(stream, token);
    // The time travels in front of each line, so that the excerpt keeps it.
    const text = page.events.flatMap(({ timestamp, message }) =>
      message
        .replace(/\r?\n$/, '')
        .split('\n')
        .map((line) => `${timestamp}\t${line}\n`),
    );
    if (text.length > 0) excerpter.write(Buffer.from(text.join(''), 'utf8'));
    if (page.nextToken === token) break;
    token = page.nextToken;
  }
  const { lines, ...rest } = excerpter.end();
  return { ...rest, lines: lines.map((line) => ({ ...timed(line), stream })) };
}

function timed(line: LogLine): LogLine {
  const tab = line.text.indexOf('\t');
  return { ...line, text: line.text.slice(tab + 1), at: Number(line.text.slice(0, tab)) };
}
