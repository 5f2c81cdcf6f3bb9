/** The runs whose outside calls are broken one by one. Together they make every call the action knows. */
import { type Checkout, makeCheckout } from '../e2e/checkout.ts';
import { issueComment, PULL_REQUEST, plain, pullRequest, RUN_ID, refEnvironment } from '../e2e/events.ts';
import { build, FakeDocker } from '../e2e/fake-docker.ts';
import { type Job, job, PHASES, TRAINS_ON } from '../e2e/jobs.ts';
import type { Run, Setting, Stage } from '../e2e/stage.ts';
import type { RunCalls } from './calls.ts';
import { completeJobs, jobsOf } from './job-states.ts';

/** What a run must come to, on every surface. */
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'pending';

/** What the run needs besides the stage. */
export interface Props extends Disposable {
  readonly run: Run;
}

export interface Situation {
  readonly name: string;
  readonly setting: Omit<Setting, 'name' | 'checkout'>;
  /** What went before; nothing of it is broken. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  readonly run: (stage: Stage) => Run;
  readonly docker?: true;
  /** What happens while the run is at work, told of each request as it arrives. */
  readonly meanwhile?: (stage: Stage, calls: RunCalls, pid: number) => void;
  /** What an unbroken run comes to. */
  readonly conclusion: Conclusion;
  /** Main itself tells nothing any more: a signal killed it. */
  readonly killed?: true;
}

const ROLE = { 'role-to-assume': 'arn:aws:iam::111122223333:role/ci' };
const WITHOUT_KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
export const SECOND_RUN = { GITHUB_RUN_ID: '4712' };

/** Every job of the stage goes so. */
const always = (script: Job): { readonly jobs: readonly Job[] } => ({ jobs: [{ ...script, match: '*' }] });
const COMPLETES = job(['epoch=1 val_mape=0.21', 'epoch=2 val_mape=0.05']);
const FAILS = job(['epoch=1 val_mape=0.21'], { status: 'Failed', failureReason: 'AlgorithmError: , exit code: 137' });
/** Longer than two thirds of a session of fifteen minutes: it has to be renewed. */
const OUTLIVES_A_SESSION = job(['val_mape=0.05'], {
  phases: PHASES.map((phase) => (phase.status === 'Training' ? { ...phase, seconds: 780 } : phase)),
});
/** At work for an hour. */
export const LIVES_ON = always(TRAINS_ON);
/** For runs that are ended by a signal: slow enough for last words within the seconds that the runner grants. */
const AT_WORK_AT_ONCE = {
  ...always({ ...TRAINS_ON, phases: [{ status: 'Training', seconds: 3600 }] }),
  timeScale: 20,
};

/** As soon as the run has read the log of its job for the second time. */
export function whenAtWork(calls: RunCalls, act: () => void): void {
  let reads = 0;
  calls.onCall(({ operation }) => {
    if (operation === 'GetLogEvents' && ++reads === 2) act();
  });
}

/** The same pull request, one commit ago. */
const olderHead = (checkout: Checkout): Checkout => ({ ...checkout, headSha: 'a'.repeat(40) });

export const SITUATIONS: readonly Situation[] = [
  {
    name: 'pull request',
    setting: always(COMPLETES),
    run: () => ({ inputs: ROLE, without: WITHOUT_KEYS }),
    conclusion: 'success',
  },
  {
    name: 'session renewed',
    setting: { ...always(OUTLIVES_A_SESSION), timeScale: 300 },
    run: () => ({ inputs: { ...ROLE, 'role-duration': '15m' }, without: WITHOUT_KEYS }),
    conclusion: 'success',
  },
  {
    name: 'image built',
    setting: { ...always(COMPLETES), script: { ecr: { repositories: [] } } },
    docker: true,
    run: () => ({ inputs: { image: '', 'image-tags': 'one\ntwo' } }),
    conclusion: 'success',
  },
  {
    name: '/train',
    setting: {
      ...always(COMPLETES),
      github: { collaborators: { ada: 'write' }, comments: [{ issue: PULL_REQUEST, body: '/train', user: 'ada' }] },
    },
    run: (stage) => ({
      event: issueComment({ id: stage.firstCommentId() }),
      env: refEnvironment('refs/heads/main', stage.checkout.baseSha),
    }),
    conclusion: 'success',
  },
  {
    name: 'push',
    setting: always(COMPLETES),
    run: ({ checkout: { headRef, headSha } }) => ({
      event: plain('push', { ref: `refs/heads/${headRef}` }),
      env: refEnvironment(`refs/heads/${headRef}`, headSha),
    }),
    conclusion: 'success',
  },
  {
    name: 'job adopted',
    setting: always(TRAINS_ON),
    prepare: async (stage) => {
      await stage.run({ inputs: { 'wait-timeout': '1m' } });
    },
    run: () => ({ env: SECOND_RUN }),
    meanwhile: (stage, calls) => whenAtWork(calls, () => completeJobs(stage)),
    conclusion: 'success',
  },
  {
    name: 'older job superseded',
    setting: { jobs: [{ ...TRAINS_ON, match: '*-aaaaaaaa-*' }, COMPLETES] },
    prepare: async (stage) => {
      const event = pullRequest(olderHead(stage.checkout));
      await stage.run({ inputs: { 'wait-timeout': '1m', hyperparameters: 'epochs: 1' }, event });
    },
    run: () => ({ env: SECOND_RUN }),
    conclusion: 'success',
  },
  {
    name: 'job failed',
    setting: always(FAILS),
    run: () => ({}),
    conclusion: 'failure',
  },
  {
    name: 'failed job watched',
    setting: { ...always(FAILS), github: { runs: [{ id: Number(RUN_ID), status: 'completed' }] } },
    prepare: async (stage) => {
      await stage.run();
    },
    run: (stage) => ({ env: SECOND_RUN, inputs: { mode: 'watch', 'job-name': jobsOf(stage)[0]?.name ?? '' } }),
    conclusion: 'failure',
  },
  {
    name: 'wait-timeout',
    setting: always(TRAINS_ON),
    run: () => ({ inputs: { 'wait-timeout': '3m' } }),
    conclusion: 'pending',
  },
  {
    name: 'cancelled',
    setting: AT_WORK_AT_ONCE,
    run: () => ({}),
    meanwhile: (_, calls, pid) => whenAtWork(calls, () => signal(pid, 'SIGINT')),
    conclusion: 'cancelled',
  },
  {
    name: 'killed',
    setting: AT_WORK_AT_ONCE,
    run: () => ({ inputs: ROLE, without: WITHOUT_KEYS }),
    meanwhile: (_, calls, pid) => whenAtWork(calls, () => signal(pid, 'SIGKILL')),
    conclusion: 'cancelled',
    killed: true,
  },
];

/** The checkout of a situation; superseding needs none, for its older commit exists nowhere. */
export function checkoutFor({ name }: Situation): Checkout {
  return makeCheckout(name === 'older job superseded' ? 'none' : 'head');
}

export function propsFor(situation: Situation, stage: Stage): Props {
  const run = situation.run(stage);
  if (!situation.docker) return { run, [Symbol.dispose]: () => undefined };
  const docker = new FakeDocker({ buildx: true });
  return { run: build(docker, run), [Symbol.dispose]: () => docker[Symbol.dispose]() };
}

/** A process that has ended by itself needs no signal. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
