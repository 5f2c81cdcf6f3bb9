/** What the post step tells in main's place: the comment and the status must not say *running* for ever. */
import { messageOf } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { goesOn, type Relinquished } from '../job/ownership.ts';
import { statusContextOf } from '../plan/plan.ts';
import type { Ports } from '../ports.ts';
import { commentBody, commentMarker } from './comment.ts';
import { publishStatus, upsertComment } from './publish.ts';
import { COMMENT_STATE, PULL_REQUEST_STATE, REPORT_STATE } from './record.ts';
import type { Report } from './report.ts';
import { commitStatusFor } from './status.ts';

export async function tellAfterwards(inputs: Inputs, done: Relinquished, ports: Ports): Promise<void> {
  const saved = ports.runner.saved(REPORT_STATE);
  if (saved === '' || !inputs.githubToken || done.kind === 'not-ours') return;
  const report = ended(JSON.parse(saved), done);
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
  const issue = Number(ports.runner.saved(PULL_REQUEST_STATE));
  const known = Number(ports.runner.saved(COMMENT_STATE)) || undefined;
  if (issue > 0 && inputs.report.comment !== 'off') {
    const marker = commentMarker(report.name);
    results.push(await upsertComment({ github, issue, marker, body: commentBody(report, say), known }));
  }
  for (const result of results) if (!result.ok) ports.runner.warning(say(result.warning));
}

function ended(report: Report, done: Relinquished): Report {
  const note =
    done.kind === 'failed' && done.wish === 'stop'
      ? 'The workflow run ended before the training did, and the job could not be stopped: stop it in the console.'
      : 'The workflow run ended before the training did (cancelled, timed out, or its machine was lost).';
  return {
    ...report,
    conclusion: 'cancelled',
    outcome: { kind: 'cancelled', left: goesOn(done) },
    notes: [...report.notes, note],
  };
}
