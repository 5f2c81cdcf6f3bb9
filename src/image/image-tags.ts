/** Tags of an image that is in the registry: given by ECR's API, without docker. */
import { rejection } from '../job/rejection.ts';
import type { Plan } from '../plan/plan.ts';
import type { Aws, RegistryImage } from '../ports.ts';

/** The commit, and `latest` on the default branch, unless the user named others. */
export function tagsOf({ inputs, subject }: Plan): readonly string[] {
  if (inputs.image.tags.length > 0) return inputs.image.tags;
  const isDefault = subject.pullRequest === undefined && subject.branch === subject.defaultBranch;
  return isDefault ? [subject.sha, 'latest'] : [subject.sha];
}

interface Tagged {
  readonly registry: Aws['registry'];
  readonly repository: string;
  readonly image: RegistryImage;
}

/** Answers a note for every tag that stays where it was. */
export async function addTags(
  { registry, repository, image }: Tagged,
  tags: readonly string[],
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const tag of tags) {
    const put = await registry.putTag(repository, image, tag).catch((error) => {
      throw rejection('other', error, `The image in ${repository} cannot be given the tag ${tag}`);
    });
    if (put === 'kept')
      notes.push(
        `The tag ${tag} of ${repository} is immutable and stays at another image; the training uses the digest.`,
      );
  }
  return notes;
}
