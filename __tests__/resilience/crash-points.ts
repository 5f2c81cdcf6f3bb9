/** Runs that a signal ends right after one of their requests arrived, and what must be left of them. */
import type { Checkout } from '../e2e/checkout.ts';
import { type Job, job, TRAINS_ON } from '../e2e/jobs.ts';
import { type Run, Stage } from '../e2e/stage.ts';
import { callSite } from './call-sites.ts';
import { RunCalls } from './calls.ts';
import { completeJobs, duplicates, inProgress, jobsOf } from './job-states.ts';
import { signal, whenAtWork } from './situations.ts';

/** Half a minute in all: a whole run in few requests, of every kind. */
const SHORT = job(['epoch=1 val_mape=0.21', 'epoch=2 val_mape=0.05'], {
  match: '*',
  phases: [
    { status: 'Starting', seconds: 6 },
    { status: 'Downloading', seconds: 4 },
    { status: 'Training', seconds: 12 },
    { status: 'Uploading', seconds: 6 },
  ],
});
const SIGNED_IN: Run = {
  inputs: { 'role-to-assume': 'arn:aws:iam::111122223333:role/ci' },
  without: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
};
const SECOND_ATTEMPT = { GITHUB_RUN_ATTEMPT: '2' };
/** So long after the end of a run its job may take to be on its way out. Milliseconds of this machine. */
const STOPPED_WITHIN = 3000;

export interface Point {
  /** `kill -9 at 12, sagemaker CreateTrainingJob` */
  readonly what: string;
  /** What was seen, for the reader. */
  readonly seen: string;
  readonly orphans: readonly string[];
  readonly duplicates: readonly string[];
  readonly wrong: readonly string[];
}

/** `long`: at work for an hour, so that it is certainly live when the run ends. */
export type Length = 'short' | 'long';
const SCRIPTS: Readonly<Record<Length, Job>> = { short: SHORT, long: { ...TRAINS_ON, match: '*' } };

const openStage = (checkout: Checkout, length: Length): Promise<Stage> =>
  Stage.open({ jobs: [SCRIPTS[length]], checkout, timeScale: 50 });

/** How many requests an undisturbed run makes. */
export async function countRequests(checkout: Checkout): Promise<number> {
  await using stage = await openStage(checkout, 'short');
  const calls = new RunCalls(stage);
  const main = await stage.main(SIGNED_IN);
  if (main.exitCode !== 0) throw new Error(`The undisturbed run failed:\n${main.log}`);
  return calls.all().length;
}

/** A run that gets a signal at its k-th request, and its post step. */
async function disturbed(stage: Stage, name: NodeJS.Signals, at: number) {
  const calls = new RunCalls(stage);
  let site = 'never asked so often';
  const onStart = (pid: number) =>
    calls.onCall((entry, number) => {
      if (number !== at) return;
      signal(pid, name);
      site = callSite(entry, calls.all().slice(0, -1));
    });
  const main = await stage.main({ ...SIGNED_IN, onStart });
  const post = await stage.post(main.state, SIGNED_IN);
  return { main, post, site };
}

/** The machine is lost at the k-th request; somebody runs the job again, and then it comes to its end. */
export async function killAt(checkout: Checkout, length: Length, at: number): Promise<Point> {
  await using stage = await openStage(checkout, length);
  const { post, site } = await disturbed(stage, 'SIGKILL', at);
  const left = inProgress(stage).map(({ name }) => `${name} goes on after the post step`);
  const before = jobsOf(stage).map(({ state }) => state.status);
  if (length === 'long') whenAtWork(new RunCalls(stage), () => completeJobs(stage));
  const again = await stage.main({ ...SIGNED_IN, env: SECOND_ATTEMPT });
  const wrong = await wrongSurfaces(stage, again.outputs.conclusion, again.exitCode, ['success']);
  if (post.exitCode !== 0) wrong.push(`the post step ended with ${post.exitCode}`);
  if (!jobsOf(stage).some(({ state }) => state.status === 'Completed')) wrong.push('no job completed');
  return {
    what: `kill -9 at ${at} of a ${length} job, ${site}`,
    seen: `job ${before[0] ?? 'none'}, re-run ${again.outputs.conclusion}, jobs ${statuses(stage)}`,
    orphans: [...left, ...inProgress(stage).map(({ name }) => `${name} goes on after the re-run`)],
    duplicates: duplicates(stage),
    wrong,
  };
}

