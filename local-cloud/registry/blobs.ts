import { DIGEST } from './digest.ts';
import { type RegistryAnswer, RegistryError, type RegistryRequest } from './exchange.ts';
import type { Upload } from './uploads.ts';

/** HEAD and GET of a blob, whole or one range. */
export async function readBlob({
  state,
  repository,
  reference,
  method,
  message,
}: RegistryRequest): Promise<RegistryAnswer> {
  const path = await state.storage.blobFile(repository.name, reference);
  const size = await state.storage.blobSize(repository.name, reference);
  if (path === undefined || size === undefined) {
    throw new RegistryError(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  }
  const headers = {
    'content-type': 'application/octet-stream',
    'docker-content-digest': reference,
    'accept-ranges': 'bytes',
  };
  const range = /^bytes=(\d+)-(\d*)$/.exec(message.headers.range ?? '');
  const start = Number(range?.[1] ?? 0);
  const end = Math.min(range?.[2] ? Number(range[2]) : size - 1, size - 1);
  if (range && start > end) {
    throw new RegistryError(416, 'SIZE_INVALID', 'range not satisfiable', { 'content-range': `bytes */${size}` });
  }
  const length = { 'content-length': String(end - start + 1) };
  if (method === 'HEAD') return { status: 200, headers: { ...headers, 'content-length': String(size) } };
  const file = { path, start, end };
  if (!range) return { status: 200, headers: { ...headers, ...length }, file };
  return { status: 206, headers: { ...headers, ...length, 'content-range': `bytes ${start}-${end}/${size}` }, file };
}

/** POST: begins an upload, mounts from another repository, or takes the whole blob at once. */
export async function startUpload(request: RegistryRequest): Promise<RegistryAnswer> {
  const { state, repository, query } = request;
  const mount = query.get('mount');
  const from = query.get('from');
  if (mount && from && (await state.storage.mountBlob(from, repository.name, mount)))
    return created(repository.name, mount);
  const upload = await state.uploads.start(repository.name);
  if (query.has('digest')) return finish(request, upload);
  return { status: 202, headers: progress(upload) };
}

/** GET, PATCH, PUT and DELETE of an upload under way. */
export async function continueUpload(request: RegistryRequest): Promise<RegistryAnswer> {
  const { state, repository, reference, method, message } = request;
  const upload = state.uploads.find(reference, repository.name);
  if (upload === undefined) throw new RegistryError(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
  switch (method) {
    case 'GET':
      return { status: 204, headers: progress(upload) };
    case 'DELETE':
      await state.uploads.discard(upload);
      return { status: 204 };
    case 'PATCH':
      demandOrder(upload, message.headers['content-range']);
      await state.uploads.append(upload, message);
      return { status: 202, headers: progress(upload) };
    default:
      return finish(request, upload);
  }
}

async function finish({ state, repository, query, message }: RegistryRequest, upload: Upload): Promise<RegistryAnswer> {
  const digest = query.get('digest') ?? '';
  await state.uploads.append(upload, message);
  if (!DIGEST.test(digest) || (await state.uploads.digest(upload)) !== digest) {
    await state.uploads.discard(upload);
    throw new RegistryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  await state.storage.adoptBlob(repository.name, digest, upload.file);
  state.uploads.close(upload);
  return created(repository.name, digest);
}

/** A chunk that states its place must continue where the last one ended. */
function demandOrder(upload: Upload, contentRange: string | undefined): void {
  const start = /^(?:bytes )?(\d+)-\d+/.exec(contentRange ?? '')?.[1];
  if (start !== undefined && Number(start) !== upload.size) {
    throw new RegistryError(416, 'BLOB_UPLOAD_INVALID', 'chunk out of order', progress(upload));
  }
}

function progress(upload: Upload): Record<string, string> {
  return {
    location: `/v2/${upload.repository}/blobs/uploads/${upload.id}`,
    range: `0-${Math.max(upload.size - 1, 0)}`,
    'docker-upload-uuid': upload.id,
    'content-length': '0',
  };
}

function created(repository: string, digest: string): RegistryAnswer {
  const headers = {
    location: `/v2/${repository}/blobs/${digest}`,
    'docker-content-digest': digest,
    'content-length': '0',
  };
  return { status: 201, headers };
}
