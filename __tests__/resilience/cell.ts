/** One run on a stage of its own, whole or with one of its calls broken, and what it left behind. */
import type { Checkout } from '../e2e/checkout.ts';
import { Stage } from '../e2e/stage.ts';
import { type Fault, RunCalls } from './calls.ts';
import { duplicates, inProgress, waitTag } from './job-states.ts';
import { LIVES_ON, propsFor, type Situation } from './situations.ts';

export interface Cell {
  readonly situation: Situation;
  readonly checkout: Checkout;
  /** Absent: nothing is broken. */
  readonly broken?: { readonly site: string; readonly fault: Fault };
  /** The job is at work for an hour, whatever the situation says: it must be seen to go on. */
  readonly livesOn?: boolean;
}

/** What a run came to, on every surface that decides, and what is left of it. */
export interface Aftermath {
  /** `null`: a signal ended it. */
  readonly exit: number | null;
  readonly postExit: number | null;
  readonly conclusion: string;
  /** The last commit status of the commit that was trained. */
  readonly status: string;
  /** First line of the comment after its marker; '' without one. */
  readonly headline: string;
  readonly comments: number;
  /** Everything that a reader could see: logs of both steps and the comment. */
  readonly told: string;
  /** Jobs still in progress, and who waits for them by their tag. */
  readonly running: readonly { readonly name: string; readonly waits: string }[];
  readonly duplicates: readonly string[];
  readonly sites: ReadonlyMap<string, number>;
  readonly hits: number;
}

export async function runCell({ situation, checkout, broken, livesOn }: Cell): Promise<Aftermath> {
  const setting = { ...situation.setting, ...(livesOn && LIVES_ON) };
  await using stage = await Stage.open({ ...setting, checkout });
  await situation.prepare?.(stage);
  using props = propsFor(situation, stage);
  const calls = new RunCalls(stage);
  if (broken) calls.break(broken.site, broken.fault);
  const run = { ...props.run, onStart: (pid: number) => situation.meanwhile?.(stage, calls, pid) };
  const main = await stage.main(run);
  calls.beginPost();
  const post = await stage.post(main.state, run);
  const comments = await stage.comments();
  const { statuses } = await stage.github();
  return {
    exit: main.exitCode,
    postExit: post.exitCode,
    conclusion: main.outputs.conclusion ?? '',
    status: statuses.findLast(({ sha }) => sha === checkout.headSha)?.state ?? '',
    headline: comments[0]?.split('\n')[1] ?? '',
    comments: comments.length,
    told: [main.log, post.log, ...comments].join('\n'),
    running: inProgress(stage).map((job) => ({ name: job.name, waits: waitTag(job) })),
    duplicates: duplicates(stage),
    sites: calls.sites(),
    hits: calls.hits,
  };
}
