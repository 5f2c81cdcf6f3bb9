import { stopCommand } from '../job/stop.ts';
import { cut } from './cut.ts';
import { causeLine, checksTable, isKnown, proofBlocks, remedyList } from './explanation-card.ts';
import { duration, usd } from './figures.ts';
import { code, fence, link, prose, proseBlock } from './markdown.ts';
import type { Outcome, Report, StopCause } from './report.ts';

/** SageMaker's own limit for FailureReason is 1024 characters. */
const REASON_LIMIT = 1_200;
const MESSAGE_LIMIT = 6_000;
/** Enough for the end of a traceback, and still on the first screen of a laptop. */
const EXCERPT_LINES = 6;
const EXCERPT_WIDTH = 240;

/** What went wrong and what to do next, in this order, with nothing before it. Empty when nothing did. */
export function problem(report: Report): string {
  const { failure, outcome } = report;
  if (failure !== undefined) return refusal(failure, report);
  return outcome === undefined ? '' : problemOfOutcome(outcome, report);
}

/** The message is the proof, so the card quotes nothing. */
function refusal({ message, remedy }: NonNullable<Report['failure']>, { explained }: Report): string {
  const said = proseBlock(cut(message, MESSAGE_LIMIT));
  if (explained === undefined || !isKnown(explained)) return block(said, remedy);
  const proposals = [prose(cut(remedy, MESSAGE_LIMIT)), remedyList(explained)].join('\n\n');
  return joined(causeLine(explained), said, checksTable(explained), proposals);
}

function problemOfOutcome(outcome: Outcome, report: Report): string {
  switch (outcome.kind) {
    case 'running':
      return '';
    case 'completed':
      return report.gates.some(({ holds }) => !holds)
        ? block(
            'The job itself completed; only the gate says no.',
            'Improve the model and push, or change `gates` if the bound is wrong.',
          )
        : '';
    case 'failed':
      return failedJob(outcome.reason, report);
    case 'stopped':
      return joined(STOPPED[outcome.by](report), stoppedFor(report));
    case 'cancelled':
      return outcome.job === 'stopping' ? toldToStop(report) : mayRunOn(report, outcome.job);
    case 'lost':
      return block(proseBlock(cut(outcome.why, MESSAGE_LIMIT)), outcome.remedy);
    case 'handed-over':
      return handedOver(report);
    case 'superseded':
      return `${outcome.by === '' ? 'A newer commit' : `A newer commit, ${code(outcome.by.slice(0, 7))},`} of this pull request is trained in its place.`;
    case 'head-moved':
      return `A newer commit, ${code(outcome.head.slice(0, 7))}, was pushed before the job was created. Nothing was started for this one.`;
    case 'skipped':
      return proseBlock(cut(outcome.why, MESSAGE_LIMIT));
  }
}

function failedJob(reason: string | undefined, report: Report): string {
  const { explained, job } = report;
  if (explained === undefined) return unexplained(reason, report);
  const log = job === undefined ? '' : link('The whole log', job.logsUrl);
  if (isKnown(explained))
    return joined(causeLine(explained), proofBlocks(explained), checksTable(explained), remedyList(explained), log);
  return joined(causeLine(explained), whatWasSaid(reason, report), checksTable(explained), remedyList(explained), log);
}

/** A limit or a person stopped it; the log may still tell why it took so long. */
function stoppedFor({ explained }: Report): string {
  if (explained === undefined) return '';
  const obvious = OBVIOUS.includes(explained.diagnosis.label) || !isKnown(explained);
  const why = obvious ? '' : joined(causeLine(explained), proofBlocks(explained), remedyList(explained));
  return joined(why, checksTable(explained));
}

/** What the first sentence says already. */
const OBVIOUS: readonly string[] = ['max-runtime-exceeded', 'max-wait-exceeded', 'stopped-by-user'];

function unexplained(reason: string | undefined, report: Report): string {
  const next =
    report.logTail.length === 0
      ? 'The script never printed a line: look at the image, the entry point and the execution role first.'
      : 'Mend what the last lines name, and push.';
  const log = report.job === undefined ? '' : ` ${link('The whole log', report.job.logsUrl)}`;
  return joined(whatWasSaid(reason, report), nextStep(next) + log);
}

/** The reason and the end of the log, as they are. */
function whatWasSaid(reason: string | undefined, report: Report): string {
  const said =
    reason === undefined
      ? 'SageMaker gave no reason, which points to the service rather than to the script.'
      : `SageMaker's reason:\n\n${fence(cut(reason, REASON_LIMIT))}`;
  const last = report.logTail.slice(-EXCERPT_LINES).map(({ line }) => cut(line, EXCERPT_WIDTH));
  const excerpt = last.length === 0 ? [] : [`The log ended with:\n\n${fence(last.join('\n'))}`];
  return joined(said, ...excerpt);
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

const STOPPED: Readonly<Record<StopCause, (report: Report) => string>> = {
  'max-runtime': ({ request }) =>
    block(
      `Training ran for all of \`max-run\`${limit(request?.maxRunSeconds)} and was stopped by SageMaker.`,
      'Raise `max-run`, train fewer steps, or take a faster instance. What was saved is in the checkpoint.',
    ),
  'max-wait': ({ request, receipt }) =>
    block(
      receipt?.trainingSeconds
        ? `Waiting for spot capacity, interruptions and training together took longer than \`max-wait\`${limit(request?.maxWaitSeconds)}.`
        : `No spot instance came within \`max-wait\`${limit(request?.maxWaitSeconds)}: the script never started.`,
      'Raise `max-wait`, take another instance type, or set `spot: false`.',
    ),
  'max-cost': ({ request }) =>
    block(
      `The time that the job held its machines, at the on-demand price, came to \`max-cost\`${request?.maxCostUsd === undefined ? '' : ` (${usd(request.maxCostUsd)})`}: this run stopped it. What SageMaker bills is at most that, and less with spot.`,
      'Raise `max-cost`, train fewer steps, or take a cheaper instance. What was saved is in the checkpoint.',
    ),
  user: () =>
    block(
      'Not this run: a person or another program stopped it in AWS.',
      'Run the workflow again to train again. CloudTrail names the caller of `StopTrainingJob`.',
    ),
};

function limit(seconds: number | undefined): string {
  return seconds === undefined ? '' : ` (${duration(seconds)})`;
}

function handedOver({ job }: Report): string {
  const stop = job && ` To stop it: \`${stopCommand(job.name)}\`.`;
  return block(
    'The training takes longer than `wait-timeout`. It goes on, and costs money until it ends.',
    `Run this job again later: it finds the training and reports it.${stop ?? ''}`,
  );
}

function mayRunOn({ job }: Report, why: 'left' | 'unstopped'): string {
  const said =
    why === 'left'
      ? 'The workflow run was cancelled; the job was not stopped and costs money until it ends.'
      : 'The workflow run was cancelled, but SageMaker did not confirm that the job is being stopped: it may go on and cost money. The post step of this action tries once more, and its log tells.';
  if (job === undefined) return said;
  return block(said, `To stop it: \`${stopCommand(job.name)}\``);
}

function toldToStop({ job }: Report): string {
  if (job === undefined) return 'The workflow run was cancelled.';
  return block('The workflow run was cancelled, and with it the job.', 'Run the workflow again to train again.');
}

function block(said: string, next: string): string {
  return `${said}\n\n${nextStep(next)}`;
}

function nextStep(text: string): string {
  return `**Next:** ${prose(cut(text, MESSAGE_LIMIT))}`;
}
