import { describe, expect, it } from '@jest/globals';
import { awsConfig, fingerprintChannels, planTraining } from '../../../src/plan/plan-training.ts';
import type { Store } from '../../../src/ports.ts';
import { awsError, fakeRunner, secretsOf } from '../../fixtures/doors.ts';
import { ENV, makeInputs, makePlan, makeSubject, SHA } from '../../fixtures/plans.ts';

describe('the AWS doors', () => {
  it('use the environment without a role, and name the session after the run', () => {
    expect(awsConfig(makeInputs(), '7001')).toEqual({ region: 'us-east-1' });
    const arn = 'arn:aws:iam::111122223333:role/ci';
    expect(awsConfig(makeInputs({ aws: { roleToAssume: arn } }), '7001')).toEqual({
      region: 'us-east-1',
      role: { arn, audience: 'sts.amazonaws.com', durationSeconds: 3600, sessionName: 'train-on-sagemaker-7001' },
    });
    expect(awsConfig(makeInputs({ aws: { roleToAssume: arn, roleSessionName: 'own' } }), '1').role?.sessionName).toBe(
      'own',
    );
  });
});

describe('planning', () => {
  const doors = (caller: () => Promise<{ account: string; arn: string }>) => ({
    checkout: {
      head: async () => ({ sha: SHA, parents: [] }),
      tracked: async () => [],
      contains: async () => undefined,
    },
    runner: fakeRunner(ENV),
    secrets: secretsOf(),
    identity: { caller },
  });

  it('asks who the credentials are', async () => {
    const caller = async () => ({ account: '444455556666', arn: 'arn:aws-us-gov:iam::444455556666:user/ci' });
    await expect(planTraining(makeInputs(), makeSubject(), doors(caller))).resolves.toMatchObject({
      account: '444455556666',
      partition: 'aws-us-gov',
    });
  });

  it.each([
    ['CredentialsProviderError', 'CREDENTIALS_MISSING'],
    ['ExpiredToken', 'CREDENTIALS_EXPIRED'],
    ['AccessDenied', 'AWS_ACCESS_DENIED'],
    ['TimeoutError', 'AWS_UNAVAILABLE'],
  ])('turns %s into %s', async (name, code) => {
    const caller = () => Promise.reject(awsError(name));
    await expect(planTraining(makeInputs(), makeSubject(), doors(caller))).rejects.toMatchObject({ code });
  });
});

describe('the fingerprint of a channel', () => {
  const object = (key: string, etag = 'e', sizeBytes = 1) => ({ key, etag, sizeBytes, modifiedAt: 0 });
  const ofPages = (pages: readonly (readonly ReturnType<typeof object>[])[]): Pick<Store, 'list'> => ({
    list: async (_, after = '0') => {
      const index = Number(after);
      const objects = pages[index] ?? [];
      return index + 1 < pages.length ? { objects, next: String(index + 1) } : { objects };
    },
  });
  const fingerprint = (store: Pick<Store, 'list'>) => fingerprintChannels(makePlan(), { store: store as Store });

  it('is the same however the listing is paged, and for no date', async () => {
    const one = await fingerprint(ofPages([[object('a'), object('b')]]));
    const two = await fingerprint(ofPages([[object('a')], [], [{ ...object('b'), modifiedAt: 9 }]]));
    expect(two).toEqual(one);
    expect(one.fingerprints.train).toMatch(/^[0-9a-f]{64}$/);
    expect(one.notes).toEqual([]);
  });

  it.each([
    ['a key', [object('c')]],
    ['a content', [object('a', 'other')]],
    ['a size', [object('a', 'e', 2)]],
    ['an object more', [object('a'), object('b')]],
    ['nothing left', []],
  ])('changes with %s', async (_, objects) => {
    const before = await fingerprint(ofPages([[object('a')]]));
    expect((await fingerprint(ofPages([objects]))).fingerprints.train).not.toBe(before.fingerprints.train);
  });

  it('takes ten pages, and says so beyond them', async () => {
    const pages = (count: number) => ofPages(Array.from({ length: count }, (_, index) => [object(`k${index}`)]));
    expect((await fingerprint(pages(10))).fingerprints.train).toBeDefined();
    const eleven = await fingerprint(pages(11));
    expect(eleven.fingerprints.train).toBeUndefined();
    expect(eleven.notes).toEqual([expect.stringContaining('Channel train holds more than 10 listing pages')]);
  });

  it('is left out, and that is said, when the prefix cannot be listed', async () => {
    const { fingerprints, notes } = await fingerprint({
      list: () => Promise.reject(awsError('AccessDenied', 'Access Denied')),
    });
    expect(fingerprints.train).toBeUndefined();
    expect(notes).toEqual([expect.stringContaining('could not be listed (Access Denied)')]);
  });
});
