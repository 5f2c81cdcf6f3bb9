import { describe, expect, it } from '@jest/globals';
import { awsError } from '../../fixtures/doors.ts';
import { type PlanOverrides, SHA } from '../../fixtures/plans.ts';
import { HOST, imageOf, PASSWORD, REPOSITORY, URI, type World, world } from './image-world.ts';

const NO_BUILDX = (words: string) => (words === 'buildx version' ? { exitCode: 1 } : undefined);
const F = 'f-';
const tags = (images: ReadonlyMap<string, string>) =>
  [...images.keys()]
    .map((key) => key.replace(`${REPOSITORY}:`, ''))
    .map((tag) => (tag.startsWith(F) ? F : tag))
    .sort();

describe('building and pushing', () => {
  it('with buildx is one build, pinned to the digest of the push, tagged by its content afterwards', async () => {
    const { ensure, words, runs, calls, images } = world();
    const image = await ensure();
    expect(image).toMatchObject({
      source: 'built',
      notes: [],
      reason: expect.stringContaining('holds no image of this content yet'),
    });
    expect(image.uri).toMatch(
      /^111122223333\.dkr\.ecr\.us-east-1\.amazonaws\.com\/acme\/demand\/forecast@sha256:[0-9a-f]{64}$/,
    );
    expect(words()).toEqual(['login --username', 'buildx version', 'buildx inspect', 'buildx build']);
    expect(runs.every(({ env }) => env?.DOCKER_CONFIG === '/tmp/docker')).toBe(true);
    expect(calls).toEqual([
      `BatchGetImage us-east-1 ${REPOSITORY}:${image.fingerprint.slice(0, 6).replace(/^/, 'f-')},${SHA.slice(0, 8)}`,
      `DescribeRepositories ${REPOSITORY}`,
      'GetAuthorizationToken us-east-1',
      `BatchGetImage us-east-1 ${REPOSITORY}:digest`,
      `PutImage ${REPOSITORY}:f-${image.fingerprint.slice(0, 6)}`,
    ]);
    expect(tags(images)).toEqual([SHA, F]);
  });

  it('gives the password by stdin, never as an argument', async () => {
    const { ensure, runs } = world();
    await ensure();
    expect(runs[0]).toMatchObject({
      args: ['login', '--username', 'AWS', '--password-stdin', HOST],
      stdin: `${PASSWORD}-us-east-1`,
    });
    expect(JSON.stringify(runs.map(({ args, env }) => [args, env]))).not.toContain(PASSWORD);
  });

  it('without buildx builds and pushes one reference; the other tags are given in the registry', async () => {
    const { ensure, words, images } = world({
      docker: NO_BUILDX,
      plan: { inputs: { image: { tags: ['one', 'two'] } } },
    });
    await ensure();
    expect(words().slice(2)).toEqual(['version --format', 'build --iidfile=/tmp/docker/image-id', `push ${URI}:one`]);
    expect(tags(images)).toEqual([F, 'one', 'two']);
  });

  it.each([
    ['20.10.24', '1'],
    ['28.2.2', undefined],
    ['', undefined],
  ])('client %s without buildx: DOCKER_BUILDKIT is %s', async (version, expected) => {
    const docker = (words: string) => (words === 'version --format' ? { stdout: `${version}\n` } : NO_BUILDX(words));
    const { ensure, runs } = world({ docker });
    await ensure();
    expect(runs.find(({ args }) => args[0] === 'build')?.env?.DOCKER_BUILDKIT).toBe(expected);
  });

  it('asks for the tag when no digest was told', async () => {
    const { ensure, calls } = world({ reportsDigest: false });
    await ensure();
    expect(calls).toContain(`BatchGetImage us-east-1 ${REPOSITORY}:${SHA.slice(0, 8)}`);
  });

  it('creates the repository where there is none', async () => {
    const { ensure, calls } = world({ repositoryExists: false });
    await ensure();
    expect(calls).toContain(`CreateRepository ${REPOSITORY}`);
  });

  it.each<[string, PlanOverrides, readonly string[]]>([
    ['a pull request', {}, [SHA, F]],
    ['another branch', { subject: { pullRequest: undefined, branch: 'other' } }, [SHA, F]],
    ['the default branch', { subject: { pullRequest: undefined, branch: 'main' } }, [SHA, F, 'latest']],
    ['a pull request whose branch is called like it', { subject: { branch: 'main' } }, [SHA, F]],
    ['tags of the user', { inputs: { image: { tags: ['v1', 'v2'] } }, subject: { branch: 'main' } }, [F, 'v1', 'v2']],
  ])('tags %s', async (_, plan, expected) => {
    const { ensure, images } = world({ plan });
    await ensure();
    expect(tags(images)).toEqual(expected);
  });

  it('never pushes to a tag that exists: it may be immutable, and is moved afterwards if it can be', async () => {
    const images = { [`${REPOSITORY}:${SHA}`]: '{"earlier":true}' };
    const mutable = world({ images });
    await expect(mutable.ensure()).resolves.toMatchObject({ notes: [] });
    expect(mutable.runs.at(-1)?.args).toContain(`--tag=${URI}:${SHA}-7001-2`);
    expect(mutable.images.get(`${REPOSITORY}:${SHA}`)).toBe('{"pushed":true}');
    const immutable = world({ images, immutable: true });
    await expect(immutable.ensure()).resolves.toMatchObject({
      notes: [expect.stringContaining(`${SHA} of ${REPOSITORY} is immutable`)],
    });
    expect(immutable.images.get(`${REPOSITORY}:${SHA}`)).toBe('{"earlier":true}');
  });

  it('hands build secrets over in files that are gone afterwards', async () => {
    const { ensure, runs, secret } = world({
      plan: { inputs: { image: { buildSecrets: { npm: 'npm-secret-token' } } } },
    });
    await ensure();
    expect(runs.at(-1)?.args).toContain('--secret=id=npm,src=/tmp/docker/secret-0');
    expect(JSON.stringify(runs)).not.toContain('npm-secret-token');
    expect([...secret.keys()]).toEqual([]);
  });

  it('tells its reason, folds what docker says, and lets none of it act', async () => {
    const { ensure, runner } = world();
    await ensure();
    expect(runner.done.filter((line) => /group|print/.test(line))).toEqual([
      expect.stringMatching(
        /^print Image built: acme\/demand\/forecast holds no image of this content yet \(f-[0-9a-f]{12}…\)\.$/,
      ),
      'group Build and push the image (buildx)',
      'print │ #1 building ##[error]x',
      'endgroup',
    ]);
  });

  it('says when the manifest is none that an endpoint takes', async () => {
    const { ensure } = world({ mediaType: 'application/vnd.oci.image.manifest.v1+json' });
    await expect(ensure()).resolves.toMatchObject({ notes: [expect.stringContaining('docker/setup-buildx-action')] });
  });
});

