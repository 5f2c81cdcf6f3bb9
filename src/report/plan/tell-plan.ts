/** Tells a plan in the log, the outputs, the summary and the comment. There is no commit status: nothing was trained. */
import { messageOf } from '../../failure.ts';
import { clean } from '../../hostile/clean.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { parallelJobs } from '../../job/quota.ts';
import type { Subject } from '../../plan/subject.ts';
import type { Ports } from '../../ports.ts';
import { commentMarker } from '../comment.ts';
import { usd } from '../figures.ts';
import type { OutputName } from '../outputs.ts';
import { upsertComment } from '../publish.ts';
import { cleanPlan } from './clean-plan.ts';
import { commentWithPlan } from './plan-comment.ts';
import type { PlanReport } from './plan-report.ts';
import { planSection } from './plan-section.ts';

type Doors = Pick<Ports, 'runner' | 'secrets' | 'github'>;

/** The runner drops a step's summary above 1 MiB of UTF-8, and a UTF-16 unit takes at most three bytes. */
const SUMMARY_LIMIT = 330_000;

/** Answers the exit code. GitHub failing never changes it. */
export async function tellPlan(report: PlanReport, inputs: Inputs, subject: Subject, doors: Doors): Promise<0 | 1> {
  const { runner, secrets } = doors;
  const say = (text: string) => clean(text, secrets);
  tellOutputs(planOutputs(report), doors);
  tellLog(report, doors);
  const section = planSection(cleanPlan(report, say), SUMMARY_LIMIT);
  await runner
    .summary(say(`${section}\n`))
    .catch((error) => runner.warning(say(`The job summary could not be written: ${messageOf(error)}`)));
  await tellComment(report, inputs, subject, doors);
  return report.failure === undefined ? 0 : 1;
}

type PlanOutput = OutputName | 'parallel-jobs';

/** What a later step may read, as far as it is known before anything is made. */
export function planOutputs({ planned, failure }: PlanReport): Readonly<Partial<Record<PlanOutput, string>>> {
  const conclusion = failure === undefined ? 'success' : 'failure';
  if (planned === undefined) return { conclusion };
  const { start, image, quota } = planned;
  return {
    conclusion,
    'job-name': start.jobName,
    'job-arn': start.jobArn ?? '',
    'image-uri': image.exists ? image.uri : '',
    'image-source': image.source,
    'checkpoint-uri': start.checkpointUri,
    'console-url': start.consoleUrl ?? '',
    'parallel-jobs': quota === undefined ? '' : String(parallelJobs(quota)),
  };
}

function tellOutputs(outputs: Readonly<Record<string, string>>, { runner, secrets }: Doors): void {
  for (const [name, value] of Object.entries(outputs)) runner.output(name, secrets.redactValue(value));
}

function tellLog({ planned, failure, notes }: PlanReport, { runner, secrets }: Doors): void {
  const say = (text: string) => clean(text, secrets);
  if (failure) runner.error(say(`${failure.message}\n${failure.remedy}`), failure.place);
  if (planned) {
    const { start, worstCase } = planned;
    const cost = worstCase === undefined ? '' : `, worst case ${usd(worstCase.usd)}`;
    runner.print(say(`${SENTENCES[start.kind]} ${start.jobName}${start.kind === 'create' ? cost : ''}.`));
  }
  for (const note of notes) runner.print(say(`Note: ${note}`));
  runner.print(say('Nothing was built, started or spent.'));
}

const SENTENCES = {
  create: 'A training would start as',
  adopt: 'A training would follow the job that runs already:',
  report: 'A training would report again, at no cost, what this job came to:',
  wait: 'A training would wait for the end of this job and then continue it:',
  superseded: 'A training would not start, for a newer commit is being trained:',
} as const;

async function tellComment(report: PlanReport, inputs: Inputs, subject: Subject, doors: Doors): Promise<void> {
  const { runner, secrets } = doors;
  const say = (text: string) => clean(text, secrets);
  const issue = subject.pullRequest;
  if (issue === undefined || inputs.report.comment === 'off') return;
  if (!inputs.githubToken) return runner.warning(say('There is no `github-token`: no comment is written.'));
  const marker = commentMarker(report.name);
  const body = (present: string | undefined) => commentWithPlan(marker, report, say, present);
  try {
    const github = await doors.github(inputs.githubToken);
    const result = await upsertComment({ github, issue, marker, body, known: undefined, runId: report.runId });
    if (!result.ok) runner.warning(say(result.warning));
    else if (result.value !== undefined) runner.output('comment-url', secrets.redactValue(result.value.url));
  } catch (error) {
    runner.warning(say(`GitHub could not be reached: ${messageOf(error)}`));
  }
}
