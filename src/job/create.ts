/** Creates the job in the order that survives a crash at any point. */
import { Failure } from '../failure.ts';
import type { Clock, CreateTrainingJobRequest, Runner, Trainer } from '../ports.ts';
import { rejection } from './rejection.ts';
import { PROPAGATION_SECONDS, readServiceError } from './service-errors.ts';
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

/** Waits, bounded, for what IAM and ECR have accepted but not yet spread. */
async function createPatiently(
  request: CreateTrainingJobRequest,
  { trainer, clock, signal }: CreateDoors,
): Promise<string | undefined> {
  const giveUpAt = clock.now() + PROPAGATION_SECONDS.CreateTrainingJob;
  for (let pause = 3; ; pause = Math.min(pause * 1.5, 15)) {
    if (signal.aborted) throw cancelled();
    try {
      return await trainer.create(request);
    } catch (error) {
      const kind = readServiceError('CreateTrainingJob', error);
      if (kind === 'name-taken') return undefined;
      if (kind !== 'propagating' || clock.now() + pause > giveUpAt) throw rejection('CreateTrainingJob', error);
      await clock.sleep(pause, signal);
    }
  }
}

/** The run was cancelled while no job of it existed. */
export function cancelled(): Failure {
  return new Failure('CANCELLED', 'The run was cancelled before a job was started.', 'Run the job again.');
}
