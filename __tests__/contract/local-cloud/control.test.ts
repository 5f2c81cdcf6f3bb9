import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { disclose } from '../../../local-cloud/ledger.ts';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { clientOptions, outcome, postScript } from './harness.ts';

const Bucket = 'sagemaker-us-east-1-111122223333';
let local: LocalCloud;
let s3: S3Client;

beforeAll(async () => {
  local = await startLocalCloud({
    script: {
      s3: {
        buckets: [
          {
            name: 'data',
            objects: [
              { key: 'a', text: 'A' },
              { key: 'raw', base64: '/wA=' },
              { key: 'big', size: 3 },
            ],
          },
        ],
      },
    },
  });
  s3 = new S3Client(clientOptions(local));
});
beforeEach(() => local.cloud.reset());
afterAll(async () => {
  s3.destroy();
  await local.close();
});

const ledger = async () => (await fetch(`${local.url}/_local/ledger`)).json() as Promise<Record<string, unknown>[]>;

describe('the control plane', () => {
  it('lists every request in order, its own ones left out', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello' }));
    await outcome(s3.send(new GetObjectCommand({ Bucket, Key: 'none' })));
    const [put, get, ...rest] = await ledger();
    expect(rest).toEqual([]);
    expect(put).toEqual({
      n: 1,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      caller: local.env.AWS_ACCESS_KEY_ID,
      service: 's3',
      operation: 'PutObject',
      request: { Bucket, Key: 'k', 'x-id': 'PutObject', Body: { bytes: 5 } },
      response: null,
      status: 200,
      error: null,
      fault: null,
    });
    expect(get).toMatchObject({
      n: 2,
      operation: 'GetObject',
      status: 404,
      error: 'NoSuchKey',
      response: { code: 'NoSuchKey', Key: 'none' },
    });
  });

  it('fills buckets from the script and empties everything else on reset', async () => {
    expect(['a', 'raw', 'big'].map((key) => local.cloud.s3.get('data', key)?.toString('hex'))).toEqual([
      '41',
      'ff00',
      '787878',
    ]);
    local.cloud.s3.put('data', 'more', 'x');
    await postScript(local, { quotas: [{ name: 'q', value: 1 }] });
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello' }));
    expect((await fetch(`${local.url}/_local/reset`, { method: 'POST' })).status).toBe(200);
    expect(local.cloud.s3.list('data').map(({ key }) => key)).toEqual(['a', 'big', 'raw']);
    expect(local.cloud.s3.list(Bucket)).toEqual([]);
    expect(local.cloud.script.current.quotas).toBeUndefined();
    expect(await ledger()).toEqual([]);
  });

  it('refuses a script that does not follow the schema and keeps the one in force', async () => {
    const before = local.cloud.script.current;
    const response = await postScript(local, { jobs: [{ phase: [] }] });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'InvalidScript',
      findings: ['/jobs/0 has the unknown key "phase"'],
    });
    expect(local.cloud.script.current).toBe(before);
  });

  it.each([
    ['a secret field', { SessionToken: 'abc', nextToken: 'page-2' }, { SessionToken: '***', nextToken: 'page-2' }],
    ['a body', { Body: Buffer.alloc(7) }, { Body: { bytes: 7 } }],
    ['a secret deep down', { a: [{ authorizationToken: 'x' }] }, { a: [{ authorizationToken: '***' }] }],
    ['a very long text', { text: 'x'.repeat(100_001) }, { text: { characters: 100_001 } }],
  ])('discloses of %s only what is harmless', (_what, value, shown) => {
    expect(disclose(value)).toEqual(shown);
  });
});

describe('the command', () => {
  const start = (args: readonly string[]) =>
    spawn(process.execPath, ['local-cloud/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const read = async (stream: NodeJS.ReadableStream) => {
    let text = '';
    for await (const chunk of stream) text += chunk;
    return text;
  };

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints one line of JSON when it is ready, and ends at %s with 0',
    async (signal) => {
      const child = start(['--port', '0', '--registry-port', '0', '--time-scale', '10']);
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const ready = JSON.parse(line.toString());
      expect(Object.keys(ready)).toEqual(['url', 'registry', 'githubApi', 'env']);
      expect(ready.env).toMatchObject({
        AWS_ENDPOINT_URL: ready.url,
        GITHUB_API_URL: ready.githubApi,
        AWS_REGION: 'us-east-1',
      });
      expect(await (await fetch(`${ready.url}/_local/clock`)).json()).toMatchObject({ scale: 10 });
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  it.each([
    [['--port', 'x'], /--port must be a port number, not x/],
    [['--port', '0', '--registry-port', '0', '--time-scale', '0'], /time scale must be a positive number/],
    [['--script', '/nowhere.json'], /ENOENT/],
    [['--foo'], /Unknown option '--foo'/],
  ])('says what is wrong with %j and ends with 1', async (args, message) => {
    const child = start(args);
    const [text, [code]] = await Promise.all([read(child.stderr), once(child, 'exit')]);
    expect(text).toMatch(message);
    expect(code).toBe(1);
  });
});
