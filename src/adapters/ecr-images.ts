/** ECR's images by tag and digest: what pulls and pushes end with, without docker. */
import {
  BatchGetImageCommand,
  type BatchGetImageCommandOutput,
  type ECRClient,
  ImageAlreadyExistsException,
  ImageTagAlreadyExistsException,
  PutImageCommand,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import type { ImageId, RegistryImage } from '../ports.ts';

/** All of them, so that ECR answers with the manifest that was pushed and converts none. */
const MANIFEST_TYPES = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
];

/** BatchGetImage asks for the right that a pull needs as well; DescribeImages is not granted on other accounts' images. */
export async function findImages(
  client: ECRClient,
  repository: string,
  ids: readonly ImageId[],
  registryId: string | undefined,
): Promise<readonly RegistryImage[]> {
  const imageIds = ids.map((id) => ('tag' in id ? { imageTag: id.tag } : { imageDigest: id.digest }));
  try {
    const answer = await client.send(
      new BatchGetImageCommand({
        repositoryName: repository,
        registryId,
        imageIds,
        acceptedMediaTypes: MANIFEST_TYPES,
      }),
    );
    return imagesIn(answer, repository);
  } catch (error) {
    if (error instanceof RepositoryNotFoundException) return [];
    throw error;
  }
}

/** A missing image is no error; any other failure must not be taken for one. */
function imagesIn({ images = [], failures = [] }: BatchGetImageCommandOutput, repository: string): RegistryImage[] {
  const other = failures.find(
    ({ failureCode }) => failureCode !== 'ImageNotFound' && failureCode !== 'ImageTagDoesNotMatchDigest',
  );
  if (other !== undefined) {
    throw new Error(
      `Amazon ECR cannot show an image of ${repository}: ${other.failureCode} ${other.failureReason ?? ''}`,
    );
  }
  return images.flatMap(({ imageId, imageManifest, imageManifestMediaType, registryId }) => {
    if (!imageId?.imageDigest || !imageManifest) return [];
    const { imageDigest: digest, imageTag: tag } = imageId;
    return [{ digest, tag, registryId, manifest: imageManifest, mediaType: imageManifestMediaType }];
  });
}

export async function putTag(
  client: ECRClient,
  repository: string,
  { digest, manifest, mediaType }: RegistryImage,
  tag: string,
): Promise<'tagged' | 'kept'> {
  try {
    await client.send(
      new PutImageCommand({
        repositoryName: repository,
        imageTag: tag,
        imageDigest: digest,
        imageManifest: manifest,
        imageManifestMediaType: mediaType,
      }),
    );
    return 'tagged';
  } catch (error) {
    // The very same image has the tag already: a retried call, or another run's.
    if (error instanceof ImageAlreadyExistsException) return 'tagged';
    if (error instanceof ImageTagAlreadyExistsException) return 'kept';
    throw error;
  }
}
