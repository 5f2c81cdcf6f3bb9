import type { Clock, Trainer } from '../ports.ts';
import { readServiceError } from './service-errors.ts';

export type StopResult =
  | { readonly kind: 'stopping' }
  | { readonly kind: 'already-ended' }
  | { readonly kind: 'no-such-job' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Asks SageMaker to stop a job. Stopping a finished or unknown job is a success: nothing is running. */
export async function stopJob(name: string, { trainer }: { trainer: Pick<Trainer, 'stop'> }): Promise<StopResult> {
  try {
    await trainer.stop(name);
    return { kind: 'stopping' };
  } catch (error) {
    const kind = readServiceError('StopTrainingJob', error);
    if (kind === 'already-ended') return { kind: 'already-ended' };
    return kind === 'unknown-job' ? { kind: 'no-such-job' } : { kind: 'failed', error };
  }
}

/** Several tries within a bound, for the post step: between them it waits. Seconds. */
export async function stopJobSurely(
  name: string,
  doors: { trainer: Pick<Trainer, 'stop'>; clock: Clock },
): Promise<StopResult> {
  const giveUpAt = doors.clock.now() + 60;
  for (let pause = 1; ; pause *= 2) {
    const result = await stopJob(name, doors);
    if (result.kind !== 'failed' || doors.clock.now() + pause > giveUpAt) return result;
    await doors.clock.sleep(pause);
  }
}