/** Somebody cancels at the k-th request. */
export async function cancelAt(checkout: Checkout, length: Length, at: number): Promise<Point> {
  await using stage = await openStage(checkout, length);
  const { main, post, site } = await disturbed(stage, 'SIGINT', at);
  const until = Date.now() + STOPPED_WITHIN;
  while (inProgress(stage).length > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  // A job that was done before the cancellation was heard may be told as what it is.
  const completed = jobsOf(stage).some(({ state }) => state.status === 'Completed');
  const allowed = completed ? ['cancelled', 'success'] : ['cancelled'];
  const wrong = await wrongSurfaces(stage, main.outputs.conclusion, main.exitCode, allowed);
  if (post.exitCode !== 0) wrong.push(`the post step ended with ${post.exitCode}`);
  return {
    what: `SIGINT at ${at} of a ${length} job, ${site}`,
    seen: `${main.outputs.conclusion}, jobs ${statuses(stage)}`,
    orphans: inProgress(stage).map(({ name }) => `${name} is in progress 3 s after the run`),
    duplicates: duplicates(stage),
    wrong,
  };
}

/** Two runs of one commit, started together. */
export async function race(checkout: Checkout, pair: number): Promise<Point> {
  await using stage = await openStage(checkout, 'short');
  const runs = await Promise.all(['4711', '4712'].map((id) => stage.run({ env: { GITHUB_RUN_ID: id } })));
  const wrong: string[] = [];
  for (const { main, post } of runs) {
    wrong.push(...(await wrongSurfaces(stage, main.outputs.conclusion, main.exitCode, ['success'])));
    if (post.exitCode !== 0) wrong.push(`a post step ended with ${post.exitCode}`);
  }
  const jobs = jobsOf(stage);
  return {
    what: `race ${pair}`,
    seen: `${runs.map(({ main }) => main.outputs.conclusion).join(' and ')}, jobs ${statuses(stage)}`,
    orphans: inProgress(stage).map(({ name }) => `${name} goes on after both runs`),
    duplicates: jobs.length === 1 ? [] : [`${jobs.length} jobs were made`],
    wrong,
  };
}

const statuses = (stage: Stage) =>
  jobsOf(stage)
    .map(({ state }) => state.status)
    .join(', ') || 'none';

const SURFACES: Readonly<Record<string, readonly [exit: number, status: string, icon: string]>> = {
  success: [0, 'success', '✅'],
  cancelled: [1, 'error', '⛔'],
};

/** Conclusion, exit code, commit status and comment must agree, and be among what is right. */
async function wrongSurfaces(
  stage: Stage,
  conclusion: string | undefined,
  exitCode: number | null,
  allowed: readonly string[],
): Promise<string[]> {
  const surfaces = SURFACES[conclusion ?? ''];
  if (conclusion === undefined || !allowed.includes(conclusion) || surfaces === undefined)
    return [`the conclusion is ${JSON.stringify(conclusion)}, not ${allowed.join(' or ')}`];
  const [exit, status, icon] = surfaces;
  const comments = await stage.comments();
  const [, headline = ''] = comments[0]?.split('\n') ?? [];
  const last = (await stage.github()).statuses.at(-1)?.state;
  return [
    ...(exitCode === exit ? [] : [`the exit code is ${exitCode}, not ${exit}`]),
    ...(last === status ? [] : [`the commit status is ${last}, not ${status}`]),
    ...(comments.length === 1 ? [] : [`there are ${comments.length} comments`]),
    ...(headline.includes(icon) ? [] : [`the comment says ${headline}`]),
  ];
}
