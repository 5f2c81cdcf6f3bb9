import { describe, expect, it } from '@jest/globals';
import { type BuildDoors, buildAndPush } from '../../../src/image/build.ts';
import type { DockerRun, Files, ProcessResult, Registry, RegistryImage } from '../../../src/ports.ts';
import { fakeRunner, secretsOf } from '../../fixtures/doors.ts';
import { DIGEST, makePlan, type PlanOverrides, SHA } from '../../fixtures/plans.ts';

const HOST = '111122223333.dkr.ecr.us-east-1.amazonaws.com';
const URI = `${HOST}/acme/demand/forecast`;
const PASSWORD = 'registry-password-of-this-run';
const DOCKER_TYPE = 'application/vnd.docker.distribution.manifest.v2+json';

const found = (mediaType: string) => ({ digest: DIGEST, mediaType }) as Partial<RegistryImage> as RegistryImage;

interface World {
  readonly plan?: PlanOverrides;
  readonly repository?: string | undefined;
  readonly image?: RegistryImage | undefined;
  /** What docker answers, by its first words. */
  readonly docker?: (words: string) => Partial<ProcessResult> | undefined;
  readonly metadata?: string;
}

function world(over: World = {}) {
  const { plan = {}, docker = () => undefined, metadata = JSON.stringify({ 'containerimage.digest': DIGEST }) } = over;
  const abort = new AbortController();
  const runs: DockerRun[] = [];
  const asked: unknown[] = [];
  const files = new Map<string, string>();
  const runner = fakeRunner({ HOME: '/home/ada' });
  const doors: BuildDoors = {
    registry: {
      login: async () => ({ host: HOST, username: 'AWS', password: PASSWORD }),
      repositoryUri: async () => ('repository' in over ? over.repository : URI),
      createRepository: async (...what) => {
        asked.push(['create', ...what]);
        return URI;
      },
      image: async (...what) => {
        asked.push(['image', ...what]);
        return 'image' in over ? over.image : found(DOCKER_TYPE);
      },
    } as Partial<Registry> as Registry,
    docker: {
      run: async (command) => {
        runs.push(command);
        command.onLine?.('#1 building ##[error]x');
        const said = docker(command.args.slice(0, 2).join(' '));
        return { exitCode: 0, stdout: '', tail: [], ...said };
      },
    },
    files: {
      read: async (path) => (path.endsWith('metadata.json') ? metadata : files.get(path)),
      exists: async () => false,
      temporaryDirectory: async () => '/tmp/docker',
      write: async (path, text) => void files.set(path, text),
      link: async () => {},
      remove: async () => files.clear(),
    } as Partial<Files> as Files,
    runner,
    secrets: secretsOf(PASSWORD),
  };
  const words = () => runs.map(({ args }) => args.slice(0, 2).join(' '));
  return { abort, runs, asked, files, runner, words, build: () => buildAndPush(makePlan(plan), doors, abort.signal) };
}

const NO_BUILDX = (words: string) => (words === 'buildx version' ? { exitCode: 1 } : undefined);

