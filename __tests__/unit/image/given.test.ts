import { describe, expect, it } from '@jest/globals';
import { resolveGiven } from '../../../src/image/given.ts';
import { parseImageUri } from '../../../src/image/image-uri.ts';
import type { Registry, RegistryImage } from '../../../src/ports.ts';
import { DIGEST } from '../../fixtures/plans.ts';

const ECR = '111122223333.dkr.ecr.us-east-1.amazonaws.com';

describe('an image URI', () => {
  const ecr = { registryId: '111122223333', region: 'us-east-1' };
  const other = { registryId: undefined, region: undefined };
  it.each([
    [`${ECR}/a/b:1.0`, { host: ECR, repository: 'a/b', tag: '1.0', digest: undefined, ...ecr }],
    [`${ECR}/a`, { host: ECR, repository: 'a', tag: undefined, digest: undefined, ...ecr }],
    [`${ECR}/a@${DIGEST}`, { host: ECR, repository: 'a', tag: undefined, digest: DIGEST, ...ecr }],
    [`${ECR}/a:t@${DIGEST}`, { host: ECR, repository: 'a', tag: 't', digest: DIGEST, ...ecr }],
    ['111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/a', expect.objectContaining({ region: 'us-gov-west-1' })],
    ['111122223333.dkr-ecr.eu-west-1.on.aws/a:x', expect.objectContaining({ region: 'eu-west-1', tag: 'x' })],
    ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/a', expect.objectContaining({ region: 'cn-north-1' })],
    ['127.0.0.1:5001/a/b:t', { host: '127.0.0.1:5001', repository: 'a/b', tag: 't', digest: undefined, ...other }],
    ['localhost/a', expect.objectContaining({ host: 'localhost' })],
  ])('%s is taken apart', (uri, expected) => {
    expect(parseImageUri(uri)).toEqual(expected);
  });

  it.each([
    '',
    'ubuntu',
    'library/ubuntu:22.04',
    `${ECR}/`,
    `${ECR}/A`,
    `${ECR}/a:`,
    `${ECR}/a@sha256:12`,
    `${ECR}/a b`,
    `https://${ECR}/a`,
    `${ECR}/a:t\n`,
  ])('%j is none', (uri) => {
    expect(parseImageUri(uri)).toBeUndefined();
  });
});

describe('a given image', () => {
  function registry(found: RegistryImage | undefined) {
    const asked: unknown[] = [];
    const door: Pick<Registry, 'image'> = {
      image: async (...what) => {
        asked.push(what);
        return found;
      },
    };
    return { door, asked };
  }

  it('is pinned to the digest behind its tag, in the registry that its host names', async () => {
    const { door, asked } = registry({ digest: DIGEST } as Partial<RegistryImage> as RegistryImage);
    await expect(resolveGiven(`${ECR}/a/b:1.0`, 'us-east-1', door)).resolves.toEqual({
      uri: `${ECR}/a/b@${DIGEST}`,
      fingerprint: DIGEST,
      source: 'given',
      reason: 'the input `image` names it',
      notes: [],
    });
    await resolveGiven(`${ECR}/a`, 'us-east-1', door);
    expect(asked).toEqual([
      ['a/b', { tag: '1.0' }, '111122223333'],
      ['a', { tag: 'latest' }, '111122223333'],
    ]);
  });

  it('with a digest needs no question', async () => {
    const { door, asked } = registry(undefined);
    await expect(resolveGiven(`${ECR}/a:t@${DIGEST}`, 'us-east-1', door)).resolves.toMatchObject({
      uri: `${ECR}/a@${DIGEST}`,
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['ubuntu:22.04', 'INPUT_INVALID', 'dkr.ecr'],
    ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:t', 'INPUT_INVALID', 'aws-region: eu-west-1'],
    [`${ECR}/a:t`, 'IMAGE_NOT_FOUND', 'Correct `image`'],
  ])('%s is refused as %s', async (uri, code, remedy) => {
    await expect(resolveGiven(uri, 'us-east-1', registry(undefined).door)).rejects.toMatchObject({
      code,
      remedy: expect.stringContaining(remedy),
    });
  });
});
