import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { clientOptions, outcome } from './harness.ts';

const Bucket = 'sagemaker-us-east-1-111122223333';
let local: LocalCloud;
let s3: S3Client;

beforeAll(async () => {
  local = await startLocalCloud({ script: { s3: { buckets: [{ name: 'far-away', region: 'eu-west-1' }] } } });
  s3 = new S3Client(clientOptions(local));
});
beforeEach(() => local.cloud.reset());
afterAll(async () => {
  s3.destroy();
  await local.close();
});

const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const keysOf = async (query: Record<string, unknown>) => {
  const page = await s3.send(new ListObjectsV2Command({ Bucket, ...query }));
  return {
    keys: page.Contents?.map(({ Key }) => Key),
    prefixes: page.CommonPrefixes?.map(({ Prefix }) => Prefix),
    next: page.NextContinuationToken,
  };
};

describe('the local S3', () => {
  it.each(['plain.txt', 'with space & <xml> "quotes"', 'ümläut/日本.json', 'a+b=c?d#e%20f', "it's (1)!*"])(
    'keeps an object under the key %j through a signed, chunked, checksummed upload',
    async (Key) => {
      const stored = await s3.send(
        new PutObjectCommand({ Bucket, Key, Body: 'héllo', ContentType: 'text/plain', Metadata: { who: 'me' } }),
      );
      const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
      expect(await got.Body?.transformToString()).toBe('héllo');
      expect(got).toMatchObject({ ContentType: 'text/plain', Metadata: { who: 'me' }, ETag: stored.ETag });
      expect(stored.ETag).toBe(`"${createHash('md5').update('héllo').digest('hex')}"`);
      expect(await keysOf({ Prefix: Key.slice(0, 2) })).toMatchObject({ keys: [Key] });
    },
  );

  it.each([
    ['bytes=0-1', 'ab', 'bytes 0-1/6'],
    ['bytes=4-', 'ef', 'bytes 4-5/6'],
    ['bytes=-1', 'f', 'bytes 5-5/6'],
    ['bytes=2-99', 'cdef', 'bytes 2-5/6'],
  ])('answers the range %s', async (Range, text, contentRange) => {
    await put('range', 'abcdef');
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'range', Range }));
    expect(await got.Body?.transformToString()).toBe(text);
    expect(got.ContentRange).toBe(contentRange);
  });

  it('refuses a range that begins behind the end', async () => {
    await put('range', 'abcdef');
    expect(await outcome(s3.send(new GetObjectCommand({ Bucket, Key: 'range', Range: 'bytes=6-' })))).toMatchObject({
      name: 'InvalidRange',
      status: 416,
    });
  });

  it('lists in UTF-8 order, by prefix, delimiter, page and starting point', async () => {
    for (const key of ['b/2', 'a', 'b/1', 'b/c/3', 'ü', 'z', '\u{1F600}']) await put(key, key);
    expect(await keysOf({})).toEqual({ keys: ['a', 'b/1', 'b/2', 'b/c/3', 'z', 'ü', '\u{1F600}'] });
    expect(await keysOf({ Prefix: 'b/', Delimiter: '/' })).toEqual({ keys: ['b/1', 'b/2'], prefixes: ['b/c/'] });
    expect(await keysOf({ StartAfter: 'b/2' })).toMatchObject({ keys: ['b/c/3', 'z', 'ü', '\u{1F600}'] });
    const first = await keysOf({ Delimiter: '/', MaxKeys: 2 });
    expect(first).toMatchObject({ keys: ['a'], prefixes: ['b/'] });
    expect(await keysOf({ Delimiter: '/', MaxKeys: 2, ContinuationToken: first.next })).toMatchObject({
      keys: ['z', 'ü'],
    });
  });

  it('writes only once with If-None-Match: *', async () => {
    const once = () => outcome(s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body: '1', IfNoneMatch: '*' })));
    expect((await once()).name).toBe('fulfilled');
    expect(await once()).toMatchObject({ name: 'PreconditionFailed', status: 412 });
  });

  it('deletes one object and many, and says nothing of those that were not there', async () => {
    await put('one', '1');
    await put('two & <more>', '2');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'one' }));
    const answer = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'two & <more>' }, { Key: 'none' }] } }),
    );
    expect(answer.Deleted).toEqual([{ Key: 'two & <more>' }, { Key: 'none' }]);
    expect(await keysOf({})).toEqual({});
  });

  it('copies an object with its metadata', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'from', Body: 'x', Metadata: { a: 'b' } }));
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/from` }));
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'to' }))).Metadata).toEqual({ a: 'b' });
  });

  it('puts the parts of an upload together', async () => {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big' }));
    const bodies = [Buffer.alloc(5 * 1024 * 1024, 'a'), Buffer.from('end')];
    const parts = [];
    for (const [index, Body] of bodies.entries()) {
      const { ETag } = await s3.send(
        new UploadPartCommand({ Bucket, Key: 'big', UploadId, PartNumber: index + 1, Body }),
      );
      parts.push({ ETag, PartNumber: index + 1 });
    }
    await s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key: 'big', UploadId, MultipartUpload: { Parts: parts } }),
    );
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'big' }));
    expect(head.ContentLength).toBe(5 * 1024 * 1024 + 3);
    expect(head.ETag).toMatch(/-2"$/);
  });

  it.each([
    ['an unknown bucket', () => new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'k' }), 'NoSuchBucket', 404],
    ['an unknown key', () => new GetObjectCommand({ Bucket, Key: 'none' }), 'NoSuchKey', 404],
    ['an unknown key, asked by HEAD', () => new HeadObjectCommand({ Bucket, Key: 'none' }), 'NotFound', 404],
    [
      'a bucket of another region',
      () => new GetObjectCommand({ Bucket: 'far-away', Key: 'k' }),
      'PermanentRedirect',
      301,
    ],
    ['a bucket that is there already', () => new CreateBucketCommand({ Bucket }), 'BucketAlreadyOwnedByYou', 409],
    [
      'a bucket name S3 does not allow',
      () => new CreateBucketCommand({ Bucket: 'Upper_Case' }),
      'InvalidBucketName',
      400,
    ],
    [
      'a key that is too long',
      () => new PutObjectCommand({ Bucket, Key: 'k'.repeat(1025), Body: 'x' }),
      'KeyTooLongError',
      400,
    ],
  ])('refuses %s', async (_what, command, name, status) => {
    expect(await outcome(s3.send(command() as GetObjectCommand))).toMatchObject({ name, status });
  });

  it('tells the region of a bucket, also where it refuses', async () => {
    expect((await s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('us-east-1');
    const far = new S3Client(clientOptions(local, { region: 'eu-west-1' }));
    expect((await far.send(new GetBucketLocationCommand({ Bucket: 'far-away' }))).LocationConstraint).toBe('eu-west-1');
    far.destroy();
    const headers = await s3
      .send(new HeadBucketCommand({ Bucket: 'far-away' }))
      .catch((error) => error.$response.headers);
    expect(headers).toMatchObject({ 'x-amz-bucket-region': 'eu-west-1' });
  });

  it('finds its objects again after a restart with the same state directory', async () => {
    const first = await startLocalCloud({ stateDir: `${local.cloud.stateDir}/again` });
    first.cloud.s3.put(Bucket, 'kept', 'yes', { headers: { 'x-amz-meta-a': 'b' } });
    await first.close();
    const second = await startLocalCloud({ stateDir: `${local.cloud.stateDir}/again` });
    expect(second.cloud.s3.get(Bucket, 'kept')?.toString()).toBe('yes');
    expect(second.cloud.s3.head(Bucket, 'kept')?.headers).toEqual({ 'x-amz-meta-a': 'b' });
    await second.close();
  });
});
