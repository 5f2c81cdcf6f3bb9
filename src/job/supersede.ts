import { messageOf } from '../failure.ts';
import type { Trainer } from '../ports.ts';
import type { KnownJob } from './known-job.ts';
import { stopCommand, stopJob } from './stop.ts';

/** Which commit took a job's place: its own run reads it when it finds the job stopped. */
export const SUPERSEDED_BY = 'train-superseded-by';

interface Doors {
  readonly trainer: Pick<Trainer, 'tags' | 'addTags' | 'stop'>;
}

/**
 * Stops the jobs of older commits. Each one's owner is read again right before: a job that somebody chose to leave, or that
 * a run of another commit adopted in the meantime, is not stopped. A job that cannot be stopped does not keep the new one
 * back. Answers a note for each that was stopped, or should have been.
 */
export async function supersede(jobs: readonly KnownJob[], commit: string, doors: Doors): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const job of jobs) {
    const note = await supersedeOne(job, commit, doors);
    if (note !== undefined) notes.push(note);
  }
  return notes;
}

async function supersedeOne(job: KnownJob, commit: string, { trainer }: Doors): Promise<string | undefined> {
  const { name, arn } = job;
  const stillRuns = `To stop it: \`${stopCommand(name)}\``;
  try {
    const tags = await trainer.tags(arn);
    const tagOf = (key: string) => tags.find(({ Key }) => Key === key)?.Value;
    if (tagOf('train-wait') === 'left' || tagOf('train-commit') !== job.tags['train-commit']) return undefined;
  } catch (error) {
    return `The older training ${name} was not stopped, for it cannot be read who waits for it: ${messageOf(error)}. ${stillRuns}`;
  }
  await trainer.addTags(arn, [{ Key: SUPERSEDED_BY, Value: commit }]).catch(() => {});
  const result = await stopJob(name, { trainer });
  if (result.kind === 'stopping') return `The older training ${name} was stopped.`;
  if (result.kind !== 'failed') return undefined;
  return `The older training ${name} could not be stopped, and goes on: ${messageOf(result.error)}. ${stillRuns}`;
}
