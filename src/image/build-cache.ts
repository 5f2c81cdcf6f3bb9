/** Where the builder keeps its cache between runs. */
import { messageOf } from '../failure.ts';
import type { Aws } from '../ports.ts';
import type { Build } from './build.ts';

/**
 * A repository of its own: its one tag moves with every build, which an immutable repository would refuse. `undefined`,
 * with a note, when it cannot be made: a build without its cache is only slower.
 */
export async function cacheReference(
  { plan, repository }: Pick<Build, 'plan' | 'repository'>,
  registry: Aws['registry'],
  notes: string[],
): Promise<string | undefined> {
  const name = `${repository}/cache`;
  const { platform, target } = plan.inputs.image;
  try {
    const tags = [{ Key: 'train-repository', Value: plan.subject.repository }];
    const uri = (await registry.repositoryUri(name)) ?? (await registry.createRepository(name, tags));
    const tag = `${platform}-${target ?? 'image'}`.toLowerCase().replace(/[^a-z0-9._-]/g, '-');
    return `${uri}:${tag.slice(0, 128)}`;
  } catch (error) {
    notes.push(`The build keeps no cache: the ECR repository ${name} cannot be used (${messageOf(error)}).`);
    return undefined;
  }
}
