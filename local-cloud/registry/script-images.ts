import type { ScriptRepository } from '../script-world.ts';
import type { Cloud } from '../state.ts';
import { buildImage, pushImage } from './images.ts';
import { DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX } from './media-types.ts';
import { foreignName, plainRepository, type Repository } from './repositories.ts';
import type { ImageStorage } from './storage.ts';

/** Makes the repositories and images a script names; an image without bytes is a small one that exists and does nothing. */
export function stockRepositories(
  cloud: Cloud,
  state: { readonly storage: ImageStorage; readonly repositories: Map<string, Repository> },
  wanted: readonly ScriptRepository[],
): void {
  for (const { account, name: own, immutable, images } of wanted) {
    const name = account === undefined || account === cloud.account ? own : foreignName(account, own);
    const mutability = immutable ? 'IMMUTABLE' : 'MUTABLE';
    state.repositories.set(name, { ...plainRepository(name, cloud.clock.now()), mutability });
    for (const image of images ?? []) {
      stockImage(state.storage, name, image).catch((error: unknown) => {
        process.stderr.write(`local cloud: image ${name}:${image.tag} of the script cannot be stored: ${error}\n`);
      });
    }
  }
}

async function stockImage(
  storage: ImageStorage,
  repository: string,
  image: { readonly tag: string; readonly base64?: string; readonly mediaType?: string },
): Promise<void> {
  const mediaType = image.mediaType ?? DOCKER_MANIFEST;
  const plain = buildImage([[]], { Labels: { repository, tag: image.tag } });
  const isIndex = mediaType === OCI_INDEX || mediaType === DOCKER_LIST;
  if (image.base64 === undefined && mediaType === DOCKER_MANIFEST) {
    await pushImage(storage, repository, plain, image.tag);
    return;
  }
  if (image.base64 === undefined) await pushImage(storage, repository, plain);
  const bytes =
    image.base64 !== undefined
      ? Buffer.from(image.base64, 'base64')
      : withMediaType(isIndex ? indexOf(plain) : JSON.parse(plain.manifest.toString('utf8')), mediaType);
  await storage.putManifest(repository, { bytes, mediaType, tag: image.tag });
}

function indexOf(image: { digest: string; manifest: Buffer; mediaType: string }): Record<string, unknown> {
  const { digest, mediaType } = image;
  const platform = { os: 'linux', architecture: 'amd64' };
  return { schemaVersion: 2, manifests: [{ mediaType, digest, size: image.manifest.length, platform }] };
}

function withMediaType(content: Record<string, unknown>, mediaType: string): Buffer {
  return Buffer.from(JSON.stringify({ ...content, mediaType }));
}
