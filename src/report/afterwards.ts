/** What the post step tells in main's place: the comment and the status must not say *running* for ever. */
import { messageOf } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { afterwards, type Relinquished } from '../job/ownership.ts';
import { statusContextOf } from '../plan/plan.ts';
import type { Ports } from '../ports.ts';
import { commentBody, commentMarker } from './comment.ts';
import { keptReport } from './kept.ts';
import { publishStatus, upsertComment } from './publish.ts';
import { COMMENT_STATE } from './record.ts';
import type { Outcome, Report } from './report.ts';
import { commitStatusFor } from './status.ts';

/** `done`: what became of the job; absent when there was none to decide about. */
export async function tellAfterwards(inputs: Inputs, done: Relinquished | undefined, ports: Ports): Promise<void> {
  const kept = keptReport(ports.runner);
  if (!kept || !inputs.githubToken || done?.kind === 'not-ours') return;
  const report = ended(kept.report, done);
  const say = (text: string) => clean(text, ports.secrets);
  const github = await ports.github(inputs.githubToken).catch((error) => {
    ports.runner.warning(say(`GitHub could not be reached: ${messageOf(error)}`));
  });
  if (!github) return;
  const status = commitStatusFor(report, say);
  const context = statusContextOf(inputs, report.name);
  const results = [];
  if (status)
    results.push(await publishStatus(github, { sha: report.commit.sha, ...status, context, targetUrl: report.runUrl }));
  const known = Number(ports.runner.saved(COMMENT_STATE)) || undefined;
  if (kept.pullRequest !== undefined && inputs.report.comment !== 'off') {
    const marker = commentMarker(report.name);
    results.push(
      await upsertComment({
        github,
        issue: kept.pullRequest,
        marker,
        body: (present) => commentBody(report, say, present),
        known,
        runId: report.runId,
      }),
    );
  }
  for (const result of results) if (!result.ok) ports.runner.warning(say(result.warning));
}

const ENDED_EARLY = '(cancelled, timed out, or its machine was lost)';

function ended(report: Report, done: Relinquished | undefined): Report {
  // Main had its last words ready, but no time to say them; or it could not stop the job.
  if (report.outcome?.kind === 'cancelled' && done) return { ...report, outcome: cancelled(done) };
  if (report.conclusion !== 'running') return report;
  if (done === undefined || done.kind === 'already-ended' || done.kind === 'no-such-job') return untold(report);
  const note = `The workflow run ended before the training did ${ENDED_EARLY}.`;
  return { ...report, conclusion: 'cancelled', outcome: cancelled(done), notes: [...report.notes, note] };
}

function cancelled(done: Relinquished): Outcome {
  return { kind: 'cancelled', job: afterwards(done) };
}

/** Nothing runs, and nobody was told to stop. */
function untold(report: Report): Report {
  const [before, remedy] = report.job
    ? ['the result of the job could be told', 'Run the workflow again: what completed is reported at no cost.']
    : ['a job was started', 'Run the workflow again.'];
  const message = `The workflow run ended before ${before} ${ENDED_EARLY}.`;
  return { ...report, conclusion: 'cancelled', failure: { code: 'CANCELLED', message, remedy } };
}
