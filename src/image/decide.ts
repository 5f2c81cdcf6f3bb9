/** Whether an image is built at all. Pure. */
import type { RegistryImage } from '../ports.ts';

/** Two ways so far; putting layers on an image in the registry, without Docker, will be a third. */
export type Decision =
  | {
      readonly kind: 'reused';
      readonly reason: string;
      readonly image: RegistryImage;
      /** Tags that should stand at this image and do not. */
      readonly missingTags: readonly string[];
    }
  | { readonly kind: 'built'; readonly reason: string };

export interface DecisionFacts {
  readonly repository: string;
  readonly fingerprint: string;
  /** Why the fingerprint does not cover all that decides the image; empty when it does. */
  readonly uncovered: readonly string[];
  /** The tags that the image is to have. */
  readonly tags: readonly string[];
  /** What the repository holds of the fingerprint's tag and of these. */
  readonly found: readonly RegistryImage[];
}

/** An image stands under this tag only after all of it was pushed and its bases were seen not to have moved. */
export function fingerprintTag(fingerprint: string): string {
  return `f-${fingerprint}`;
}

export function decide({ repository, fingerprint, uncovered, tags, found }: DecisionFacts): Decision {
  if (uncovered.length > 0) {
    return { kind: 'built', reason: `it cannot be told whether anything changed: ${uncovered.join('; ')}` };
  }
  const tag = fingerprintTag(fingerprint);
  const short = `${tag.slice(0, 14)}…`;
  const image = found.find((each) => each.tag === tag);
  if (image === undefined)
    return { kind: 'built', reason: `${repository} holds no image of this content yet (${short})` };
  const missingTags = tags.filter(
    (wanted) => !found.some((each) => each.tag === wanted && each.digest === image.digest),
  );
  return {
    kind: 'reused',
    reason: `nothing that decides the image has changed: ${repository} holds it as ${short}`,
    image,
    missingTags,
  };
}
