import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CloudClock } from '../types.ts';
import { digestOf } from './digest.ts';
import { MANIFEST_TYPES } from './media-types.ts';
import type { ImageStorage, StoredManifest } from './storage.ts';

/** Another registry (for example Debian's docker-registry on loopback, without login) behind ECR's API. */
export class RemoteStorage implements ImageStorage {
  readonly #url: string;
  readonly #cache: string;
  readonly #clock: CloudClock;
  readonly #firstSeen = new Map<string, number>();

  /** `url` is the registry's address without `/v2/`; fetched blobs are kept below `cache`. */
  constructor(url: string, cache: string, clock: CloudClock) {
    this.#url = url.replace(/\/+$/, '');
    this.#cache = cache;
    this.#clock = clock;
  }

  async has(repository: string): Promise<boolean> {
    return (await this.#fetch(`${repository}/tags/list`)).ok;
  }

  async tags(repository: string): Promise<ReadonlyMap<string, string>> {
    const response = await this.#fetch(`${repository}/tags/list`);
    if (!response.ok) return new Map();
    const { tags } = (await response.json()) as { tags: string[] | null };
    const pairs = await Promise.all(
      (tags ?? []).map(async (tag) => [tag, await this.#digest(repository, tag)] as const),
    );
    return new Map(pairs.flatMap(([tag, digest]) => (digest === undefined ? [] : [[tag, digest] as const])));
  }

  async manifests(repository: string): Promise<readonly StoredManifest[]> {
    const digests = [...new Set((await this.tags(repository)).values())];
    const found = await Promise.all(digests.map((digest) => this.manifest(repository, digest)));
    return found.filter((manifest) => manifest !== undefined);
  }

  async manifest(repository: string, reference: string): Promise<StoredManifest | undefined> {
    const response = await this.#fetch(`${repository}/manifests/${reference}`, { headers: ACCEPT });
    if (!response.ok) return undefined;
    return this.#stored(Buffer.from(await response.arrayBuffer()), response.headers.get('content-type') ?? '');
  }

  async putManifest(
    repository: string,
    { bytes, mediaType, tag }: { bytes: Buffer; mediaType: string; tag?: string },
  ): Promise<StoredManifest> {
    const reference = tag ?? digestOf(bytes);
    const headers = { 'content-type': mediaType };
    await this.#demand(`${repository}/manifests/${reference}`, { method: 'PUT', headers, body: new Uint8Array(bytes) });
    return this.#stored(bytes, mediaType);
  }

  async deleteManifest(repository: string, digest: string): Promise<boolean> {
    return (await this.#fetch(`${repository}/manifests/${digest}`, { method: 'DELETE' })).ok;
  }

  async blobSize(repository: string, digest: string): Promise<number | undefined> {
    const response = await this.#fetch(`${repository}/blobs/${digest}`, { method: 'HEAD' });
    return response.ok ? Number(response.headers.get('content-length')) : undefined;
  }

  async blobFile(repository: string, digest: string): Promise<string | undefined> {
    const path = join(this.#cache, digest.replace('sha256:', ''));
    if (await stat(path).catch(() => undefined)) return path;
    const response = await this.#fetch(`${repository}/blobs/${digest}`);
    if (!response.ok || response.body === null) return undefined;
    await mkdir(this.#cache, { recursive: true });
    await pipeline(Readable.fromWeb(response.body), createWriteStream(`${path}.part`));
    await rename(`${path}.part`, path);
    return path;
  }

  draftFile(): string {
    mkdirSync(this.#cache, { recursive: true });
    return join(this.#cache, `draft-${randomUUID()}`);
  }

  async adoptBlob(repository: string, digest: string, file: string): Promise<void> {
    const start = await this.#demand(`${repository}/blobs/uploads/`, { method: 'POST' });
    const target = new URL(start.headers.get('location') ?? '', this.#url);
    target.searchParams.set('digest', digest);
    const headers = { 'content-type': 'application/octet-stream' };
    const put = await fetch(target, { method: 'PUT', headers, body: new Uint8Array(await readFile(file)) });
    if (!put.ok) throw new Error(`The registry behind ECR answered ${put.status} to the upload of ${digest}`);
    await rm(file);
  }

  async mountBlob(from: string, to: string, digest: string): Promise<boolean> {
    const response = await this.#fetch(`${to}/blobs/uploads/?mount=${digest}&from=${from}`, { method: 'POST' });
    return response.status === 201;
  }

  async #digest(repository: string, tag: string): Promise<string | undefined> {
    const response = await this.#fetch(`${repository}/manifests/${tag}`, { method: 'HEAD', headers: ACCEPT });
    return response.headers.get('docker-content-digest') ?? undefined;
  }

  /** The distribution API tells no push time: the first sight stands for it. */
  #stored(bytes: Buffer, mediaType: string): StoredManifest {
    const digest = digestOf(bytes);
    const pushedAt = this.#firstSeen.get(digest) ?? this.#clock.now();
    this.#firstSeen.set(digest, pushedAt);
    return { digest, mediaType, bytes, pushedAt };
  }

  async #demand(path: string, init: RequestInit): Promise<Response> {
    const response = await this.#fetch(path, init);
    if (!response.ok) throw new Error(`The registry behind ECR answered ${response.status} to ${init.method} ${path}`);
    return response;
  }

  #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.#url}/v2/${path}`, init);
  }
}

const ACCEPT = { accept: MANIFEST_TYPES.join(', ') };
