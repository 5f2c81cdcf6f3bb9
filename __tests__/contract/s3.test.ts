import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/adapters/s3.ts';
import type { Store } from '../../src/ports.ts';
import { BUCKET, type Doors, impatient, meaning, openDoors } from './aws-doors.ts';

let doors: Doors;
let store: Store;
beforeAll(async () => {
  doors = await openDoors();
  store = doors.open().store;
});
beforeEach(() => doors.local.cloud.reset());
afterAll(() => doors.close());

const uri = (key: string) => `s3://${BUCKET}/${key}`;
const fault = (operation: string, kind: string, over = {}) =>
  doors.script({ faults: [{ service: 's3', operation, kind, ...over }] });

describe('the S3 adapter', () => {
  it.each(['runs/train-x-1/run.json', 'a b/ü?#%25&=+~!.json', '日本/\'"<>.json', 'x/../y'])(
    'writes and reads %s',
    async (key) => {
      await store.put(uri(key), '{"a": "é日本"}\n');
      await expect(store.get(uri(key))).resolves.toBe('{"a": "é日本"}\n');
      await expect(store.exists(uri(key))).resolves.toBe(true);
    },
  );

  it('knows what is not there', async () => {
    await expect(store.get(uri('none'))).resolves.toBeUndefined();
    await expect(store.exists(uri('none'))).resolves.toBe(false);
    await expect(store.list(uri('none/'))).resolves.toEqual({ objects: [] });
  });

  it('lists a textual prefix page by page', async () => {
    const keys = Array.from({ length: 1203 }, (_, index) => `data/${String(index).padStart(5, '0')}`);
    for (const key of keys) doors.local.cloud.s3.put(BUCKET, key, 'x');
    doors.local.cloud.s3.put(BUCKET, 'database', 'y');
    const first = await store.list(uri('data/'));
    expect(first.objects).toHaveLength(1000);
    const second = await store.list(uri('data/'), first.next);
    expect(second).not.toHaveProperty('next');
    expect([...first.objects, ...second.objects].map(({ key }) => key)).toEqual(keys);
    expect(first.objects[0]).toEqual({
      key: 'data/00000',
      etag: expect.stringMatching(/\w{32}/),
      sizeBytes: 1,
      modifiedAt: expect.any(Number),
    });
  });

  it('lists a whole bucket, and refuses what is no S3 URI', async () => {
    await store.put(uri('a'), 'x');
    await expect(store.list(`s3://${BUCKET}`)).resolves.toMatchObject({ objects: [{ key: 'a' }] });
    await expect(store.get('https://example.com/x')).rejects.toThrow('not an S3 URI');
  });

  it('does not take a missing bucket for a missing object', async () => {
    await expect(store.get('s3://no-such-bucket-here/x')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(store.put('s3://no-such-bucket-here/x', 'x')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it.each([
    ['GetObject', 'denied', () => store.get(uri('x')), 'denied'],
    ['PutObject', 'denied', () => store.put(uri('x'), 'x'), 'denied'],
    ['ListObjectsV2', 'expired', () => store.list(uri('x')), 'expired'],
    ['ListObjectsV2', 'malformed', () => store.list(uri('x')), 'unavailable'],
  ])('tells of %s: %s', async (operation, kind, call, expected) => {
    await store.put(uri('x'), 'x');
    await fault(operation, kind, { times: 9 });
    await expect(meaning('other', call())).resolves.toBe(expected);
  });

  it('does not take a denied look for an absent object', async () => {
    await fault('HeadObject', 'denied');
    await expect(store.exists(uri('x'))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it.each(['throttle', '500', 'reset'])('tries again after %s', async (kind) => {
    await store.put(uri('x'), 'x');
    await fault('GetObject', kind, { times: 2 });
    await expect(store.get(uri('x'))).resolves.toBe('x');
    expect(doors.requests().filter((request) => request.startsWith('s3 GetObject'))).toHaveLength(3);
  });

  it('gives a stalled call up, and then tries again', async () => {
    const hasty = openStore(impatient());
    await hasty.put(uri('x'), 'x');
    await fault('GetObject', 'stall');
    await expect(hasty.get(uri('x'))).resolves.toBe('x');
    await fault('GetObject', 'stall', { times: 9 });
    await expect(hasty.get(uri('x'))).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
