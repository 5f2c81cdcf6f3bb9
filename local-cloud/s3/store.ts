import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CloudClock, CloudError } from '../types.ts';

export interface Bucket {
  readonly name: string;
  readonly region: string;
  /** Epoch milliseconds, cloud time. */
  readonly created: number;
}

export interface StoredObject {
  readonly key: string;
  readonly size: number;
  /** Quoted, as the wire has it. */
  readonly etag: string;
  /** Epoch milliseconds, cloud time, whole seconds as S3 keeps them. */
  readonly lastModified: number;
  readonly contentType: string;
  /** `x-amz-meta-*` and other headers to answer again, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface PutOptions {
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For multipart objects, whose ETag is no MD5 of the whole. */
  readonly etag?: string;
}

/** The object store as the other services use it. Every method throws `NoSuchBucket` for an unknown bucket. */
export interface ObjectStore {
  createBucket(name: string, region?: string): Bucket;
  deleteBucket(name: string): void;
  findBucket(name: string): Bucket | undefined;
  buckets(): Bucket[];
  put(bucket: string, key: string, body: Buffer | string, options?: PutOptions): StoredObject;
  get(bucket: string, key: string): Buffer | undefined;
  head(bucket: string, key: string): StoredObject | undefined;
  /** Objects whose key starts with `prefix`, in the order of their UTF-8 bytes. */
  list(bucket: string, prefix?: string): StoredObject[];
  /** True when there was such an object. */
  delete(bucket: string, key: string): boolean;
  clear(): void;
}

interface Shelf {
  readonly bucket: Bucket;
  readonly objects: Map<string, StoredObject>;
}

const METADATA = '.json';

/** Objects live as files under `directory` (body and metadata side by side) and are found again after a restart. */
export function createObjectStore(directory: string, region: string, clock: CloudClock): ObjectStore {
  const shelves = loadShelves(directory);
  const shelf = (name: string): Shelf => {
    const found = shelves.get(name);
    if (!found) throw new CloudError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
    return found;
  };
  const place = (bucket: string, key: string) =>
    join(directory, bucket, createHash('sha256').update(key).digest('hex'));
  return {
    createBucket(name, where = region) {
      const bucket = { name, region: where, created: clock.now() };
      mkdirSync(join(directory, name), { recursive: true });
      writeFileSync(join(directory, `${name}${METADATA}`), JSON.stringify(bucket));
      shelves.set(name, { bucket, objects: new Map() });
      return bucket;
    },
    deleteBucket(name) {
      shelves.delete(shelf(name).bucket.name);
      rmSync(join(directory, name), { recursive: true, force: true });
      rmSync(join(directory, `${name}${METADATA}`), { force: true });
    },
    findBucket: (name) => shelves.get(name)?.bucket,
    buckets: () => [...shelves.values()].map((each) => each.bucket),
    put(bucket, key, body, options = {}) {
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
      const object = describe(key, bytes, options, clock.now());
      const { objects } = shelf(bucket);
      writeFileSync(place(bucket, key), bytes);
      writeFileSync(`${place(bucket, key)}${METADATA}`, JSON.stringify(object));
      objects.set(key, object);
      return object;
    },
    get: (bucket, key) => (shelf(bucket).objects.has(key) ? readFileSync(place(bucket, key)) : undefined),
    head: (bucket, key) => shelf(bucket).objects.get(key),
    list: (bucket, prefix = '') =>
      [...shelf(bucket).objects.values()].filter((each) => each.key.startsWith(prefix)).sort(byKey),
    delete(bucket, key) {
      if (!shelf(bucket).objects.delete(key)) return false;
      rmSync(place(bucket, key), { force: true });
      rmSync(`${place(bucket, key)}${METADATA}`, { force: true });
      return true;
    },
    clear() {
      shelves.clear();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function describe(key: string, bytes: Buffer, options: PutOptions, now: number): StoredObject {
  return {
    key,
    size: bytes.length,
    etag: options.etag ?? `"${createHash('md5').update(bytes).digest('hex')}"`,
    lastModified: Math.floor(now / 1000) * 1000,
    contentType: options.contentType ?? 'binary/octet-stream',
    headers: options.headers ?? {},
  };
}

function byKey(left: StoredObject, right: StoredObject): number {
  return Buffer.compare(Buffer.from(left.key), Buffer.from(right.key));
}

function loadShelves(directory: string): Map<string, Shelf> {
  mkdirSync(directory, { recursive: true });
  const shelves = new Map<string, Shelf>();
  for (const file of readdirSync(directory).filter((name) => name.endsWith(METADATA))) {
    const bucket: Bucket = JSON.parse(readFileSync(join(directory, file), 'utf8'));
    const objects = new Map<string, StoredObject>();
    for (const name of readdirSync(join(directory, bucket.name)).filter((each) => each.endsWith(METADATA))) {
      const object: StoredObject = JSON.parse(readFileSync(join(directory, bucket.name, name), 'utf8'));
      objects.set(object.key, object);
    }
    shelves.set(bucket.name, { bucket, objects });
  }
  return shelves;
}
