import { type Call, CloudError } from '../types.ts';
import type { Bucket, ObjectStore } from './store.ts';

/** A text parameter of an S3 call; undefined when it is not there. */
export function text(call: Call, name: string): string | undefined {
  const value = call.input[name];
  return typeof value === 'string' ? value : undefined;
}

/** The call's bucket, which must exist in the region the call was signed for. Throws `NoSuchBucket`, `PermanentRedirect`. */
export function bucketOf(store: ObjectStore, call: Call): Bucket {
  const name = text(call, 'Bucket') ?? '';
  const bucket = store.findBucket(name);
  if (!bucket) throw new CloudError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
  if (bucket.region !== call.region) throw wrongRegion(bucket);
  return bucket;
}

function wrongRegion(bucket: Bucket): CloudError {
  const message =
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.';
  return new CloudError('PermanentRedirect', message, 301, {
    Endpoint: `${bucket.name}.s3.${bucket.region}.amazonaws.com`,
    Bucket: bucket.name,
    headers: { 'x-amz-bucket-region': bucket.region },
  });
}

/** The call's key. Throws `KeyTooLongError` beyond S3's 1,024 bytes. */
export function keyOf(call: Call): string {
  const key = text(call, 'Key') ?? '';
  if (Buffer.byteLength(key) > 1024) {
    throw new CloudError('KeyTooLongError', 'Your key is too long', 400, {
      Size: Buffer.byteLength(key),
      MaxSizeAllowed: 1024,
    });
  }
  return key;
}

/** The contents of every `<name>` element of a small XML body, entities decoded. Nested elements stay as they are. */
export function xmlElements(body: Buffer | string, name: string): string[] {
  const pattern = new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g');
  return [...body.toString().matchAll(pattern)].map(([, content = '']) => content);
}

/** Text of an XML element, entities decoded. */
export function unescapeXml(content: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return content.replace(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal) return String.fromCodePoint(Number(decimal));
      return named[name ?? ''] ?? whole;
    },
  );
}
