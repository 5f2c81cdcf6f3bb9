import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageConfig } from '../registry/images.ts';
import { parseManifest } from '../registry/manifest-content.ts';
import type { ManifestContent } from '../registry/media-types.ts';
import { foreignName } from '../registry/repositories.ts';
import { findRepository, registryState } from '../registry/state.ts';
import type { Cloud } from '../state.ts';
import { unpackLayer } from './unpack.ts';

/** An image URI taken apart: which repository of which registry, which tag or digest. */
export interface ImageReference {
  readonly repository: string;
  readonly reference: string;
}

export interface ResolvedImage extends ImageReference {
  readonly digest: string;
}

/**
 * The parts of a TrainingImage that lies in this cloud: `<registry host>/<repository>` or ECR's own form
 * `<account>.dkr.ecr.<region>.amazonaws.com/<repository>`, both with `:tag` or `@digest`. Undefined for other hosts.
 */
export function parseImage(cloud: Cloud, uri: string): ImageReference | undefined {
  const hosts = [cloud.urls.registry, `${cloud.account}.dkr.ecr.${cloud.region}.amazonaws.com`];
  const host = hosts.find((each) => uri.startsWith(`${each}/`));
  const match = /^(?<repository>[^:@]+)(?::(?<tag>[^:@/]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.exec(
    host === undefined ? '' : uri.slice(host.length + 1),
  );
  const { repository, tag, digest } = match?.groups ?? {};
  return repository === undefined ? undefined : { repository, reference: digest ?? tag ?? 'latest' };
}

/** The parts of a TrainingImage in another account's registry of this region: such as the AWS Deep Learning Containers. */
export function parseForeign(cloud: Cloud, uri: string): ImageReference | undefined {
  const match = /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<rest>.+)$/.exec(uri);
  const { account = '', region, rest = '' } = match?.groups ?? {};
  const parsed = region === cloud.region ? parseImage(cloud, `${cloud.urls.registry}/${rest}`) : undefined;
  return parsed && { ...parsed, repository: foreignName(account, parsed.repository) };
}

/** The image with its digest; undefined when its repository does not hold it. */
export async function findImage(cloud: Cloud, image: ImageReference): Promise<ResolvedImage | undefined> {
  if ((await findRepository(cloud, image.repository)) === undefined) return undefined;
  const manifest = await cloud.shared(registryState).storage.manifest(image.repository, image.reference);
  return manifest && { ...image, digest: manifest.digest };
}

/** An unpacked image: the tree of its files and its configuration. */
export interface UnpackedImage {
  readonly root: string;
  readonly config: ImageConfig;
}

/**
 * Unpacks an image below the cloud's own directory, once for each digest. Rejects with an Error when the registry
 * lacks a part of it.
 */
export async function unpackImage(cloud: Cloud, image: ResolvedImage): Promise<UnpackedImage> {
  const content = await platformManifest(cloud, image, image.digest);
  const config = await readConfig(cloud, image, content);
  const root = join(cloud.stateDir, 'images', image.digest.replace('sha256:', ''));
  if (await stat(root).catch(() => undefined)) return { root, config };
  const draft = `${root}.${randomUUID()}`;
  await mkdir(draft, { recursive: true });
  for (const { digest } of content.layers ?? []) await unpackLayer(await demandBlob(cloud, image, digest), draft);
  // Two jobs may have unpacked the same image at once: the first one's tree stays.
  await rename(draft, root).catch(() => rm(draft, { recursive: true, force: true }));
  return { root, config };
}

/** The image's manifest; of an index that of linux/amd64. */
async function platformManifest(cloud: Cloud, image: ResolvedImage, digest: string): Promise<ManifestContent> {
  const stored = await cloud.shared(registryState).storage.manifest(image.repository, digest);
  const content = stored && parseManifest(stored.bytes);
  if (content === undefined) throw new Error(`manifest for ${image.repository}@${digest} not found: manifest unknown`);
  if (content.manifests === undefined) return content;
  const chosen = content.manifests.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64',
  );
  if (chosen === undefined) throw new Error('no matching manifest for linux/amd64 in the manifest list entries');
  return platformManifest(cloud, image, chosen.digest);
}

async function readConfig(cloud: Cloud, image: ResolvedImage, content: ManifestContent): Promise<ImageConfig> {
  if (content.config === undefined) throw new Error('the manifest names no configuration');
  const bytes = await readFile(await demandBlob(cloud, image, content.config.digest));
  return (JSON.parse(bytes.toString('utf8')) as { config?: ImageConfig }).config ?? {};
}

async function demandBlob(cloud: Cloud, { repository }: ResolvedImage, digest: string): Promise<string> {
  const file = await cloud.shared(registryState).storage.blobFile(repository, digest);
  if (file === undefined) throw new Error(`blob ${digest} of ${repository} not found: blob unknown`);
  return file;
}
