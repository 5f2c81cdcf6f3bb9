import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Registry } from '../../src/ports.ts';
import { type Doors, meaning, openDoors } from './aws-doors.ts';

const WORLD = {
  ecr: {
    repositories: [
      { name: 'demo', images: [{ tag: 'v1' }, { tag: 'v2' }] },
      { account: '763104351884', name: 'theirs', images: [{ tag: 'v1' }] },
      { name: 'indexed', images: [{ tag: 'v1', mediaType: 'application/vnd.oci.image.index.v1+json' }] },
      { name: 'fixed', immutable: true, images: [{ tag: 'v1' }, { tag: 'v2' }] },
    ],
  },
};
let doors: Doors;
let registry: Registry;
beforeAll(async () => {
  doors = await openDoors(WORLD);
  registry = doors.open().registry;
});
beforeEach(() => doors.local.cloud.reset());
afterAll(() => doors.close());

async function imageOf(repository: string, tag: string) {
  const image = await registry.image(repository, { tag });
  if (image === undefined) throw new Error(`no ${repository}:${tag}`);
  return image;
}

describe('images of ECR', () => {
  it('are found several in one call, each with the tag it was asked by and its manifest', async () => {
    const ids = [{ tag: 'v1' }, { tag: 'none' }, { tag: 'v2' }];
    const found = await registry.images('demo', ids);
    expect(found.map(({ tag, registryId }) => [tag, registryId])).toEqual([
      ['v1', '111122223333'],
      ['v2', '111122223333'],
    ]);
    expect(JSON.parse(found[0]?.manifest ?? '')).toMatchObject({ schemaVersion: 2 });
    expect(doors.requests()).toEqual(['ecr BatchGetImage']);
    await expect(registry.images('none', ids)).resolves.toEqual([]);
  });

  it.each([
    ['of the own account', 'demo', undefined],
    ['of another account', 'theirs', '763104351884'],
  ])('tell their configuration: %s', async (_, repository, registryId) => {
    const image = await registry.image(repository, { tag: 'v1' }, registryId);
    if (image === undefined) throw new Error('no image');
    const configuration = JSON.parse((await registry.configuration(repository, image)) ?? '');
    expect(configuration).toMatchObject({ os: 'linux', architecture: 'amd64', config: { Labels: { tag: 'v1' } } });
    expect(doors.requests()).toEqual(['ecr BatchGetImage', 'ecr GetDownloadUrlForLayer', 'registry GetBlob']);
  });

  it('tell none where an index stands for several', async () => {
    await expect(registry.configuration('indexed', await imageOf('indexed', 'v1'))).resolves.toBeUndefined();
  });

  it('tell none to whom it is denied', async () => {
    const image = await imageOf('demo', 'v1');
    await doors.script({ faults: [{ service: 'ecr', operation: 'GetDownloadUrlForLayer', kind: 'denied', times: 9 }] });
    await expect(registry.configuration('demo', image)).rejects.toThrow(/not authorized/);
  });

  it('get one more tag, and keep their digest', async () => {
    const image = await imageOf('demo', 'v1');
    await expect(registry.putTag('demo', image, 'new')).resolves.toBe('tagged');
    await expect(registry.putTag('demo', image, 'new')).resolves.toBe('tagged');
    await expect(registry.putTag('demo', image, 'v2')).resolves.toBe('tagged');
    const tags = await registry.images('demo', [{ tag: 'new' }, { tag: 'v2' }]);
    expect(tags.map(({ digest }) => digest)).toEqual([image.digest, image.digest]);
  });

  it('get no tag that is immutable and stands elsewhere', async () => {
    const image = await imageOf('fixed', 'v1');
    await expect(registry.putTag('fixed', image, 'new')).resolves.toBe('tagged');
    await expect(registry.putTag('fixed', image, 'v1')).resolves.toBe('tagged');
    const other = await imageOf('fixed', 'v2');
    await expect(registry.putTag('fixed', image, 'v2')).resolves.toBe('kept');
    await expect(imageOf('fixed', 'v2')).resolves.toMatchObject({ digest: other.digest });
  });

  it.each(['BatchGetImage', 'PutImage'])('a right to %s that is missing is no absence', async (operation) => {
    const image = await imageOf('demo', 'v1');
    await doors.script({ faults: [{ service: 'ecr', operation, kind: 'denied', times: 9 }] });
    const call = operation === 'PutImage' ? registry.putTag('demo', image, 'x') : registry.image('demo', { tag: 'v1' });
    await expect(meaning('other', call)).resolves.toBe('denied');
  });

  it('another region is asked with its own client', async () => {
    await doors.open().registryIn('eu-west-1').login();
    const [entry] = doors.local.cloud.ledger.entries();
    expect(entry).toMatchObject({ operation: 'GetAuthorizationToken' });
  });

  it('hosts: where another endpoint stands in for AWS, only loopback is taken for it', () => {
    expect(registry.hostOf('111122223333')).toBeUndefined();
    const hosts = [
      '127.0.0.1:5001',
      'localhost:4510',
      'docker.io',
      '127.0.0.1.evil.org',
      '111122223333.dkr.ecr.us-east-1.amazonaws.com',
    ];
    expect(hosts.filter((host) => registry.standsBehind(host))).toEqual(['127.0.0.1:5001', 'localhost:4510']);
  });
});

describe('hosts of AWS itself', () => {
  it('are known without a call', () => {
    const { AWS_ENDPOINT_URL } = process.env;
    delete process.env.AWS_ENDPOINT_URL;
    try {
      const aws = doors.open();
      expect(aws.registry.hostOf('111122223333')).toBe('111122223333.dkr.ecr.us-east-1.amazonaws.com');
      expect(aws.registryIn('cn-north-1').hostOf('1')).toBe('1.dkr.ecr.cn-north-1.amazonaws.com.cn');
      expect(aws.registry.standsBehind('127.0.0.1:5001')).toBe(false);
    } finally {
      process.env.AWS_ENDPOINT_URL = AWS_ENDPOINT_URL;
    }
  });
});
