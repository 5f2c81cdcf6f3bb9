/** Two workflow files whose jobs are called alike would share one comment, one baseline and one checkpoint lineage unawares. */
import { Failure, messageOf } from '../failure.ts';
import { tagValue } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import type { Trainer } from '../ports.ts';
import { toKnownJob } from './known-job.ts';

/**
 * Throws INPUT_INVALID when the name is a default, and a job of another workflow file carries it already; a name that was
 * written down is shared on purpose. Answers a note when that could not be looked up.
 */
export async function refuseSharedDefault(
  { inputs, name, run, subject }: Plan,
  { trainer }: { readonly trainer: Pick<Trainer, 'search'> },
): Promise<readonly string[]> {
  const own = tagValue(run.workflow);
  if (inputs.name !== undefined || own === '') return [];
  const filters = [
    { Name: 'Tags.train-repository', Operator: 'Equals', Value: tagValue(subject.repository) },
    { Name: 'Tags.train-name', Operator: 'Equals', Value: tagValue(name) },
    { Name: 'Tags.train-workflow', Operator: 'NotEquals', Value: own },
  ] as const;
  let other: string | undefined;
  try {
    const jobs = (await trainer.search(filters)).map((found) => toKnownJob(found));
    other = jobs.map(({ tags }) => tags['train-workflow']).find((workflow) => workflow && workflow !== own);
  } catch (error) {
    return [`${UNKNOWN} (${messageOf(error)}). The role of this workflow needs sagemaker:Search.`];
  }
  if (other === undefined) return [];
  throw new Failure(
    'INPUT_INVALID',
    `\`${name}\`, the default of \`name\`, is that of a training of ${other} already; this is ${own}.`,
    'Set `name`: another one in one of the two files, or the same in both if they are to share comment, baseline and checkpoints. After a file was renamed, set it to what it was.',
  );
}

const UNKNOWN = 'Whether another workflow file trains under the same default `name` could not be looked up';
