/** Who waits for a job: the `train-wait` tag, read right before each stop and written at each change of hands. */
import type { Plan } from '../plan/plan.ts';
import type { JobPlan } from '../plan/request.ts';
import { jobTags, waitTag } from '../plan/tags.ts';
import type { Clock, Trainer } from '../ports.ts';
import { rejection } from './rejection.ts';
import { readServiceError } from './service-errors.ts';
import type { StartedJob } from './started.ts';
import { toJobStatus } from './status.ts';
import { type StopResult, stopJob } from './stop.ts';
import { type RunFileDoors, writeRunFile } from './write-run-file.ts';

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
  doors: RunFileDoors & { trainer: Trainer },
): Promise<void> {
  await writeRunFile({ plan, job, name: found.name, checkpointUri: found.checkpointUri }, doors);
  const tags = jobTags(plan, job, doors.secrets.redactValue).filter(({ Key }) => HANDED_OVER.has(Key ?? ''));
  await doors.trainer.addTags(found.arn, tags).catch((error) => {
    throw rejection('other', error, 'AddTags');
  });
}

/** The job runs on without a run that waits for it; a later run finds it by this tag. Throws what AddTags throws. */
export async function handOver(arn: string, { trainer }: { trainer: Pick<Trainer, 'addTags'> }): Promise<void> {
  await trainer.addTags(arn, [{ Key: 'train-wait', Value: 'handed-over' }]);
}

type Wish = 'stop' | 'leave';

/** What became of a job whose run ends before it does. */
export type Relinquished =
  | Exclude<StopResult, { kind: 'failed' }>
  | { readonly kind: 'left' }
  | { readonly kind: 'not-ours' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly wish: Wish };

/** What the job does after its run: it stops or has ended, goes on because somebody wants that, or goes on unwanted. */
export function afterwards(done: Relinquished): 'stopping' | 'left' | 'unstopped' {
  if (done.kind === 'failed') return done.wish === 'leave' ? 'left' : 'unstopped';
  return done.kind === 'left' || done.kind === 'not-ours' ? 'left' : 'stopping';
}

export interface Relinquishing {
  readonly jobName: string;
  readonly runId: string;
  readonly onCancel: Wish;
  /** Where it is known already: one question less before the stop. */
  readonly arn?: string;
  /** Try for a minute (post step), or once (the runner kills main within seconds). */
  readonly patient: boolean;
  /** Main ended between asking for the job and hearing of it: `no such job` may come too early. */
  readonly inCreation?: boolean;
}

interface Doors {
  readonly trainer: Trainer;
  readonly clock: Clock;
}

/** How long a patient one tries. Seconds. */
const PATIENCE = 60;
/** An impatient one must know the owner within so long, or the stop comes too late for the runner. Seconds. */
const OWNER_WITHIN = 1;
/** A job that was being created when main died may not be visible yet. Seconds. */
const APPEARS_WITHIN = 15;

/** Stops or leaves the job of a run that ends, if the job is still this run's to decide about. Never throws. */
export async function relinquish(task: Relinquishing, doors: Doors): Promise<Relinquished> {
  const { clock } = doors;
  const startedAt = clock.now();
  for (let pause = 1; ; pause *= 2) {
    const done = await relinquishOnce(task, doors);
    const bound =
      done.kind === 'no-such-job' && task.inCreation ? APPEARS_WITHIN : done.kind === 'failed' ? PATIENCE : 0;
    if (!task.patient || clock.now() + pause > startedAt + bound) return done;
    await clock.sleep(pause);
  }
}

async function relinquishOnce(task: Relinquishing, { trainer, clock }: Doors): Promise<Relinquished> {
  const { onCancel: wish, jobName, runId } = task;
  const reading = readOwner(task, trainer);
  const owner = await (task.patient ? reading : Promise.race([reading, clock.sleep(OWNER_WITHIN).then(() => SLOW)]));
  if ('error' in owner) return wish === 'leave' ? unreadable(owner.error) : stop(jobName, trainer);
  if (owner.waits !== undefined && owner.waits !== waitTag(runId)) return { kind: 'not-ours' };
  if (wish === 'stop') return stop(jobName, trainer);
  if (!owner.live) return { kind: 'already-ended' };
  return trainer.addTags(owner.arn, [{ Key: 'train-wait', Value: 'left' }]).then(
    () => ({ kind: 'left' }),
    (error: unknown) => ({ kind: 'failed', error, wish }),
  );
}

const SLOW = { error: new Error('AWS did not say in time who waits for the job') };

/** Who waits cannot be read: stopped all the same, for a machine that costs money is worse than a stop too many. */
async function readOwner({ jobName, arn: known }: Relinquishing, trainer: Trainer) {
  try {
    const job = known === undefined ? await trainer.describe(jobName) : undefined;
    const arn = known ?? job?.TrainingJobArn ?? '';
    const tags = await trainer.tags(arn).catch(() => []);
    const waits = tags.find(({ Key }) => Key === 'train-wait')?.Value;
    return { arn, waits, live: job === undefined || toJobStatus(job).kind === 'live' };
  } catch (error) {
    return { error };
  }
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
