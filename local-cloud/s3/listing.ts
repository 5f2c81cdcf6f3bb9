import { type Answer, type Call, CloudError } from '../types.ts';
import { bucketOf, text } from './input.ts';
import type { ObjectStore, StoredObject } from './store.ts';

interface Page {
  readonly objects: readonly StoredObject[];
  readonly prefixes: readonly string[];
  /** Last key or common prefix of the page when more follows. */
  readonly last?: string;
}

/** ListObjectsV2. A common prefix counts as one entry of a page. */
export function listObjectsV2(store: ObjectStore, call: Call): Answer {
  const bucket = bucketOf(store, call);
  const prefix = text(call, 'prefix') ?? '';
  const delimiter = text(call, 'delimiter') ?? '';
  const maxKeys = readMaxKeys(text(call, 'max-keys'));
  const token = text(call, 'continuation-token');
  const startAfter = text(call, 'start-after');
  const encode = text(call, 'encoding-type') === 'url' ? encodeKey : (key: string) => key;
  const after = token === undefined ? startAfter : Buffer.from(token, 'base64url').toString();
  const page = cutPage(store.list(bucket.name, prefix), { prefix, delimiter, maxKeys, after });
  const result = {
    Name: bucket.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    StartAfter: startAfter === undefined ? undefined : encode(startAfter),
    ContinuationToken: token,
    NextContinuationToken: page.last === undefined ? undefined : Buffer.from(page.last).toString('base64url'),
    KeyCount: page.objects.length + page.prefixes.length,
    MaxKeys: maxKeys,
    EncodingType: text(call, 'encoding-type'),
    IsTruncated: page.last !== undefined,
    Contents: page.objects.map((object) => describe(object, encode)),
    CommonPrefixes: page.prefixes.map((common) => ({ Prefix: encode(common) })),
  };
  return { output: { ListBucketResult: result } };
}

function describe(object: StoredObject, encode: (key: string) => string): Record<string, unknown> {
  return {
    Key: encode(object.key),
    LastModified: new Date(object.lastModified).toISOString(),
    ETag: object.etag,
    Size: object.size,
    StorageClass: 'STANDARD',
  };
}

interface Cut {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly after: string | undefined;
}

function cutPage(sorted: readonly StoredObject[], { prefix, delimiter, maxKeys, after }: Cut): Page {
  const entries = new Map<string, StoredObject | undefined>();
  for (const object of sorted) {
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? object.key : object.key.slice(0, end + delimiter.length);
    if (after === undefined || compareKeys(name, after) > 0) entries.set(name, end < 0 ? object : undefined);
  }
  const shown = [...entries].slice(0, maxKeys);
  const objects = shown.flatMap(([, object]) => (object ? [object] : []));
  const prefixes = shown.flatMap(([name, object]) => (object ? [] : [name]));
  const last = entries.size > maxKeys ? shown.at(-1)?.[0] : undefined;
  return last === undefined ? { objects, prefixes } : { objects, prefixes, last };
}

function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function readMaxKeys(given: string | undefined): number {
  if (given === undefined) return 1000;
  if (!/^\d+$/.test(given))
    throw new CloudError('InvalidArgument', 'Provided max-keys not an integer or within integer range', 400, {
      ArgumentName: 'max-keys',
      ArgumentValue: given,
    });
  return Math.min(Number(given), 1000);
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
}
