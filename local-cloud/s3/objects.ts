import { crc32 } from 'node:zlib';
import type { Cloud } from '../state.ts';
import { type Answer, type Call, CloudError, type Service } from '../types.ts';
import { bucketOf, keyOf, unescapeXml, xmlElements } from './input.ts';
import { listObjectsV2 } from './listing.ts';
import type { ObjectStore, StoredObject } from './store.ts';

/** Operations on whole objects. */
export function objectOperations({ s3 }: Cloud): Service {
  return {
    ListObjectsV2: (call) => listObjectsV2(s3, call),
    PutObject: (call) => putObject(s3, call),
    GetObject: (call) => getObject(s3, call),
    HeadObject(call) {
      const { object } = findObject(s3, call);
      checkConditions(call, object);
      return { headers: { ...objectHeaders(object), 'content-length': String(object.size) } };
    },
    DeleteObject(call) {
      s3.delete(bucketOf(s3, call).name, keyOf(call));
      return { status: 204 };
    },
    DeleteObjects: (call) => deleteObjects(s3, call),
    CopyObject: (call) => copyObject(s3, call),
  };
}

/** Headers that are stored with an object and answered with it. */
export function storedHeaders(call: Call): Record<string, string> {
  const kept = ['cache-control', 'content-disposition', 'content-language', 'expires'];
  const headers = Object.entries(call.headers).filter(
    ([name]) => kept.includes(name) || name.startsWith('x-amz-meta-'),
  );
  const encoding = (call.headers['content-encoding'] ?? '').split(',').map((each) => each.trim());
  const encodings = encoding.filter((each) => each !== '' && each !== 'aws-chunked').join(',');
  return { ...Object.fromEntries(headers), ...(encodings ? { 'content-encoding': encodings } : {}) };
}

function putObject(s3: ObjectStore, call: Call): Answer {
  const { name } = bucketOf(s3, call);
  const key = keyOf(call);
  const existing = s3.head(name, key);
  if (call.headers['if-none-match'] === '*' && existing) throw preconditionFailed('If-None-Match');
  const match = call.headers['if-match'];
  if (match !== undefined && match !== existing?.etag) throw existing ? preconditionFailed('If-Match') : noSuchKey(key);
  const contentType = call.headers['content-type'];
  const object = s3.put(name, key, call.body, {
    headers: storedHeaders(call),
    ...(contentType ? { contentType } : {}),
  });
  return {
    headers: {
      etag: object.etag,
      'x-amz-server-side-encryption': 'AES256',
      'x-amz-checksum-crc32': checksum(call.body),
      'x-amz-checksum-type': 'FULL_OBJECT',
    },
  };
}

function getObject(s3: ObjectStore, call: Call): Answer {
  const { object, body } = findObject(s3, call);
  checkConditions(call, object);
  const headers = objectHeaders(object);
  const range = readRange(call.headers.range, body.length);
  if (!range) {
    const wanted = call.headers['x-amz-checksum-mode'] === 'ENABLED';
    return {
      headers: {
        ...headers,
        ...(wanted ? { 'x-amz-checksum-crc32': checksum(body), 'x-amz-checksum-type': 'FULL_OBJECT' } : {}),
      },
      body,
    };
  }
  const [first, last] = range;
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${first}-${last}/${body.length}` },
    body: body.subarray(first, last + 1),
  };
}

function findObject(s3: ObjectStore, call: Call): { object: StoredObject; body: Buffer } {
  const { name } = bucketOf(s3, call);
  const key = keyOf(call);
  const object = s3.head(name, key);
  const body = s3.get(name, key);
  if (!object || !body) throw noSuchKey(key);
  return { object, body };
}

function objectHeaders(object: StoredObject): Record<string, string> {
  return {
    ...object.headers,
    'content-type': object.contentType,
    etag: object.etag,
    'last-modified': new Date(object.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': 'AES256',
  };
}

function checkConditions(call: Call, object: StoredObject): void {
  const match = call.headers['if-match'];
  const noneMatch = call.headers['if-none-match'];
  if (match !== undefined && match !== '*' && match !== object.etag) throw preconditionFailed('If-Match');
  if (noneMatch !== undefined && (noneMatch === '*' || noneMatch === object.etag)) {
    throw new CloudError('NotModified', 'Not Modified', 304, { headers: { etag: object.etag } });
  }
}

/** First and last byte asked for; undefined for the whole, as S3 does with a range it cannot read. */
function readRange(header: string | undefined, size: number): [number, number] | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [, from = '', to = ''] = match;
  const first = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first > last) {
    throw new CloudError('InvalidRange', 'The requested range is not satisfiable', 416, {
      RangeRequested: header,
      ActualObjectSize: size,
    });
  }
  return [first, last];
}

function deleteObjects(s3: ObjectStore, call: Call): Answer {
  const { name } = bucketOf(s3, call);
  const keys = xmlElements(call.body, 'Object').flatMap((object) => xmlElements(object, 'Key').map(unescapeXml));
  if (keys.length === 0 || keys.length > 1000) {
    throw new CloudError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      400,
    );
  }
  for (const key of keys) s3.delete(name, key);
  const quiet = xmlElements(call.body, 'Quiet').includes('true');
  return { output: { DeleteResult: quiet ? {} : { Deleted: keys.map((key) => ({ Key: key })) } } };
}

function copyObject(s3: ObjectStore, call: Call): Answer {
  const source = decodeURIComponent(call.headers['x-amz-copy-source'] ?? '').replace(/^\//, '');
  const slash = source.indexOf('/');
  const from = { ...call, input: { Bucket: source.slice(0, slash), Key: source.slice(slash + 1) } };
  const { object, body } = findObject(s3, from);
  const copy = s3.put(bucketOf(s3, call).name, keyOf(call), body, {
    contentType: object.contentType,
    headers: object.headers,
  });
  return { output: { CopyObjectResult: { LastModified: new Date(copy.lastModified).toISOString(), ETag: copy.etag } } };
}

function checksum(body: Buffer): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return sum.toString('base64');
}

function noSuchKey(key: string): CloudError {
  return new CloudError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
}

function preconditionFailed(condition: string): CloudError {
  return new CloudError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  });
}
