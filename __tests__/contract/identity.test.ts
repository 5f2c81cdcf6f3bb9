import { afterEach, describe, expect, it } from '@jest/globals';
import { clientConfig } from '../../src/adapters/client.ts';
import { roleCredentials } from '../../src/adapters/credentials.ts';
import type { AwsConfig } from '../../src/ports.ts';
import { secretsOf } from '../fixtures/doors.ts';
import { BUCKET, type Doors, openDoors } from './aws-doors.ts';

const ROLE = {
  arn: 'arn:aws:iam::111122223333:role/ci',
  audience: 'sts.amazonaws.com',
  durationSeconds: 3600,
  sessionName: 'run-7001',
};
const TRUST = {
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    },
  ],
};
const IAM = { iam: { roles: [{ name: 'ci', trust: TRUST, maxSessionDuration: 3600 }] } };

let doors: Doors | undefined;
afterEach(async () => {
  await doors?.close();
  doors = undefined;
});
const open = async (script: Record<string, unknown> = IAM) => {
  doors = await openDoors(script);
  return doors;
};
const counted = (opened: Doors, word: RegExp) => opened.requests().filter((request) => word.test(request)).length;

describe('credentials of the environment', () => {
  it('need no STS but to say who they are', async () => {
    const opened = await open();
    await expect(opened.open().identity.caller()).resolves.toEqual({
      account: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/local',
    });
    expect(opened.requests()).toEqual(['sts GetCallerIdentity']);
  });
});

/** Pauses between attempts take no time; the limit of an attempt, which is cut short by its end, is never reached. */
const patient = (_seconds: number, signal?: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal) signal.addEventListener('abort', () => resolve(), { once: true });
    else resolve();
  });

describe('a role', () => {
  it('is assumed once for all clients, also when they begin at the same time', async () => {
    const opened = await open();
    const aws = opened.open({ role: ROLE });
    const [caller] = await Promise.all([
      aws.identity.caller(),
      aws.registry.login(),
      aws.logs.streams('train-x/'),
      aws.store.list(`s3://${BUCKET}/`),
      aws.trainer.describe('train-x').catch(() => undefined),
    ]);
    expect(caller.arn).toBe('arn:aws:sts::111122223333:assumed-role/ci/run-7001');
    expect(counted(opened, /AssumeRoleWithWebIdentity/)).toBe(1);
    const sessions = opened.local.cloud.ledger
      .entries()
      .filter(({ service }) => ['ecr', 's3', 'sagemaker', 'logs'].includes(service));
    expect(sessions.length).toBeGreaterThanOrEqual(4);
    expect(new Set(sessions.map((entry) => entry.caller)).size).toBe(1);
  });

  it('makes every secret known before its first use', async () => {
    const opened = await open();
    const known: string[] = [];
    const secrets = { ...secretsOf(), add: (value: string) => void known.push(value) };
    const time = { now: () => Date.now() / 1000, sleep: patient };
    const provider = roleCredentials('us-east-1', ROLE, { secrets, clock: time });
    const session = typeof provider === 'function' ? await provider() : provider;
    expect(known).toEqual([expect.stringMatching(/^ey.*\..*\./), session.secretAccessKey, session.sessionToken]);
    expect(counted(opened, /AssumeRoleWithWebIdentity/)).toBe(1);
  });

  describe('is renewed', () => {
    async function provided(over: Partial<NonNullable<AwsConfig['role']>> = {}) {
      const opened = await open();
      const time = { ahead: 0, now: () => Date.now() / 1000 + time.ahead, sleep: patient };
      const provider = roleCredentials('us-east-1', { ...ROLE, ...over }, { secrets: opened.secrets, clock: time });
      if (typeof provider !== 'function') throw new Error('a provider was expected');
      const sessions = () => counted(opened, /AssumeRoleWithWebIdentity$/);
      const tokens = () => counted(opened, /^oidc /);
      return { opened, time, provider, sessions, tokens };
    }

    it('only near its end, and with a token of its own', async () => {
      const { time, provider, sessions, tokens } = await provided();
      const first = await provider();
      time.ahead = 2900;
      await expect(provider()).resolves.toBe(first);
      time.ahead = 3010;
      const second = await provider();
      expect(second.sessionToken).not.toBe(first.sessionToken);
      expect([sessions(), tokens()]).toEqual([2, 2]);
    });

    it('once for all who ask at the same time', async () => {
      const { time, provider, sessions } = await provided();
      await provider();
      time.ahead = 3010;
      await Promise.all([provider(), provider(), provider()]);
      expect(sessions()).toBe(2);
    });

    it('not at each question when it is short', async () => {
      const { time, provider, sessions } = await provided({ durationSeconds: 900 });
      await provider();
      time.ahead = 500;
      await provider();
      expect(sessions()).toBe(1);
      time.ahead = 650;
      await provider();
      expect(sessions()).toBe(2);
    });

    it('later, when STS refuses for a while and the session still holds', async () => {
      const { opened, time, provider } = await provided();
      const first = await provider();
      time.ahead = 3100;
      await opened.script({
        ...IAM,
        faults: [{ service: 'sts', operation: 'AssumeRoleWithWebIdentity', kind: 'denied' }],
      });
      await expect(provider()).resolves.toBe(first);
      await expect(provider()).resolves.not.toBe(first);
    });

    it('or lost, when the session is over', async () => {
      const { opened, time, provider } = await provided();
      await provider();
      time.ahead = 3590;
      await opened.script({
        ...IAM,
        faults: [{ service: 'sts', operation: 'AssumeRoleWithWebIdentity', kind: 'denied' }],
      });
      await expect(provider()).rejects.toMatchObject({ message: expect.stringContaining('AssumeRoleWithWebIdentity') });
    });
  });

  it('without an OIDC token names the permission', async () => {
    const opened = await open({ ...IAM, oidc: { available: false } });
    delete process.env.ACTIONS_ID_TOKEN_REQUEST_URL;
    await expect(opened.open({ role: ROLE }).identity.caller()).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
      remedy: expect.stringContaining('id-token: write'),
    });
    expect(counted(opened, /AssumeRole/)).toBe(0);
  });

  it('that does not exist is refused by STS', async () => {
    const opened = await open();
    const other = { ...ROLE, arn: 'arn:aws:iam::111122223333:role/other' };
    await expect(opened.open({ role: other }).identity.caller()).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('the settings of every client', () => {
  it('bound each attempt by a time-out that throws', () => {
    expect(clientConfig('eu-west-1', undefined)).toMatchObject({
      region: 'eu-west-1',
      maxAttempts: 5,
      requestHandler: { connectionTimeout: 5000, requestTimeout: 20_000, throwOnRequestTimeout: true },
    });
  });
});
