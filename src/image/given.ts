import { Failure } from '../failure.ts';
import type { Registry } from '../ports.ts';
import type { Image } from './image.ts';
import { parseImageUri } from './image-uri.ts';

/** Why nothing is built; a sentence without its full stop. */
export const GIVEN = 'the input `image` names it';

/** An existing image, pinned to its digest: a tag could move between this run and the next. */
export async function resolveGiven(uri: string, region: string, registry: Pick<Registry, 'image'>): Promise<Image> {
  const parsed = parseImageUri(uri);
  if (!parsed) {
    throw new Failure(
      'INPUT_INVALID',
      `\`image\` is not an image URI with a registry host: ${uri}`,
      'Write `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`.',
    );
  }
  if (parsed.region !== undefined && parsed.region !== region) {
    throw new Failure(
      'INPUT_INVALID',
      `\`image\` lies in ${parsed.region}, the training runs in ${region}: ${uri}`,
      `Push the image to ${region}, or set \`aws-region: ${parsed.region}\`: SageMaker pulls only from its own region.`,
    );
  }
  const digest = parsed.digest ?? (await digestOf(uri, parsed, registry));
  return {
    uri: `${parsed.host}/${parsed.repository}@${digest}`,
    fingerprint: digest,
    source: 'given',
    reason: GIVEN,
    notes: [],
  };
}

async function digestOf(
  uri: string,
  parsed: NonNullable<ReturnType<typeof parseImageUri>>,
  registry: Pick<Registry, 'image'>,
): Promise<string> {
  const tag = parsed.tag ?? 'latest';
  const found = await registry.image(parsed.repository, { tag }, parsed.registryId);
  if (found) return found.digest;
  throw new Failure(
    'IMAGE_NOT_FOUND',
    `There is no image ${uri} in Amazon ECR (repository ${parsed.repository}, tag ${tag}).`,
    'Correct `image`, or leave it out to have the image built from the Dockerfile.',
  );
}
