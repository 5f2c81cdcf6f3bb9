/** Who waits for a job: the `train-wait` tag, read right before each stop and written at each change of hands. */
import type { Plan } from '../plan/plan.ts';
import type { JobPlan } from '../plan/request.ts';
import { jobTags, waitTag } from '../plan/tags.ts';
import type { Clock, Store, Trainer } from '../ports.ts';
import { rejection } from './rejection.ts';
import { readServiceError } from './service-errors.ts';
import type { StartedJob } from './start.ts';
import { toJobStatus } from './status.ts';
import { type StopResult, stopJob } from './stop.ts';
import { writeRunFile } from './write-run-file.ts';

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
  { plan, job, found }: { plan: Plan; job: JobPlan; found: StartedJob },
  doors: { trainer: Trainer; store: Pick<Store, 'put'> },
): Promise<void> {
  await writeRunFile({ plan, job, name: found.name }, doors.store);
  const tags = jobTags(plan, job).filter(({ Key }) => HANDED_OVER.has(Key ?? ''));
  await doors.trainer.addTags(found.arn, tags).catch((error) => {
    throw rejection('other', error, 'AddTags');
  });
}

type Wish = 'stop' | 'leave';

/** What became of a job whose run ends before it does. */
export type Relinquished =
  | Exclude<StopResult, { kind: 'failed' }>
  | { readonly kind: 'left' }
  | { readonly kind: 'not-ours' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly wish: Wish };

/** Whether the job runs on, because somebody wants that. */
export function goesOn(done: Relinquished): boolean {
  return done.kind === 'left' || done.kind === 'not-ours' || (done.kind === 'failed' && done.wish === 'leave');
}

export interface Relinquishing {
  readonly jobName: string;
  readonly runId: string;
  readonly onCancel: Wish;
  /** Try for a minute (post step), or once (the runner kills main within seconds). */
  readonly patient: boolean;
}

interface Doors {
  readonly trainer: Trainer;
  readonly clock: Clock;
}

/** How long a patient one tries. Seconds. */
const PATIENCE = 60;

/** Stops or leaves the job of a run that ends, if the job is still this run's to decide about. Never throws. */
export async function relinquish(task: Relinquishing, { trainer, clock }: Doors): Promise<Relinquished> {
  const giveUpAt = clock.now() + PATIENCE;
  for (let pause = 1; ; pause *= 2) {
    const done = await relinquishOnce(task, trainer);
    if (done.kind !== 'failed' || !task.patient || clock.now() + pause > giveUpAt) return done;
    await clock.sleep(pause);
  }
}

async function relinquishOnce(task: Relinquishing, trainer: Trainer): Promise<Relinquished> {
  const { onCancel: wish, jobName, runId } = task;
  const job = await trainer.describe(jobName).catch((error: unknown) => ({ error }));
  if ('error' in job) return wish === 'leave' ? unreadable(job.error) : stop(jobName, trainer);
  const arn = job.TrainingJobArn ?? '';
  // Who waits cannot be read: stopped all the same, for a machine that costs money is worse than a stop too many.
  const tags = await trainer.tags(arn).catch(() => []);
  const waits = tags.find(({ Key }) => Key === 'train-wait')?.Value;
  if (waits !== undefined && waits !== waitTag(runId)) return { kind: 'not-ours' };
  if (wish === 'stop') return stop(jobName, trainer);
  if (toJobStatus(job).kind !== 'live') return { kind: 'already-ended' };
  return trainer.addTags(arn, [{ Key: 'train-wait', Value: 'left' }]).then(
    () => ({ kind: 'left' }),
    (error: unknown) => ({ kind: 'failed', error, wish }),
  );
}

async function stop(jobName: string, trainer: Trainer): Promise<Relinquished> {
  const result = await stopJob(jobName, { trainer });
  return result.kind === 'failed' ? { ...result, wish: 'stop' } : result;
}

/** A job that is to be left is never stopped, just because it could not be read. */
function unreadable(error: unknown): Relinquished {
  const unknown = readServiceError('DescribeTrainingJob', error) === 'unknown-job';
  return unknown ? { kind: 'no-such-job' } : { kind: 'failed', error, wish: 'leave' };
}
