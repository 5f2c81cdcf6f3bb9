/** Follows a job and says what happens, keeping what the report needs. */
import { clean, shorten } from '../hostile/clean.ts';
import { makeKeyFilter } from '../hostile/private-keys.ts';
import { handOver, type Relinquished, relinquish } from '../job/ownership.ts';
import type { StartedJob } from '../job/started.ts';
import type { Plan } from '../plan/plan.ts';
import type { Aws, DescribeTrainingJobResponse, Ports } from '../ports.ts';
import { Budget } from './budget.ts';
import type { Followed, JobEvent } from './events.ts';
import { follow } from './follow.ts';
import { makeNarrator, type Spoken } from './narrate.ts';
import { makeRecorder, type Recorder } from './recorder.ts';

/** A longer line of a training log is cut in the step log; CloudWatch keeps it whole. UTF-16 units. */
const LONGEST_LINE = 4000;

type Doors = Ports & Aws & { readonly signal: AbortSignal };

export interface Watched extends Followed {
  readonly recorder: Recorder;
  /** What was done about the job when this run was cancelled. */
  readonly relinquished: Relinquished | undefined;
  /** After `wait-timeout`: whether the job's tag says that nobody waits any more. */
  readonly handedOver: boolean;
  /** This run told the job to stop, because it may have cost more than `max-cost`. */
  readonly overCost: boolean;
}

export interface WatchedJob {
  readonly plan: Plan;
  readonly job: StartedJob;
  /** Epoch seconds: not waited for longer. */
  readonly until: number;
  /** Hears every event as well, before it is spoken. */
  readonly listen?: (event: JobEvent) => void;
  /** False: another run waits for the job, so nothing is done about it. */
  readonly isOwned?: boolean;
}

export async function followAloud(
  { plan, job, until, listen, isOwned = true }: WatchedJob,
  doors: Doors,
): Promise<Watched> {
  const { inputs } = plan;
  const recorder = makeRecorder(inputs.judge.metrics, inputs.report.logLines, doors.secrets, {
    presets: inputs.judge.presets,
    withinTime: doors.withinTime,
  });
  const narrator = makeNarrator(job.name, inputs.compute.instanceCount);
  const say = (spoken: readonly Spoken[]) => {
    for (const item of spoken) speak(item, doors);
  };
  const budget = new Budget(inputs.judge.maxCostUsd, doors, (text) => doors.runner.warning(clean(text, doors.secrets)));
  const look = (seen: DescribeTrainingJobResponse) => budget.look(seen);
  const task = { jobName: job.name, until, pollSeconds: inputs.run.pollSeconds, look };
  const withoutKeys = makeKeyFilter();
  const followed = await follow(task, doors, (told) => {
    const event = told.kind === 'lines' ? { ...told, lines: withoutKeys(told.node, told.lines) } : told;
    recorder.record(event);
    listen?.(event);
    say(narrator.speak(event));
  });
  say(narrator.end());
  const { kind } = followed.ending;
  const relinquished = kind === 'cancelled' ? await giveUp(plan, job, isOwned, doors) : undefined;
  const handedOver = kind === 'timeout' && (!isOwned || (await isHandedOver(job, doors)));
  // The post step has nothing left to do about a job that ended, was stopped or left, or that nobody can see.
  if (relinquished?.kind !== 'failed') doors.runner.save('job-settled', 'true');
  return { ...followed, recorder, relinquished, handedOver, overCost: budget.exceeded };
}

function isHandedOver({ arn }: StartedJob, doors: Doors): Promise<boolean> {
  return handOver(arn, doors).then(
    () => true,
    () => false,
  );
}

async function giveUp(plan: Plan, job: StartedJob, isOwned: boolean, doors: Doors): Promise<Relinquished> {
  if (!isOwned) return { kind: 'left' };
  const { onCancel } = plan.inputs.run;
  return relinquish({ jobName: job.name, arn: job.arn, runId: plan.run.id, onCancel, patient: false }, doors);
}

function speak(spoken: Spoken, { runner, secrets }: Pick<Ports, 'runner' | 'secrets'>): void {
  if (spoken.kind === 'line') runner.print(shorten(clean(spoken.text, secrets), LONGEST_LINE));
  else if (spoken.kind === 'group') runner.group(clean(spoken.title, secrets));
  else if (spoken.kind === 'warning') runner.warning(clean(spoken.text, secrets));
  else runner.endGroup();
}