describe('the cache', () => {
  const CONTAINER = (words: string) =>
    words === 'buildx inspect' ? { stdout: 'Name: b\nDriver:        docker-container\n' } : undefined;
  const store = (status: string) => (words: string) =>
    words === 'buildx inspect'
      ? { stdout: 'Driver: docker\n' }
      : words.startsWith('info')
        ? { stdout: status }
        : undefined;

  it.each<[string, World, boolean]>([
    ['a container driver', { docker: CONTAINER }, true],
    ['the containerd store', { docker: store('[["driver-type","io.containerd.snapshotter.v1"]]') }, true],
    ['the engine’s own store', { docker: store('[["Backing Filesystem","extfs"]]') }, false],
    ['cache: off', { docker: CONTAINER, plan: { inputs: { image: { cache: 'off' } } } }, false],
  ])('%s', async (_, over, cached) => {
    const { ensure, runs, calls } = world(over);
    await ensure();
    expect(runs.at(-1)?.args.filter((arg) => arg.startsWith('--cache-from'))).toEqual(
      cached ? [`--cache-from=type=registry,ref=${URI}/cache:linux-amd64-image`] : [],
    );
    expect(calls.includes(`DescribeRepositories ${REPOSITORY}/cache`)).toBe(cached);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['login', 'login --username', { exitCode: 127, tail: ['docker: command not found'] }, 'DOCKER_MISSING'],
    ['build', 'buildx build', { exitCode: 1, tail: ['did not complete successfully'] }, 'IMAGE_BUILD_FAILED'],
  ])('in the %s is told, and nothing is left behind', async (_, words, said, code) => {
    const { ensure, secret, runner, images } = world({ docker: (now) => (now === words ? said : undefined) });
    await expect(ensure()).rejects.toMatchObject({ code });
    expect([...secret.keys()]).toEqual([]);
    expect([...images.keys()]).toEqual([]);
    expect(runner.done.filter((line) => line.startsWith('group'))).toHaveLength(
      runner.done.filter((line) => line === 'endgroup').length,
    );
  });

  it('in a step of the Dockerfile stands on its line', async () => {
    const tail = [
      'ERROR: process "/bin/sh -c x" did not complete successfully: exit code: 1',
      '------',
      'Dockerfile:2',
      '--------------------',
    ];
    const { ensure } = world({ docker: (words) => (words === 'buildx build' ? { exitCode: 1, tail } : undefined) });
    await expect(ensure()).rejects.toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      place: { file: 'Dockerfile', line: 2 },
    });
  });

  it('in a push ends it', async () => {
    const docker = (words: string) =>
      words.startsWith('push') ? { exitCode: 1, tail: ['denied: not authorized'] } : NO_BUILDX(words);
    await expect(world({ docker }).ensure()).rejects.toMatchObject({ code: 'IMAGE_PUSH_FAILED' });
  });

  it('in a push that may go better is tried again, with pauses; a third time is the last', async () => {
    const tail = ['received unexpected HTTP status: 500 Internal Server Error'];
    const twice = world({
      docker: (words, run) => (words.startsWith('push') && run < 7 ? { exitCode: 1, tail } : NO_BUILDX(words)),
    });
    await expect(twice.ensure()).resolves.toMatchObject({ source: 'built' });
    expect({ slept: twice.slept, pushes: twice.words().filter((words) => words.startsWith('push')).length }).toEqual({
      slept: [2, 10],
      pushes: 3,
    });
    const always = world({ docker: (words) => (words.startsWith('push') ? { exitCode: 1, tail } : NO_BUILDX(words)) });
    await expect(always.ensure()).rejects.toMatchObject({ code: 'IMAGE_PUSH_FAILED' });
    expect(always.slept).toEqual([2, 10]);
  });

  it.each([
    [1, 'resolves', ['image inspect', 'tag sha256:own', 'push', 'image inspect']],
    [9, 'rejects', undefined],
  ] as const)('of a name that another build took %i times is not trusted', async (taken, end, then) => {
    const digest = imageOf('{"pushed":true}').digest;
    let looks = 0;
    const { ensure, words } = world({
      imageId: 'sha256:own',
      docker: (now) => {
        if (now.startsWith('push')) return { tail: [`one: digest: ${digest} size: 528`] };
        if (now !== 'image inspect') return NO_BUILDX(now);
        looks += 1;
        return { stdout: looks > taken ? `["${URI}@${digest}"]` : '[]' };
      },
    });
    if (end === 'rejects')
      await expect(ensure()).rejects.toMatchObject({
        code: 'IMAGE_PUSH_FAILED',
        message: expect.stringContaining('Another build'),
      });
    else await expect(ensure()).resolves.toMatchObject({ source: 'built' });
    const after = words().slice(words().findIndex((each) => each.startsWith('push')) + 1);
    if (then) expect(after.map((each) => each.replace(/^push .*/, 'push'))).toEqual(then);
    else expect(after.filter((each) => each.startsWith('push'))).toHaveLength(2);
  });

  it('an expired login is renewed before the next try', async () => {
    const tail = ['denied: Your authorization token has expired. Reauthenticate and try again.'];
    const { ensure, words } = world({
      docker: (now, run) => (now.startsWith('push') && run < 6 ? { exitCode: 1, tail } : NO_BUILDX(now)),
    });
    await ensure();
    expect(words().slice(4)).toEqual([`push ${URI}:${SHA}`, 'login --username', `push ${URI}:${SHA}`]);
  });

  it('is no failure of docker when the run was cancelled', async () => {
    const { abort, ensure } = world({
      docker: (words) => {
        if (words !== 'buildx build') return undefined;
        abort.abort();
        return { exitCode: 128 };
      },
    });
    await expect(ensure()).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('is an image that ECR does not show', async () => {
    await expect(world({ arrives: false }).ensure()).rejects.toMatchObject({ code: 'IMAGE_PUSH_FAILED' });
  });

  it.each(['BatchGetImage', 'DescribeRepositories', 'CreateRepository', 'GetAuthorizationToken', 'PutImage'])(
    'is a right to %s that is missing: named, with the remedy',
    async (operation) => {
      const refused = {
        [operation]: awsError('AccessDeniedException', `User: x is not authorized to perform: ecr:${operation}`),
      };
      await expect(world({ refused, repositoryExists: false }).ensure()).rejects.toMatchObject({
        code: 'AWS_ACCESS_DENIED',
        message: expect.stringContaining(`ecr:${operation}`),
        remedy: expect.stringContaining('policy of the role'),
      });
    },
  );

  it.each([
    ['no Dockerfile', { tree: {} }, 'INPUT_INVALID', 'There is no Dockerfile at Dockerfile'],
    [
      'no such target',
      { tree: { Dockerfile: 'FROM a AS x' }, plan: { inputs: { image: { target: 'y' } } } },
      'INPUT_INVALID',
      'Its stages are x.',
    ],
    ['no FROM', { tree: { Dockerfile: '# nothing' } }, 'IMAGE_BUILD_FAILED', 'Dockerfile has no FROM.'],
  ])('is %s', async (_, over, code, message) => {
    const { ensure, calls, runs } = world(over);
    await expect(ensure()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    expect({ calls, runs }).toEqual({ calls: [], runs: [] });
  });
});
