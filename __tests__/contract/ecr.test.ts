import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openRegistry } from '../../src/adapters/ecr.ts';
import type { Registry } from '../../src/ports.ts';
import { type Doors, impatient, meaning, openDoors } from './aws-doors.ts';

const WORLD = { ecr: { repositories: [{ name: 'demo', images: [{ tag: 'v1' }, { tag: 'v2' }] }, { name: 'empty' }] } };
let doors: Doors;
let registry: Registry;
beforeAll(async () => {
  doors = await openDoors(WORLD);
  registry = doors.open().registry;
});
beforeEach(() => doors.local.cloud.reset());
afterAll(() => doors.close());

const fault = (operation: string, kind: string, over = {}) =>
  doors.script({ faults: [{ service: 'ecr', operation, kind, ...over }] });

describe('the ECR adapter', () => {
  it('logs in with ECR’s own host and a password that is known as a secret', async () => {
    const { host, username, password } = await registry.login();
    expect(host).toBe(doors.local.registry);
    expect(username).toBe('AWS');
    expect(password).not.toBe('');
    expect(doors.secrets.redact(`x ${password} y`)).toBe('x *** y');
    expect(doors.secrets.redact(Buffer.from(`AWS:${password}`).toString('base64'))).toMatch(/^\*\*\*=*$/);
  });

  it('states the URI of a repository as ECR does, and creates one', async () => {
    await expect(registry.repositoryUri('demo')).resolves.toBe(`${doors.local.registry}/demo`);
    await expect(registry.repositoryUri('none')).resolves.toBeUndefined();
    const tags = [{ Key: 'train-name', Value: 'x' }];
    await expect(registry.createRepository('acme/new', tags)).resolves.toBe(`${doors.local.registry}/acme/new`);
    await expect(registry.repositoryUri('acme/new')).resolves.toBe(`${doors.local.registry}/acme/new`);
  });

  it('takes a repository that somebody else has just created', async () => {
    await expect(registry.createRepository('demo', [])).resolves.toBe(`${doors.local.registry}/demo`);
  });

  it('finds an image by tag and by digest, or finds none', async () => {
    const one = await registry.image('demo', { tag: 'v1' });
    expect(one?.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(one?.mediaType).toBe('application/vnd.docker.distribution.manifest.v2+json');
    await expect(registry.image('demo', { digest: one?.digest ?? '' })).resolves.toMatchObject({ digest: one?.digest });
    await expect(registry.image('demo', { tag: 'none' })).resolves.toBeUndefined();
    await expect(registry.image('demo', { digest: `sha256:${'0'.repeat(64)}` })).resolves.toBeUndefined();
    await expect(registry.image('none', { tag: 'v1' })).resolves.toBeUndefined();
    await expect(registry.image('demo', { tag: 'v1' }, '111122223333')).resolves.toMatchObject({ digest: one?.digest });
  });

  it.each([
    ['GetAuthorizationToken', 'denied', () => registry.login(), 'denied'],
    ['DescribeRepositories', 'expired', () => registry.repositoryUri('demo'), 'expired'],
    ['CreateRepository', 'denied', () => registry.createRepository('x', []), 'denied'],
    ['DescribeRepositories', 'malformed', () => registry.repositoryUri('demo'), 'unavailable'],
  ])('tells of %s: %s, and takes it for no absence', async (operation, kind, call, expected) => {
    await fault(operation, kind, { times: 9 });
    await expect(meaning('other', call())).resolves.toBe(expected);
  });

  it('tries again after throttling', async () => {
    await fault('DescribeRepositories', 'throttle', { times: 2 });
    await expect(registry.repositoryUri('none')).resolves.toBeUndefined();
    expect(doors.requests()).toEqual([
      'ecr DescribeRepositories (throttle)',
      'ecr DescribeRepositories (throttle)',
      'ecr DescribeRepositories',
    ]);
  });

  it('gives a stalled call up', async () => {
    await fault('DescribeRepositories', 'stall', { times: 9 });
    const hasty = openRegistry(impatient(), doors.secrets);
    await expect(hasty.repositoryUri('demo')).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
