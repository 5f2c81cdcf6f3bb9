import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { digestOf } from './digest.ts';
import { DOCKER_CONFIG, DOCKER_LAYER, DOCKER_MANIFEST } from './media-types.ts';
import type { ImageStorage } from './storage.ts';
import { type TarEntry, tarBlocks, treeEntries } from './tar-writer.ts';

/** The part of an image's configuration that decides how it runs, in Docker's field names. */
export interface ImageConfig {
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>>;
}

/** An image ready to be pushed: Docker v2 schema 2, gzip layers. */
export interface BuiltImage {
  readonly digest: string;
  readonly manifest: Buffer;
  readonly mediaType: string;
  readonly blobs: readonly Buffer[];
}

/** Builds an image of layers given as archive members. Equal input gives equal bytes on one machine. */
export function buildImage(layers: readonly (readonly TarEntry[])[], config: ImageConfig): BuiltImage {
  const archives = layers.map((entries) => Buffer.concat([...tarBlocks(entries)]));
  const packed = archives.map((archive) => gzipSync(archive));
  const configuration = Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      created: '1970-01-01T00:00:00Z',
      config,
      rootfs: { type: 'layers', diff_ids: archives.map(digestOf) },
      history: archives.map(() => ({ created: '1970-01-01T00:00:00Z', created_by: 'local cloud' })),
    }),
  );
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: DOCKER_MANIFEST,
      config: descriptor(DOCKER_CONFIG, configuration),
      layers: packed.map((layer) => descriptor(DOCKER_LAYER, layer)),
    }),
  );
  return { digest: digestOf(manifest), manifest, mediaType: DOCKER_MANIFEST, blobs: [configuration, ...packed] };
}

function descriptor(mediaType: string, bytes: Buffer): { mediaType: string; size: number; digest: string } {
  return { mediaType, size: bytes.length, digest: digestOf(bytes) };
}

/**
 * An image of one layer that holds a directory's tree below `at` (a path in the image such as `/opt/ml/code`).
 * Rejects when the directory cannot be read.
 */
export async function imageOfDirectory(directory: string, at: string, config: ImageConfig): Promise<BuiltImage> {
  const parts = at.split('/').filter((part) => part !== '');
  const parents = parts.map(
    (_, i) => ({ path: parts.slice(0, i + 1).join('/'), type: 'directory', mode: 0o755 }) as const,
  );
  return buildImage([[...parents, ...(await treeEntries(directory, parts.join('/')))]], config);
}

/** Puts an image into a repository of the storage under a tag; resolves with its digest. */
export async function pushImage(
  storage: ImageStorage,
  repository: string,
  image: BuiltImage,
  tag?: string,
): Promise<string> {
  for (const blob of image.blobs) await pushBlob(storage, repository, blob);
  const { manifest: bytes, mediaType } = image;
  await storage.putManifest(repository, { bytes, mediaType, ...(tag === undefined ? {} : { tag }) });
  return image.digest;
}

async function pushBlob(storage: ImageStorage, repository: string, blob: Buffer): Promise<void> {
  const draft = storage.draftFile();
  writeFileSync(draft, blob);
  await storage.adoptBlob(repository, digestOf(blob), draft);
}
