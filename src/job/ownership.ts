/** Who waits for a job: the `train-wait` tag, read right before each stop and written at each change of hands. */
import type { Plan } from '../plan/plan.ts';
import type { JobPlan } from '../plan/request.ts';
import { runFile, runFileUri } from '../plan/run-file.ts';
import { jobTags, waitTag } from '../plan/tags.ts';
import type { Clock, Store, Trainer } from '../ports.ts';
import type { StartedJob } from './start.ts';
import { type StopResult, stopJob, stopJobSurely } from './stop.ts';

/** Tags that name the run which waits; what was trained and the hashes stay as they were. */
const HANDED_OVER = new Set([
  'train-wait',
  'train-run-id',
  'train-run-attempt',
  'train-commit',
  'train-branch',
  'train-pull-request',
]);

/** Makes this run the one that waits for a live job it found. */
export async function takeOver(
  plan: Plan,
  job: JobPlan,
  found: StartedJob,
  doors: { trainer: Trainer; store: Pick<Store, 'put'> },
): Promise<void> {
  await doors.store.put(runFileUri(plan, found.name), runFile(plan, job, found.name));
  const tags = jobTags(plan, job).filter(({ Key }) => HANDED_OVER.has(Key ?? ''));
  await doors.trainer.addTags(found.arn, tags);
}

/** What became of a job whose run ends before it does. */
export type Relinquished = StopResult | { readonly kind: 'left' } | { readonly kind: 'not-ours' };

export interface Relinquishing {
  readonly jobName: string;
  readonly runId: string;
  readonly onCancel: 'stop' | 'leave';
  /** Try for a minute (post step), or once (the runner kills main within seconds). */
  readonly patient: boolean;
}

/** Stops or leaves the job of a run that ends, if the job is still this run's to decide about. */
export async function relinquish(
  task: Relinquishing,
  doors: { trainer: Trainer; clock: Clock },
): Promise<Relinquished> {
  const { trainer } = doors;
  const arn = await trainer.describe(task.jobName).then(
    (job) => job.TrainingJobArn ?? '',
    () => undefined,
  );
  // An unreadable job is stopped all the same: a machine that costs money is worse than a stop too many.
  const tags = arn === undefined ? [] : await trainer.tags(arn).catch(() => []);
  const waits = tags.find(({ Key }) => Key === 'train-wait')?.Value;
  if (waits !== undefined && waits !== waitTag(task.runId)) return { kind: 'not-ours' };
  if (task.onCancel === 'leave' && arn !== undefined) {
    await trainer.addTags(arn, [{ Key: 'train-wait', Value: 'left' }]);
    return { kind: 'left' };
  }
  return task.patient ? stopJobSurely(task.jobName, doors) : stopJob(task.jobName, doors);
}