describe('building and pushing', () => {
  it('with buildx is one build, pinned to the digest of the push', async () => {
    const { build, words, runs, asked } = world();
    await expect(build()).resolves.toMatchObject({ uri: `${URI}@${DIGEST}`, source: 'built', notes: [] });
    expect(words()).toEqual(['login --username', 'buildx version', 'buildx build']);
    expect(runs.every(({ env }) => env?.DOCKER_CONFIG === '/tmp/docker')).toBe(true);
    expect(asked).toEqual([['image', 'acme/demand/forecast', { digest: DIGEST }]]);
  });

  it('gives the password by stdin, never as an argument', async () => {
    const { build, runs } = world();
    await build();
    expect(runs[0]).toMatchObject({ args: ['login', '--username', 'AWS', '--password-stdin', HOST], stdin: PASSWORD });
    expect(JSON.stringify(runs.map(({ args, env }) => [args, env]))).not.toContain(PASSWORD);
  });

  it('without buildx builds, pushes every reference, and reads the digest off the push', async () => {
    const docker = (words: string) =>
      words.startsWith('push') ? { tail: [`sha: digest: ${DIGEST} size: 1234`] } : NO_BUILDX(words);
    const { build, words, asked } = world({ docker, plan: { inputs: { image: { tags: ['one', 'two'] } } } });
    await build();
    expect(words().slice(2)).toEqual(['build --platform=linux/amd64', `push ${URI}:one`, `push ${URI}:two`]);
    expect(asked).toEqual([['image', 'acme/demand/forecast', { digest: DIGEST }]]);
  });

  it('asks for the tag when no digest was told', async () => {
    const { build, asked } = world({ metadata: '{}' });
    await build();
    expect(asked).toEqual([['image', 'acme/demand/forecast', { tag: SHA }]]);
  });

  it('creates the repository where there is none', async () => {
    const { build, asked } = world({ repository: undefined });
    await build();
    expect(asked[0]).toEqual([
      'create',
      'acme/demand/forecast',
      [
        { Key: 'train-repository', Value: 'acme/demand' },
        { Key: 'train-name', Value: 'forecast' },
      ],
    ]);
  });

  it.each<[string, PlanOverrides, readonly string[]]>([
    ['a pull request', {}, [SHA]],
    ['another branch', { subject: { pullRequest: undefined, branch: 'other' } }, [SHA]],
    ['the default branch', { subject: { pullRequest: undefined, branch: 'main' } }, [SHA, 'latest']],
    ['a pull request whose branch is called like it', { subject: { branch: 'main' } }, [SHA]],
    ['tags of the user', { inputs: { image: { tags: ['v1', 'v2'] } }, subject: { branch: 'main' } }, ['v1', 'v2']],
  ])('tags %s', async (_, plan, tags) => {
    const { build, runs } = world({ plan });
    await build();
    const given = runs.at(-1)?.args.filter((arg) => arg.startsWith('--tag='));
    expect(given).toEqual(tags.map((tag) => `--tag=${URI}:${tag}`));
  });

  it('hands build secrets over in files that are gone afterwards', async () => {
    const { build, runs, files } = world({
      plan: { inputs: { image: { buildSecrets: { npm: 'npm-secret-token' } } } },
    });
    await build();
    expect(runs.at(-1)?.args).toContain('--secret=id=npm,src=/tmp/docker/secret-0');
    expect(JSON.stringify(runs)).not.toContain('npm-secret-token');
    expect([...files.keys()]).toEqual([]);
  });

  it('folds what docker says, and lets none of it act', async () => {
    const { build, runner } = world();
    await build();
    expect(runner.done.filter((line) => /group|print/.test(line))).toEqual([
      'group Build and push the image (buildx)',
      'print │ #1 building ##[error]x',
      'endgroup',
    ]);
  });

  it('says when the manifest is none that an endpoint takes', async () => {
    const { build } = world({
      image: found('application/vnd.oci.image.manifest.v1+json'),
    });
    await expect(build()).resolves.toMatchObject({ notes: [expect.stringContaining('docker/setup-buildx-action')] });
  });

  it('identifies a rebuild of the same tree by what decides it', async () => {
    const prints = async (plan: PlanOverrides) => (await world({ plan }).build()).fingerprint;
    const first = await prints({});
    expect(await prints({ env: { GITHUB_RUN_ID: '9' } })).toBe(first);
    const others: PlanOverrides[] = [
      { inputs: { image: { target: 'x' } } },
      { inputs: { image: { buildArgs: { A: '1' } } } },
      { inputs: { image: { context: 'x' } } },
      { inputs: { image: { platform: 'linux/arm64' } } },
      { trained: { sha: 'e'.repeat(40), isMerge: true } },
    ];
    for (const other of others) expect(await prints(other)).not.toBe(first);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['login', 'login --username', { exitCode: 127, tail: ['docker: command not found'] }, 'DOCKER_MISSING'],
    ['build', 'buildx build', { exitCode: 1, tail: ['did not complete successfully'] }, 'IMAGE_BUILD_FAILED'],
  ])('in the %s is told, and nothing is left behind', async (_, words, said, code) => {
    const { build, files, runner } = world({ docker: (now) => (now === words ? said : undefined) });
    await expect(build()).rejects.toMatchObject({ code });
    expect([...files.keys()]).toEqual([]);
    expect(runner.done.filter((line) => line.startsWith('group'))).toHaveLength(
      runner.done.filter((line) => line === 'endgroup').length,
    );
  });

  it('in a push ends it', async () => {
    const docker = (words: string) =>
      words.startsWith('push') ? { exitCode: 1, tail: ['denied: not authorized'] } : NO_BUILDX(words);
    await expect(world({ docker }).build()).rejects.toMatchObject({ code: 'IMAGE_PUSH_FAILED' });
  });

  it('is no failure of docker when the run was cancelled', async () => {
    const { abort, build } = world({
      docker: (words) => {
        if (words !== 'buildx build') return undefined;
        abort.abort();
        return { exitCode: 128 };
      },
    });
    await expect(build()).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('is an image that ECR does not show', async () => {
    await expect(world({ image: undefined }).build()).rejects.toMatchObject({ code: 'IMAGE_PUSH_FAILED' });
  });
});
