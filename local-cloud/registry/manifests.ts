import { DIGEST, digestOf } from './digest.ts';
import { LONGEST_MANIFEST, type RegistryAnswer, RegistryError, type RegistryRequest, readBody } from './exchange.ts';
import { missingReferences, parseManifest } from './manifest-content.ts';
import { MANIFEST_TYPES } from './media-types.ts';
import { isImmutable, type Repository } from './repositories.ts';
import type { ImageStorage } from './storage.ts';

const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** HEAD and GET of a manifest, by tag or digest, in the form it was pushed in. */
export async function readManifest({ state, repository, reference, method }: RegistryRequest): Promise<RegistryAnswer> {
  const manifest = await state.storage.manifest(repository.name, reference);
  if (manifest === undefined) {
    throw new RegistryError(404, 'MANIFEST_UNKNOWN', `Requested image not found`);
  }
  const headers = {
    'content-type': manifest.mediaType,
    'content-length': String(manifest.bytes.length),
    'docker-content-digest': manifest.digest,
  };
  return { status: 200, headers, ...(method === 'HEAD' ? {} : { body: manifest.bytes }) };
}

/** PUT of a manifest: its digest, its blobs and the immutability of its tag are checked. */
export async function writeManifest(request: RegistryRequest): Promise<RegistryAnswer> {
  const { state, repository, reference, message } = request;
  const bytes = await readBody(message, LONGEST_MANIFEST);
  const digest = digestOf(bytes);
  const byDigest = DIGEST.test(reference);
  if (byDigest && reference !== digest) {
    throw new RegistryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  if (!byDigest && !TAG.test(reference)) throw new RegistryError(400, 'TAG_INVALID', `invalid tag '${reference}'`);
  const mediaType = await checkManifest(state.storage, repository.name, bytes, message.headers['content-type']);
  if (!byDigest) await demandMovable(state.storage, repository, reference, digest);
  await state.storage.putManifest(repository.name, { bytes, mediaType, ...(byDigest ? {} : { tag: reference }) });
  const location = `/v2/${repository.name}/manifests/${digest}`;
  return { status: 201, headers: { location, 'docker-content-digest': digest, 'content-length': '0' } };
}

/** DELETE of a manifest by digest. */
export async function deleteManifest({ state, repository, reference }: RegistryRequest): Promise<RegistryAnswer> {
  if (await state.storage.deleteManifest(repository.name, reference)) return { status: 202 };
  throw new RegistryError(404, 'MANIFEST_UNKNOWN', `Requested image not found`);
}

/** The repository's tags, sorted, in pages of `n`. */
export async function listTags({ state, repository, query }: RegistryRequest): Promise<RegistryAnswer> {
  const last = query.get('last') ?? '';
  const all = [...(await state.storage.tags(repository.name)).keys()].sort().filter((tag) => tag > last);
  const size = Number(query.get('n') ?? all.length);
  const tags = all.slice(0, size);
  const next = `</v2/${repository.name}/tags/list?n=${size}&last=${tags.at(-1) ?? ''}>; rel="next"`;
  const headers = { 'content-type': 'application/json', ...(all.length > size ? { link: next } : {}) };
  return { status: 200, headers, body: Buffer.from(JSON.stringify({ name: repository.name, tags })) };
}

async function demandMovable(
  storage: ImageStorage,
  repository: Repository,
  tag: string,
  digest: string,
): Promise<void> {
  const present = (await storage.manifest(repository.name, tag))?.digest;
  if (present === undefined || present === digest || !isImmutable(repository, tag)) return;
  throw new RegistryError(
    400,
    'TAG_INVALID',
    `The image tag '${tag}' already exists in the '${repository.name}' repository and cannot be overwritten because the repository is immutable.`,
  );
}

/** Resolves with the manifest's media type; rejects unless everything it refers to is in the repository. */
async function checkManifest(
  storage: ImageStorage,
  repository: string,
  bytes: Buffer,
  contentType: string | undefined,
): Promise<string> {
  const content = parseManifest(bytes);
  if (content === undefined) {
    throw new RegistryError(400, 'MANIFEST_INVALID', 'The manifest is not a schema 2 or OCI manifest');
  }
  const mediaType = contentType?.split(';')[0]?.trim() || content.mediaType || '';
  if (!MANIFEST_TYPES.includes(mediaType) || (content.mediaType !== undefined && content.mediaType !== mediaType)) {
    throw new RegistryError(400, 'MANIFEST_INVALID', `The manifest's media type '${mediaType}' is not supported`);
  }
  const { layers, images } = await missingReferences(storage, repository, content);
  if (layers.length > 0) throw new RegistryError(404, 'MANIFEST_BLOB_UNKNOWN', missingText('Layers', layers));
  if (images.length > 0) throw new RegistryError(404, 'MANIFEST_UNKNOWN', missingText('Images', images));
  return mediaType;
}

function missingText(what: string, digests: readonly string[]): string {
  return `${what} with digests '[${digests.join(', ')}]' required for pushing image do not exist`;
}
