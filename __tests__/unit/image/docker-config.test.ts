import { describe, expect, it } from '@jest/globals';
import { withDockerConfig } from '../../../src/image/docker-config.ts';
import type { Files } from '../../../src/ports.ts';
import { fakeRunner } from '../../fixtures/doors.ts';

const HOST = '111122223333.dkr.ecr.us-east-1.amazonaws.com';

type ConfigFiles = Pick<Files, 'read' | 'exists' | 'temporaryDirectory' | 'write' | 'link' | 'remove'>;

function fakeFiles(existing: Record<string, string>): ConfigFiles & { readonly left: Map<string, string> } {
  const left = new Map(Object.entries(existing));
  const files: Partial<Files> = {
    read: async (path) => left.get(path),
    exists: async (path) => [...left.keys()].some((key) => key === path || key.startsWith(`${path}/`)),
    temporaryDirectory: async (prefix) => `/runner/temp/${prefix}x1`,
    write: async (path, text) => void left.set(path, text),
    link: async (target, path) => void left.set(path, `-> ${target}`),
    remove: async (path) => {
      for (const key of left.keys()) if (key.startsWith(`${path}/`)) left.delete(key);
    },
  };
  return { ...(files as Files), left };
}

async function derive(config: string | undefined, env: Record<string, string> = { HOME: '/home/ada' }, more = {}) {
  const files = fakeFiles({ ...(config !== undefined && { '/home/ada/.docker/config.json': config }), ...more });
  const runner = fakeRunner(env);
  const seen = await withDockerConfig([HOST], { files, runner }, async (used) => ({
    used,
    config: JSON.parse(files.left.get(`${used.directory}/config.json`) ?? ''),
    files: [...files.left.keys()].filter((path) => path.startsWith(used.directory)),
    state: runner.state.get('docker-config'),
  }));
  return { ...seen, files: seen.files, left: files.left, runner };
}

describe('the throw-away Docker configuration', () => {
  it('keeps the user’s logins and settings, without the store and the helper that would take our login', async () => {
    const own = {
      auths: { 'ghcr.io': { auth: 'eA==' } },
      credsStore: 'desktop',
      credHelpers: { [HOST]: 'ecr-login', 'public.ecr.aws': 'ecr-login' },
      proxies: { default: { httpProxy: 'http://proxy' } },
      currentContext: 'remote',
      cliPluginsExtraDirs: ['/opt/plugins'],
    };
    const { config } = await derive(JSON.stringify(own));
    expect(config).toEqual({
      auths: own.auths,
      credHelpers: { 'public.ecr.aws': 'ecr-login' },
      proxies: own.proxies,
      currentContext: 'remote',
      cliPluginsExtraDirs: ['/opt/plugins', '/home/ada/.docker/cli-plugins'],
    });
  });

  it.each([undefined, '', 'no json', '[]', 'null', '{"credHelpers": "x"}'])('makes do with %j', async (config) => {
    expect((await derive(config)).config).toEqual({ cliPluginsExtraDirs: ['/home/ada/.docker/cli-plugins'] });
  });

  it('leads docker to it, and to the builders and contexts of the user', async () => {
    const { used, files } = await derive('{}', { HOME: '/home/ada' }, { '/home/ada/.docker/contexts/meta/x': '' });
    expect(used).toEqual({
      directory: '/runner/temp/train-docker-x1',
      env: {
        DOCKER_CONFIG: '/runner/temp/train-docker-x1',
        BUILDX_CONFIG: '/home/ada/.docker/buildx',
        BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
      },
    });
    expect(files).toContain('/runner/temp/train-docker-x1/contexts');
  });

  it('follows DOCKER_CONFIG and BUILDX_CONFIG of the environment', async () => {
    const { used, config } = await derive(undefined, { DOCKER_CONFIG: '/etc/d', BUILDX_CONFIG: '/etc/b' });
    expect(used.env.BUILDX_CONFIG).toBe('/etc/b');
    expect(config).toEqual({ cliPluginsExtraDirs: ['/etc/d/cli-plugins'] });
  });

  it('is known to the post step while it exists, and gone afterwards', async () => {
    const { state, left, runner } = await derive('{}');
    expect(state).toBe('/runner/temp/train-docker-x1');
    expect([...left.keys()]).toEqual(['/home/ada/.docker/config.json']);
    expect(runner.state.get('docker-config')).toBe('');
  });

  it('is gone as well when its use throws', async () => {
    const files = fakeFiles({});
    const runner = fakeRunner({ HOME: '/home/ada' });
    const use = () => Promise.reject(new Error('push failed'));
    await expect(withDockerConfig([HOST], { files, runner }, use)).rejects.toThrow('push failed');
    expect([...files.left.keys()]).toEqual([]);
    expect(runner.state.get('docker-config')).toBe('');
  });
});
