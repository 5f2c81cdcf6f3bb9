import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CloudClock } from '../types.ts';
import { DIGEST, digestOf } from './digest.ts';
import type { ImageStorage, StoredManifest } from './storage.ts';

interface Shelf {
  readonly tags: Record<string, string>;
  readonly manifests: Record<string, { mediaType: string; pushedAt: number }>;
  /** Digests of blobs; blobs belong to repositories, as in ECR, though equal ones share a file. */
  readonly blobs: Record<string, true>;
}

/** Images as files below `directory`; they survive a restart with the same directory. */
export class DiskStorage implements ImageStorage {
  readonly #directory: string;
  readonly #clock: CloudClock;
  #shelves: Record<string, Shelf>;

  constructor(directory: string, clock: CloudClock) {
    this.#directory = directory;
    this.#clock = clock;
    mkdirSync(join(directory, 'blobs'), { recursive: true });
    this.#shelves = readShelves(join(directory, 'shelves.json'));
  }

  /** Forgets every image; the files of blobs stay, for equal ones may come back. */
  clear(): void {
    this.#shelves = {};
    this.#save();
  }

  async has(repository: string): Promise<boolean> {
    return Object.hasOwn(this.#shelves, repository);
  }

  async tags(repository: string): Promise<ReadonlyMap<string, string>> {
    return new Map(Object.entries(this.#shelf(repository).tags));
  }

  async manifests(repository: string): Promise<readonly StoredManifest[]> {
    const digests = Object.keys(this.#shelf(repository).manifests);
    const found = await Promise.all(digests.map((digest) => this.manifest(repository, digest)));
    return found.filter((manifest) => manifest !== undefined);
  }

  async manifest(repository: string, reference: string): Promise<StoredManifest | undefined> {
    const shelf = this.#shelf(repository);
    const digest = DIGEST.test(reference) ? reference : shelf.tags[reference];
    const known = digest === undefined ? undefined : shelf.manifests[digest];
    if (digest === undefined || known === undefined) return undefined;
    return { digest, ...known, bytes: readFileSync(this.#path(digest)) };
  }

  async putManifest(
    repository: string,
    { bytes, mediaType, tag }: { bytes: Buffer; mediaType: string; tag?: string },
  ): Promise<StoredManifest> {
    const shelf = this.#shelfToFill(repository);
    const digest = digestOf(bytes);
    this.#writeManifest(digest, bytes);
    const pushedAt = shelf.manifests[digest]?.pushedAt ?? this.#clock.now();
    shelf.manifests[digest] = { mediaType, pushedAt };
    if (tag !== undefined) shelf.tags[tag] = digest;
    this.#save();
    return { digest, mediaType, bytes, pushedAt };
  }

  async deleteManifest(repository: string, digest: string): Promise<boolean> {
    const shelf = this.#shelf(repository);
    if (shelf.manifests[digest] === undefined) return false;
    delete shelf.manifests[digest];
    for (const [tag, target] of Object.entries(shelf.tags)) if (target === digest) delete shelf.tags[tag];
    this.#save();
    return true;
  }

  async blobSize(repository: string, digest: string): Promise<number | undefined> {
    if (this.#shelf(repository).blobs[digest] === undefined) return undefined;
    return (await stat(this.#path(digest))).size;
  }

  async blobFile(repository: string, digest: string): Promise<string | undefined> {
    return this.#shelf(repository).blobs[digest] === undefined ? undefined : this.#path(digest);
  }

  draftFile(): string {
    return join(this.#directory, `draft-${randomUUID()}`);
  }

  async adoptBlob(repository: string, digest: string, file: string): Promise<void> {
    renameSync(file, this.#path(digest));
    this.#shelfToFill(repository).blobs[digest] = true;
    this.#save();
  }

  async mountBlob(from: string, to: string, digest: string): Promise<boolean> {
    if (this.#shelf(from).blobs[digest] === undefined) return false;
    this.#shelfToFill(to).blobs[digest] = true;
    this.#save();
    return true;
  }

  #writeManifest(digest: string, bytes: Buffer): void {
    const draft = this.draftFile();
    writeFileSync(draft, bytes);
    renameSync(draft, this.#path(digest));
  }

  /** A copy without effect where the repository holds nothing yet. */
  #shelf(repository: string): Shelf {
    return this.#shelves[repository] ?? { tags: {}, manifests: {}, blobs: {} };
  }

  #shelfToFill(repository: string): Shelf {
    const shelf = this.#shelf(repository);
    this.#shelves[repository] = shelf;
    return shelf;
  }

  #path(digest: string): string {
    return join(this.#directory, 'blobs', digest.replace('sha256:', ''));
  }

  #save(): void {
    const path = join(this.#directory, 'shelves.json');
    writeFileSync(`${path}.draft`, JSON.stringify(this.#shelves));
    renameSync(`${path}.draft`, path);
  }
}

function readShelves(path: string): Record<string, Shelf> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Shelf>;
  } catch {
    return {};
  }
}
