import { parseManifest } from '../registry/manifest-content.ts';
import type { ManifestContent } from '../registry/media-types.ts';
import { readName } from '../registry/repositories.ts';
import { registryState } from '../registry/state.ts';
import type { StoredManifest } from '../registry/storage.ts';
import type { Cloud } from '../state.ts';
import type { Service } from '../types.ts';
import { type ImageId, imageNotFound, invalidParameter } from './errors.ts';
import { page } from './page.ts';
import { readableRepository } from './repositories.ts';

interface DescribeInput {
  readonly imageIds?: readonly ImageId[];
  readonly filter?: { readonly tagStatus?: 'TAGGED' | 'UNTAGGED' | 'ANY' };
  readonly nextToken?: string;
  readonly maxResults?: number;
}

/** DescribeImages (a missing image is an error) and BatchGetImage (a missing image is listed in `failures`). */
export function imageOperations(cloud: Cloud): Service {
  return {
    async DescribeImages({ input }) {
      const repository = (await readableRepository(cloud, input)).name;
      const { imageIds, filter, nextToken, maxResults } = input as DescribeInput;
      if (imageIds !== undefined) {
        const found = imageIds.map((id) => demandImage(cloud, repository, id));
        return { output: { imageDetails: await details(cloud, repository, await Promise.all(found)) } };
      }
      const { storage } = cloud.shared(registryState);
      const tagged = new Set((await storage.tags(repository)).values());
      const all = (await storage.manifests(repository)).filter(({ digest }) => {
        const status = filter?.tagStatus ?? 'ANY';
        return status === 'ANY' || tagged.has(digest) === (status === 'TAGGED');
      });
      const { items, next } = page(all, nextToken, maxResults ?? 100);
      return { output: { imageDetails: await details(cloud, repository, items), ...next } };
    },
    async BatchGetImage({ input }) {
      const repository = (await readableRepository(cloud, input)).name;
      const { imageIds } = input as { imageIds: readonly ImageId[] };
      const images: unknown[] = [];
      const failures: unknown[] = [];
      for (const imageId of imageIds) {
        const manifest = await findImage(cloud, repository, imageId);
        if (manifest === undefined) {
          failures.push({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' });
        } else images.push(wireImage(cloud, repository, manifest, imageId.imageTag));
      }
      return { output: { images, failures } };
    },
  };
}

/** An image as BatchGetImage and PutImage answer it. */
export function wireImage(cloud: Cloud, repository: string, manifest: StoredManifest, tag: string | undefined): object {
  const { account = cloud.account, own } = readName(repository);
  return {
    registryId: account,
    repositoryName: own,
    imageId: { imageDigest: manifest.digest, ...(tag === undefined ? {} : { imageTag: tag }) },
    imageManifest: manifest.bytes.toString('utf8'),
    imageManifestMediaType: manifest.mediaType,
  };
}

async function findImage(cloud: Cloud, repository: string, id: ImageId): Promise<StoredManifest | undefined> {
  const { storage } = cloud.shared(registryState);
  const reference = id.imageDigest ?? id.imageTag;
  if (reference === undefined) {
    throw invalidParameter(
      `Invalid parameter at 'imageIds' failed to satisfy constraint: 'one of tag or digest required'`,
    );
  }
  const found = await storage.manifest(repository, reference);
  if (found === undefined || id.imageDigest === undefined || id.imageTag === undefined) return found;
  return (await storage.tags(repository)).get(id.imageTag) === found.digest ? found : undefined;
}

async function demandImage(cloud: Cloud, repository: string, id: ImageId): Promise<StoredManifest> {
  const found = await findImage(cloud, repository, id);
  if (found === undefined) throw imageNotFound(id, repository, cloud.account);
  return found;
}

async function details(cloud: Cloud, repository: string, manifests: readonly StoredManifest[]): Promise<object[]> {
  const tags = await cloud.shared(registryState).storage.tags(repository);
  const distinct = [...new Map(manifests.map((each) => [each.digest, each])).values()];
  const { account = cloud.account, own } = readName(repository);
  return distinct.map((manifest) => {
    const content = parseManifest(manifest.bytes) ?? { schemaVersion: 2 };
    const imageTags = [...tags].filter(([, digest]) => digest === manifest.digest).map(([tag]) => tag);
    const artifactMediaType = content.artifactType ?? content.config?.mediaType;
    return {
      registryId: account,
      repositoryName: own,
      imageDigest: manifest.digest,
      ...(imageTags.length === 0 ? {} : { imageTags }),
      imageSizeInBytes: compressedSize(content, manifest.bytes.length),
      imagePushedAt: manifest.pushedAt / 1000,
      imageManifestMediaType: manifest.mediaType,
      ...(artifactMediaType === undefined ? {} : { artifactMediaType }),
    };
  });
}

/** ECR counts the compressed layers and the configuration; an index has the size of its own bytes. */
function compressedSize({ config, layers }: ManifestContent, bytes: number): number {
  return config === undefined ? bytes : (layers ?? []).reduce((sum, { size }) => sum + size, config.size);
}
