import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { clientOptions, outcome, postScript, until } from './harness.ts';

const Bucket = 'sagemaker-us-east-1-111122223333';
let local: LocalCloud;
let s3: S3Client;
let ecr: ECRClient;
let sts: STSClient;

beforeAll(async () => {
  local = await startLocalCloud({ timeScale: 1000 });
  s3 = new S3Client(clientOptions(local));
  ecr = new ECRClient(clientOptions(local));
  sts = new STSClient(clientOptions(local));
});
beforeEach(() => local.cloud.reset());
afterAll(async () => {
  for (const client of [s3, ecr, sts]) client.destroy();
  await local.close();
});

const fault = (service: string, operation: string, kind: string, over: Record<string, unknown> = {}) =>
  postScript(local, { faults: [{ service, operation, kind, ...over }] });
const lastEntry = () => local.cloud.ledger.entries().at(-1);

describe('faults', () => {
  it.each([
    ['throttle', 'ThrottlingException', 'Throttling', 'SlowDown'],
    ['500', 'InternalFailure', 'InternalFailure', 'InternalError'],
    ['expired', 'ExpiredTokenException', 'ExpiredToken', 'ExpiredToken'],
    ['denied', 'AccessDeniedException', 'AccessDenied', 'AccessDenied'],
  ])('%s has the name each protocol gives it, once', async (kind, jsonName, queryName, s3Name) => {
    await postScript(local, {
      faults: [
        { service: 'ecr', operation: 'DescribeRepositories', kind },
        { service: 'sts', operation: 'GetCallerIdentity', kind },
        { service: 's3', operation: 'ListObjectsV2', kind },
      ],
    });
    const calls = [
      () => ecr.send(new DescribeRepositoriesCommand({})),
      () => sts.send(new GetCallerIdentityCommand({})),
      () => s3.send(new ListObjectsV2Command({ Bucket })),
    ];
    const names = async () => (await Promise.all(calls.map((call) => outcome(call())))).map(({ name }) => name);
    expect(await names()).toEqual([jsonName, queryName, s3Name]);
    expect(await names()).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(local.cloud.ledger.entries().map((entry) => entry.fault)).toEqual([kind, kind, kind, null, null, null]);
  });

  it('words a denial with caller, action and resource', async () => {
    await fault('s3', 'PutObject', 'denied');
    const { message } = await outcome(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' })));
    expect(message).toBe(
      `User: arn:aws:iam::111122223333:user/local is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${Bucket}/k" because no identity-based policy allows the s3:PutObject action`,
    );
  });

  it('cuts the connection, before or after the operation took effect', async () => {
    await fault('s3', 'PutObject', 'reset');
    expect((await outcome(s3.send(new PutObjectCommand({ Bucket, Key: 'lost', Body: 'x' })))).message).toMatch(
      /ECONNRESET|socket hang up/,
    );
    expect(local.cloud.s3.head(Bucket, 'lost')).toBeUndefined();
    await fault('s3', 'PutObject', 'reset', { performed: true });
    expect((await outcome(s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' })))).name).not.toBe(
      'fulfilled',
    );
    expect(local.cloud.s3.head(Bucket, 'kept')?.size).toBe(1);
    expect(lastEntry()).toMatchObject({ fault: 'reset', status: 0 });
  });

  it('stalls until the caller gives up', async () => {
    await fault('s3', 'GetObject', 'stall');
    const abort = new AbortController();
    const call = outcome(s3.send(new GetObjectCommand({ Bucket, Key: 'k' }), { abortSignal: abort.signal }));
    await until(() => lastEntry()?.fault === 'stall');
    abort.abort();
    expect((await call).name).toBe('AbortError');
  });

  it('stalls for a given time and then cuts', async () => {
    await fault('s3', 'GetObject', 'stall', { seconds: 20 });
    expect((await outcome(s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).message).toMatch(
      /ECONNRESET|socket hang up/,
    );
  });

  it('answers slowly, but answers', async () => {
    await fault('sts', 'GetCallerIdentity', 'slow', { seconds: 10 });
    const before = local.cloud.clock.now();
    expect((await outcome(sts.send(new GetCallerIdentityCommand({})))).name).toBe('fulfilled');
    expect(local.cloud.clock.now() - before).toBeGreaterThanOrEqual(9000);
    expect(lastEntry()).toMatchObject({ fault: 'slow', status: 200 });
  });

  it.each([
    ['ecr', 'DescribeRepositories', () => ecr.send(new DescribeRepositoriesCommand({}))],
    ['sts', 'GetCallerIdentity', () => sts.send(new GetCallerIdentityCommand({}))],
    ['s3', 'ListObjectsV2', () => s3.send(new ListObjectsV2Command({ Bucket }))],
  ])('sends %s answers that cannot be read', async (service, operation, call) => {
    await fault(service, operation, 'malformed');
    expect((await outcome(call() as Promise<unknown>)).name).not.toBe('fulfilled');
    expect(lastEntry()).toMatchObject({ fault: 'malformed', status: 200 });
  });

  it('puts empty pages before the page that was asked for', async () => {
    for (const key of ['a', 'b', 'c']) local.cloud.s3.put(Bucket, key, key);
    await fault('s3', 'ListObjectsV2', 'empty-page', { times: 2, after: 1 });
    const pages = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 2, ContinuationToken }));
      pages.push(page.Contents?.map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(pages).toEqual([['a', 'b'], undefined, undefined, ['c']]);
  });

  it('empties a page of a JSON service too', async () => {
    await fault('ecr', 'DescribeRepositories', 'empty-page');
    const { repositories, nextToken } = await ecr.send(new DescribeRepositoriesCommand({}));
    expect(repositories).toEqual([]);
    expect((await ecr.send(new DescribeRepositoriesCommand({ nextToken }))).nextToken).toBeUndefined();
  });

  it('limits GitHub by its secondary rate limit, with the time to wait', async () => {
    await fault('github', 'GET /repos/{owner}/{repo}', 'throttle', { seconds: 7 });
    const response = await fetch(`${local.githubApi}/repos/octo/forecast`, {
      headers: { authorization: `Bearer ${local.env.GITHUB_TOKEN}` },
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([403, '7']);
    expect(await response.json()).toMatchObject({ message: expect.stringMatching(/secondary rate limit/) });
  });
});
