/** Follows a job and says what happens, keeping what the report needs. */
import { clean, shorten } from '../hostile/clean.ts';
import { type Relinquished, relinquish } from '../job/ownership.ts';
import type { StartedJob } from '../job/start.ts';
import type { Plan } from '../plan/plan.ts';
import type { Aws, Ports } from '../ports.ts';
import type { Followed } from './events.ts';
import { follow } from './follow.ts';
import { makeNarrator, type Spoken } from './narrate.ts';
import { makeRecorder, type Recorder } from './recorder.ts';

export interface Watched extends Followed {
  readonly recorder: Recorder;
  /** What was done about the job when this run was cancelled. */
  readonly relinquished: Relinquished | undefined;
}

/** A longer line of a training log is cut in the step log; CloudWatch keeps it whole. UTF-16 units. */
const LONGEST_LINE = 4000;

type Doors = Ports & Aws & { readonly signal: AbortSignal };

export async function followAloud(plan: Plan, job: StartedJob, doors: Doors): Promise<Watched> {
  const { inputs } = plan;
  const recorder = makeRecorder(inputs.judge.metrics, inputs.report.logLines, doors.secrets, {
    presets: inputs.judge.presets,
    withinTime: doors.withinTime,
  });
  const narrator = makeNarrator(job.name, inputs.compute.instanceCount);
  const say = (spoken: readonly Spoken[]) => {
    for (const item of spoken) speak(item, doors);
  };
  const followed = await follow(job.name, doors, (event) => {
    recorder.record(event);
    say(narrator.speak(event));
  });
  say(narrator.end());
  const relinquished = followed.ending.kind === 'cancelled' ? await giveUp(plan, job, doors) : undefined;
  // The post step has nothing left to do about a job that ended, was stopped or left, or that nobody can see.
  if (relinquished?.kind !== 'failed') doors.runner.save('job-settled', 'true');
  return { ...followed, recorder, relinquished };
}

function giveUp(plan: Plan, job: StartedJob, doors: Doors): Promise<Relinquished> {
  const { onCancel } = plan.inputs.run;
  return relinquish({ jobName: job.name, runId: plan.run.id, onCancel, patient: false }, doors);
}

function speak(spoken: Spoken, { runner, secrets }: Pick<Ports, 'runner' | 'secrets'>): void {
  if (spoken.kind === 'line') runner.print(shorten(clean(spoken.text, secrets), LONGEST_LINE));
  else if (spoken.kind === 'group') runner.group(clean(spoken.title, secrets));
  else if (spoken.kind === 'warning') runner.warning(clean(spoken.text, secrets));
  else runner.endGroup();
}
