import type { Trainer } from '../ports.ts';
import { readServiceError } from './service-errors.ts';

export type StopResult =
  | { readonly kind: 'stopping' }
  | { readonly kind: 'already-ended' }
  | { readonly kind: 'no-such-job' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What a person types to stop a job that this action could not, or was not to, stop. */
export function stopCommand(name: string): string {
  return `aws sagemaker stop-training-job --training-job-name ${name}`;
}

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
