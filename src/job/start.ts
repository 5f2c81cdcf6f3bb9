/** Starts the planned job, or finds the one an earlier run of the same plan made. */
import { Failure, messageOf } from '../failure.ts';
import type { Plan } from '../plan/plan.ts';
import type { JobPlan } from '../plan/request.ts';
import { runFile, runFileUri } from '../plan/run-file.ts';
import type { Clock, CreateTrainingJobRequest, Runner, Store, Trainer } from '../ports.ts';
import { takeOver } from './ownership.ts';
import { rejection } from './rejection.ts';
import { PROPAGATION_SECONDS, readServiceError } from './service-errors.ts';
import { type JobStatus, toJobStatus } from './status.ts';

export interface StartedJob {
  readonly name: string;
  readonly arn: string;
  readonly origin: 'started' | 'adopted' | 'reused';
  /** Epoch seconds of the job's creation, for adopted and reused ones. */
  readonly createdAt: number | undefined;
}

interface Doors {
  readonly trainer: Trainer;
  readonly store: Pick<Store, 'put'>;
  readonly runner: Pick<Runner, 'save'>;
  readonly clock: Clock;
  /** Nothing is started once the run is cancelled. */
  readonly signal: AbortSignal;
}

/** More than this many tries of one plan means that something is wrong with the names, not that somebody is patient. */
const MOST_ORDINALS = 500;

/**
 * Ordinals are walked from 1: a live job under this plan's name is followed, a Completed one reported again, a failed or
 * stopped one continued from its checkpoint under the next ordinal. Two jobs of one plan are so never live together.
 */
export async function startJob(plan: Plan, job: JobPlan, doors: Doors): Promise<StartedJob> {
  for (let ordinal = 1; ordinal <= MOST_ORDINALS; ordinal++) {
    const name = job.name(ordinal);
    const earlier = await describeEarlier(name, doors.trainer);
    if (!earlier && doors.signal.aborted) throw cancelled();
    const found = earlier ?? (await create(plan, job, name, doors));
    if (found.kind === 'new') return { name, arn: found.arn, origin: 'started', createdAt: undefined };
    if (isOver(found.status)) continue;
    const origin = found.status.kind === 'completed' ? 'reused' : 'adopted';
    const existing = { name, arn: found.arn, origin, createdAt: found.createdAt } as const;
    if (origin === 'adopted') await takeOver(plan, job, existing, doors);
    return existing;
  }
  throw new Failure(
    'JOB_NAME_TAKEN',
    `${MOST_ORDINALS} jobs of this commit and configuration exist already.`,
    'Change the `name` input.',
  );
}

type Found =
  | { readonly kind: 'new'; readonly arn: string }
  | {
      readonly kind: 'earlier';
      readonly arn: string;
      readonly status: JobStatus;
      readonly createdAt: number | undefined;
    };

function isOver(status: JobStatus): boolean {
  return status.kind === 'failed' || status.kind === 'stopped';
}

async function describeEarlier(name: string, trainer: Trainer): Promise<Found | undefined> {
  try {
    const answer = await trainer.describe(name);
    const createdAt = answer.CreationTime ? answer.CreationTime.getTime() / 1000 : undefined;
    return { kind: 'earlier', arn: answer.TrainingJobArn ?? '', status: toJobStatus(answer), createdAt };
  } catch (error) {
    if (readServiceError('DescribeTrainingJob', error) === 'unknown-job') return undefined;
    throw rejection('DescribeTrainingJob', error);
  }
}

/** Name first, run file second, job third: whatever kills the run, the post step or a re-run finds what it left. */
async function create(plan: Plan, job: JobPlan, name: string, doors: Doors): Promise<Found> {
  doors.runner.save('job-name', name);
  const uri = runFileUri(plan, name);
  await doors.store.put(uri, runFile(plan, job, name)).catch((error) => {
    throw new Failure(
      'STORAGE_UNAVAILABLE',
      `The run file could not be written to ${uri}: ${messageOf(error)}`,
      'Check that the bucket of `s3-uri` exists in this region (the action never creates one) and that the CI role may s3:PutObject there.',
      error,
    );
  });
  const arn = await createPatiently(job.request(name), doors);
  if (arn !== undefined) return { kind: 'new', arn };
  const mine = await describeEarlier(name, doors.trainer);
  if (mine) return mine;
  throw new Failure(
    'JOB_NAME_TAKEN',
    `SageMaker says that the name ${name} is taken, but shows no such job.`,
    'Run the job again in a minute.',
  );
}

/** Answers the ARN, or `undefined` when the name is taken. Waits, bounded, for what IAM and ECR have not spread yet. */
async function createPatiently(
  request: CreateTrainingJobRequest,
  { trainer, clock, signal }: Doors,
): Promise<string | undefined> {
  const giveUpAt = clock.now() + PROPAGATION_SECONDS.CreateTrainingJob;
  for (let pause = 3; ; pause = Math.min(pause * 1.5, 15)) {
    try {
      return await trainer.create(request);
    } catch (error) {
      const kind = readServiceError('CreateTrainingJob', error);
      if (kind === 'name-taken') return undefined;
      if (kind !== 'propagating' || clock.now() + pause > giveUpAt) throw rejection('CreateTrainingJob', error);
      await clock.sleep(pause, signal);
      if (signal.aborted) throw cancelled();
    }
  }
}

function cancelled(): Failure {
  return new Failure('CANCELLED', 'The run was cancelled before a job was started.', 'Run the job again.');
}
