/** Looks for the job that an earlier run, or a lost answer, left under a name. */
import { Failure, messageOf } from '../failure.ts';
import type { Clock, Trainer } from '../ports.ts';
import { rejection } from './rejection.ts';
import { PROPAGATION_SECONDS, readServiceError } from './service-errors.ts';
import { type JobStatus, toJobStatus } from './status.ts';

export interface EarlierJob {
  readonly arn: string;
  readonly status: JobStatus;
  /** Epoch seconds. */
  readonly createdAt: number | undefined;
}

interface Doors {
  readonly trainer: Pick<Trainer, 'describe'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The container gets 120 s to end, then its model is uploaded; what takes longer than this is stuck. Seconds. */
const LONGEST_STOP = 900;
const STOP_PAUSE = 10;
const TAKEN_PAUSE = 5;

/** `undefined` when SageMaker knows no such job. */
export async function findEarlier(name: string, trainer: Pick<Trainer, 'describe'>): Promise<EarlierJob | undefined> {
  try {
    const answer = await trainer.describe(name);
    const createdAt = answer.CreationTime ? answer.CreationTime.getTime() / 1000 : undefined;
    return { arn: answer.TrainingJobArn ?? '', status: toJobStatus(answer), createdAt };
  } catch (error) {
    switch (readServiceError('DescribeTrainingJob', error)) {
      case 'unknown-job':
        return undefined;
      case 'denied':
        throw new Failure('AWS_ACCESS_DENIED', `DescribeTrainingJob: ${messageOf(error)}`, MAY_NOT_DESCRIBE, error);
      default:
        throw rejection('DescribeTrainingJob', error);
    }
  }
}

const MAY_NOT_DESCRIBE =
  'Allow sagemaker:DescribeTrainingJob on training-job/train-* for the role of this workflow, without a condition on tags: a job that does not exist yet has none.';

/**
 * A job on its way to its end is waited for (`onWait` is told once): followed, it would end this run as stopped, and its
 * successor must not share the checkpoints with it while it lives. Ends early, as it is, when the signal aborts.
 */
export async function findSettled(name: string, doors: Doors, onWait: () => void): Promise<EarlierJob | undefined> {
  const { trainer, clock, signal } = doors;
  const giveUpAt = clock.now() + LONGEST_STOP;
  let earlier = await findEarlier(name, trainer);
  if (isStopping(earlier) && !signal.aborted) onWait();
  while (isStopping(earlier) && clock.now() < giveUpAt && !signal.aborted) {
    await clock.sleep(STOP_PAUSE, signal);
    if (!signal.aborted) earlier = await findEarlier(name, trainer);
  }
  return earlier;
}

function isStopping(earlier: EarlierJob | undefined): boolean {
  return earlier?.status.kind === 'live' && earlier.status.phase === 'Stopping';
}

/**
 * The job behind a name that a create was refused for. It may have been made this very moment (the answer to the first
 * attempt got lost), so that its tags, and with them the right to see it, have not spread yet: bounded propagation wait.
 */
export async function findTaken(name: string, { trainer, clock, signal }: Doors): Promise<EarlierJob> {
  const giveUpAt = clock.now() + PROPAGATION_SECONDS.DescribeTrainingJob;
  for (;;) {
    const found = await findEarlier(name, trainer).catch((error: Failure) => error);
    if (found !== undefined && !(found instanceof Failure)) return found;
    if (found && found.code !== 'AWS_ACCESS_DENIED') throw found;
    if (clock.now() >= giveUpAt || signal.aborted) throw found ?? invisible(name);
    await clock.sleep(TAKEN_PAUSE, signal);
  }
}

function invisible(name: string): Failure {
  return new Failure(
    'JOB_NAME_TAKEN',
    `SageMaker says that the name ${name} is taken, but shows no such job.`,
    'Run the job again in a minute.',
  );
}
