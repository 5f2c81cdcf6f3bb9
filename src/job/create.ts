/** Creates the job in the order that survives a crash at any point. */
import { Failure } from '../failure.ts';
import type { Clock, CreateTrainingJobRequest, Runner, Trainer } from '../ports.ts';
import { rejection } from './rejection.ts';
import { PROPAGATION_SECONDS, readServiceError, type ServiceError } from './service-errors.ts';
import { type Making, type RunFileDoors, writeRunFile } from './write-run-file.ts';

export interface CreateDoors extends RunFileDoors {
  readonly trainer: Pick<Trainer, 'create'>;
  readonly runner: Pick<Runner, 'save'>;
  readonly clock: Clock;
  /** Nothing is started once the run is cancelled. */
  readonly signal: AbortSignal;
}

/**
 * Name first, run file second, job third: whatever kills the run, the post step or a re-run finds what it left.
 * Answers the ARN, or `undefined` when the name is taken: by another run, or by this one's lost first attempt.
 */
export async function createJob(making: Making, doors: CreateDoors): Promise<string | undefined> {
  doors.runner.save('job-name', making.name);
  await writeRunFile(making, doors);
  const arn = await createPatiently(making.job.request(making.name, making.checkpointUri), doors);
  if (arn !== undefined) doors.runner.save('job-created', 'true');
  return arn;
}

/**
 * How long is asked again, in seconds: for what IAM and ECR have accepted but not yet spread, and when the client itself
 * has given up on an answer. The name is the token: if a create without an answer was carried out, it is taken next time.
 */
const PATIENCE: Partial<Record<ServiceError, number>> = {
  propagating: PROPAGATION_SECONDS.CreateTrainingJob,
  unavailable: 300,
  throttled: 300,
};

async function createPatiently(
  request: CreateTrainingJobRequest,
  { trainer, clock, signal }: CreateDoors,
): Promise<string | undefined> {
  const startedAt = clock.now();
  for (let pause = 3; ; pause = Math.min(pause * 1.5, 15)) {
    if (signal.aborted) throw cancelled();
    try {
      return await trainer.create(request);
    } catch (error) {
      const kind = readServiceError('CreateTrainingJob', error);
      if (kind === 'name-taken') return undefined;
      if (clock.now() + pause > startedAt + (PATIENCE[kind] ?? 0)) throw rejection('CreateTrainingJob', error);
      await clock.sleep(pause, signal);
    }
  }
}

/** The run was cancelled while no job of it existed. */
export function cancelled(): Failure {
  return new Failure('CANCELLED', 'The run was cancelled before a job was started.', 'Run the job again.');
}
