import { digestOf } from '../registry/digest.ts';
import { missingReferences, parseManifest } from '../registry/manifest-content.ts';
import { DOCKER_MANIFEST } from '../registry/media-types.ts';
import { isImmutable, type Repository } from '../registry/repositories.ts';
import { registryState } from '../registry/state.ts';
import type { Cloud } from '../state.ts';
import { CloudError, type Service } from '../types.ts';
import { invalidParameter } from './errors.ts';
import { wireImage } from './images.ts';
import { repositoryOf } from './repositories.ts';

interface PutInput {
  readonly imageManifest: string;
  readonly imageManifestMediaType?: string;
  readonly imageTag?: string;
  readonly imageDigest?: string;
}

/** PutImage: what a push ends with, also without docker. */
export function putImageOperation(cloud: Cloud): Service {
  return {
    async PutImage({ input }) {
      const repository = await repositoryOf(cloud, input);
      const { imageManifest, imageManifestMediaType, imageTag, imageDigest } = input as unknown as PutInput;
      const bytes = Buffer.from(imageManifest);
      const content = parseManifest(bytes);
      if (content === undefined)
        throw invalidParameter(
          "Invalid parameter at 'imageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
        );
      const digest = digestOf(bytes);
      if (imageDigest !== undefined && imageDigest !== digest) {
        throw new CloudError(
          'ImageDigestDoesNotMatchException',
          `The specified image digest '${imageDigest}' does not match the calculated digest '${digest}'`,
        );
      }
      await demandReferences(cloud, repository, content);
      await demandNew(cloud, repository, digest, imageTag);
      const mediaType = imageManifestMediaType ?? content.mediaType ?? DOCKER_MANIFEST;
      const { storage } = cloud.shared(registryState);
      const tag = imageTag === undefined ? {} : { tag: imageTag };
      const stored = await storage.putManifest(repository.name, { bytes, mediaType, ...tag });
      return { output: { image: wireImage(cloud, repository.name, stored, imageTag) } };
    },
  };
}

async function demandReferences(
  cloud: Cloud,
  { name }: Repository,
  content: Parameters<typeof missingReferences>[2],
): Promise<void> {
  const { layers, images } = await missingReferences(cloud.shared(registryState).storage, name, content);
  const text = (what: string, digests: readonly string[]) =>
    `${what} with digests '[${digests.join(', ')}]' required for pushing image do not exist in the repository with name '${name}' in the registry with id '${cloud.account}'`;
  if (layers.length > 0) throw new CloudError('LayersNotFoundException', text('Layers', layers));
  if (images.length > 0) throw new CloudError('ReferencedImagesNotFoundException', text('Images', images));
}

async function demandNew(cloud: Cloud, repository: Repository, digest: string, tag: string | undefined): Promise<void> {
  const { storage } = cloud.shared(registryState);
  const { name } = repository;
  const present = tag === undefined ? undefined : (await storage.manifest(name, tag))?.digest;
  const known = (await storage.manifest(name, digest)) !== undefined;
  if (tag === undefined ? known : present === digest) {
    throw new CloudError(
      'ImageAlreadyExistsException',
      `Image with digest '${digest}' and tag '${tag ?? 'null'}' already exists in the repository with name '${name}' in registry with id '${cloud.account}'`,
    );
  }
  if (tag === undefined || present === undefined || !isImmutable(repository, tag)) return;
  throw new CloudError(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the repository is immutable.`,
  );
}
