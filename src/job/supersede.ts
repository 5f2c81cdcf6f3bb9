import type { Trainer } from '../ports.ts';
import type { KnownJob } from './known-job.ts';
import { stopJob } from './stop.ts';

/** Which commit took a job's place: its own run reads it when it finds the job stopped. */
export const SUPERSEDED_BY = 'train-superseded-by';

/**
 * Stops the jobs of older commits. Each one's owner is read again right before: a job that somebody chose to leave, or that
 * a run of another commit adopted in the meantime, is not stopped. A job that cannot be stopped does not keep the new one back.
 */
export async function supersede(
  jobs: readonly KnownJob[],
  commit: string,
  { trainer }: { readonly trainer: Pick<Trainer, 'tags' | 'addTags' | 'stop'> },
): Promise<void> {
  for (const job of jobs) {
    const tags = await trainer.tags(job.arn).catch(() => undefined);
    const tagOf = (key: string) => tags?.find(({ Key }) => Key === key)?.Value;
    if (tags === undefined || tagOf('train-wait') === 'left' || tagOf('train-commit') !== job.tags['train-commit'])
      continue;
    await trainer.addTags(job.arn, [{ Key: SUPERSEDED_BY, Value: commit }]).catch(() => {});
    await stopJob(job.name, { trainer });
  }
}
