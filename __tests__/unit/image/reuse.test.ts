import { describe, expect, it } from '@jest/globals';
import { type PlanOverrides, SHA } from '../../fixtures/plans.ts';
import { HOST, REPOSITORY, URI, type World, world } from './image-world.ts';

const BASE = `${HOST}/bases/python`;
const TREE = {
  Dockerfile: `FROM ${BASE}:3.12\nCOPY src /opt/ml/code\nENTRYPOINT ["/x"]\n`,
  'src/train.py': 'print(1)',
  'README.md': 'text',
};
const IMAGES = { 'bases/python:3.12': '{"base":1}' };

/** The registry after a first run. */
async function built(over: World = {}) {
  const first = world({ tree: TREE, images: IMAGES, ...over });
  const image = await first.ensure();
  return { image, images: Object.fromEntries(first.images) };
}

describe('an image that is there', () => {
  it('is reused: the base’s digest and the image by its tags, two calls, no docker', async () => {
    const { image, images } = await built();
    const again = world({ tree: TREE, images });
    await expect(again.ensure()).resolves.toEqual({
      ...image,
      source: 'reused',
      reason: expect.stringContaining('nothing that decides the image has changed'),
    });
    expect(again.calls.map((call) => call.split(':')[0])).toEqual([
      `BatchGetImage us-east-1 bases/python`,
      `BatchGetImage us-east-1 ${REPOSITORY}`,
    ]);
    expect(again.runs).toEqual([]);
  });

  it('gets the tag of another commit: three calls', async () => {
    const { image, images } = await built();
    const next = 'd'.repeat(40);
    const again = world({
      tree: TREE,
      images,
      plan: { subject: { sha: next }, trained: { sha: next, isMerge: false } },
    });
    await expect(again.ensure()).resolves.toMatchObject({ uri: image.uri, source: 'reused', notes: [] });
    expect(again.calls).toHaveLength(3);
    expect(again.images.get(`${REPOSITORY}:${next}`)).toBe(again.images.get(`${REPOSITORY}:${SHA}`));
    expect(image.uri.startsWith(`${URI}@sha256:`)).toBe(true);
  });

  it('leaves a tag of an immutable repository where it is, and says so', async () => {
    const { images } = await built();
    const moved = { ...images, [`${REPOSITORY}:latest`]: '{"other":1}' };
    const plan = { subject: { pullRequest: undefined, branch: 'main' } };
    const again = world({ tree: TREE, images: moved, immutable: true, plan });
    await expect(again.ensure()).resolves.toMatchObject({
      source: 'reused',
      notes: [expect.stringContaining('latest')],
    });
  });

  it('says so in the log, with the reason', async () => {
    const { images } = await built();
    const again = world({ tree: TREE, images });
    await again.ensure();
    expect(again.runner.done).toEqual([
      expect.stringMatching(
        /^print Image reused: nothing that decides the image has changed: acme\/demand\/forecast holds it as f-[0-9a-f]{12}…\.$/,
      ),
    ]);
  });
});

describe('what decides the image', () => {
  const same: [string, World][] = [
    ['a file that nothing copies', { tree: { ...TREE, 'README.md': 'other' } }],
    ['a comment in the Dockerfile', { tree: { ...TREE, Dockerfile: `# why\n${TREE.Dockerfile}` } }],
    [
      'a stage that the target does not need',
      { tree: { ...TREE, Dockerfile: `FROM scratch AS unused\nCOPY README.md /\n${TREE.Dockerfile}` } },
    ],
    ['another order of files', { tree: Object.fromEntries(Object.entries(TREE).reverse()) }],
    ['a build argument that nothing declares', { plan: { inputs: { image: { buildArgs: { UNUSED: '1' } } } } }],
    [
      'secrets, and where the cache is',
      { plan: { inputs: { image: { buildSecrets: { a: 'b-secret' }, cache: 'off' } } } },
    ],
    ['another run', { plan: { env: { GITHUB_RUN_ID: '9' } } }],
    [
      'another place of the checkout',
      {
        tree: Object.fromEntries(Object.entries(TREE).map(([path, text]) => [`sub/${path}`, text])),
        plan: { inputs: { image: { context: 'sub', dockerfile: 'sub/Dockerfile' } } },
      },
    ],
  ];
  it.each(same)('not %s', async (_, over) => {
    const { images } = await built();
    await expect(world({ tree: TREE, images, ...over }).ensure()).resolves.toMatchObject({ source: 'reused' });
  });

  const other: [string, World][] = [
    ['a file', { tree: { ...TREE, 'src/train.py': 'print(2)' } }],
    ['the name of a file', { tree: { Dockerfile: TREE.Dockerfile, 'src/other.py': 'print(1)' } }],
    ['an empty directory', { tree: { ...TREE, 'src/empty': null } }],
    ['an instruction', { tree: { ...TREE, Dockerfile: `${TREE.Dockerfile}ENV A=1\n` } }],
    ['where a base’s tag stands', { images: { 'bases/python:3.12': '{"base":2}' } }],
    [
      'the target',
      {
        tree: { ...TREE, Dockerfile: `${TREE.Dockerfile}FROM scratch AS y\nCOPY src /\n` },
        plan: { inputs: { image: { target: 'y' } } },
      },
    ],
    ['the platform', { plan: { inputs: { image: { platform: 'linux/arm64' } } } }],
    ['an argument for the builder', { plan: { inputs: { image: { buildArgs: { SOURCE_DATE_EPOCH: '0' } } } } }],
  ];
  it.each(other)('%s', async (_, over) => {
    const { images } = await built();
    await expect(world({ tree: TREE, ...over, images: { ...images, ...over.images } }).ensure()).resolves.toMatchObject(
      { source: 'built' },
    );
  });

  it('a declared build argument', async () => {
    const tree = { ...TREE, Dockerfile: `${TREE.Dockerfile}ARG A\nRUN x\n` };
    const plan = (A: string): PlanOverrides => ({ inputs: { image: { buildArgs: { A } } } });
    const { images } = await built({ tree, plan: plan('1') });
    await expect(world({ tree, images, plan: plan('1') }).ensure()).resolves.toMatchObject({ source: 'reused' });
    await expect(world({ tree, images, plan: plan('2') }).ensure()).resolves.toMatchObject({ source: 'built' });
  });
});

describe('base images', () => {
  const from = (...references: readonly string[]) => ({
    Dockerfile: `${references.map((reference, at) => `FROM ${reference} AS s${at}`).join('\n')}\nFROM scratch\n${references.map((_, at) => `COPY --from=s${at} / /`).join('\n')}`,
  });
  const DLC = '763104351884.dkr.ecr.us-west-2.amazonaws.com/pytorch-training';

  it('of another region are asked and logged in to there, with that region’s token', async () => {
    const { ensure, calls, runs } = world({ tree: from(`${DLC}:2`), images: { 'pytorch-training:2': '{}' } });
    await expect(ensure()).resolves.toMatchObject({ source: 'built' });
    expect(calls[0]).toBe('BatchGetImage us-west-2 pytorch-training:2');
    expect(
      runs.filter(({ args }) => args[0] === 'login').map(({ args, stdin }) => [args.at(-1), stdin?.split('-run-')[1]]),
    ).toEqual([
      [HOST, 'us-east-1'],
      ['763104351884.dkr.ecr.us-west-2.amazonaws.com', 'us-west-2'],
    ]);
    expect(runs.at(-1)?.args).toContain('--pull');
  });

  it('of another account in our region take our token', async () => {
    const theirs = '999988887777.dkr.ecr.us-east-1.amazonaws.com';
    const { ensure, calls, runs } = world({ tree: from(`${theirs}/x:1`) });
    await ensure();
    expect(runs.filter(({ args }) => args[0] === 'login').map(({ args }) => args.at(-1))).toEqual([HOST, theirs]);
    expect(calls.filter((call) => call.startsWith('GetAuthorizationToken'))).toHaveLength(1);
  });

  it('that are named by digest take no call', async () => {
    const { ensure, calls } = world({ tree: from(`${BASE}@sha256:${'0'.repeat(64)}`) });
    await ensure();
    expect(calls[0]).toContain(REPOSITORY);
  });

  it('of other registries are asked there, with the user’s own login', async () => {
    const auth = Buffer.from('ada:token').toString('base64');
    const tree = {
      ...from('python:3.12', 'ghcr.io/acme/x'),
      '/home/ada/.docker/config.json': JSON.stringify({ auths: { 'ghcr.io': { auth } } }),
    };
    const others = { 'docker.io/library/python:3.12': 'sha256:1', 'ghcr.io/acme/x:latest': 'sha256:2' };
    const first = world({ tree, others });
    await first.ensure();
    expect(first.calls.filter((call) => call.startsWith('Digest')).slice(0, 2)).toEqual([
      'Digest docker.io/library/python:3.12',
      'Digest ghcr.io/acme/x:latest as ada',
    ]);
    await expect(world({ tree, others, images: Object.fromEntries(first.images) }).ensure()).resolves.toMatchObject({
      source: 'reused',
    });
  });

  it('that cannot be told are built on each time, and not given a tag by content', async () => {
    const tree = from('local/base');
    const first = world({ tree });
    await expect(first.ensure()).resolves.toMatchObject({
      reason: expect.stringContaining('which image local/base is now (its registry holds no such image)'),
    });
    expect([...first.images.keys()].filter((key) => key.includes(':f-'))).toEqual([]);
    expect(first.runs.at(-1)?.args).not.toContain('--pull');
    await expect(world({ tree, images: Object.fromEntries(first.images) }).ensure()).resolves.toMatchObject({
      source: 'built',
    });
  });

  it('that cannot be told let no job of another commit stand in for this one’s', async () => {
    const print = async (plan: PlanOverrides) => (await world({ tree: from('local/base'), plan }).ensure()).fingerprint;
    const other = { trained: { sha: 'e'.repeat(40), isMerge: false } };
    expect(await print({ env: { GITHUB_RUN_ID: '9' } })).toBe(await print({}));
    expect(await print(other)).not.toBe(await print({}));
    const pinned = async (plan: PlanOverrides) => (await built({ plan })).image.fingerprint;
    expect(await pinned(other)).toBe(await pinned({}));
  });

  it('that move during the build leave no tag by content', async () => {
    const over = world({
      tree: TREE,
      images: IMAGES,
      docker: (words) => {
        if (words === 'buildx build') over.images.set('bases/python:3.12', '{"base":2}');
        return undefined;
      },
    });
    await expect(over.ensure()).resolves.toMatchObject({
      notes: [expect.stringContaining(`${BASE}:3.12 moved while the image was built`)],
    });
    expect([...over.images.keys()].filter((key) => key.includes(':f-'))).toEqual([]);
  });

  it('what ADD fetches without a checksum is built each time', async () => {
    const { ensure } = world({ tree: { Dockerfile: 'FROM scratch\nADD https://x.org/a.tar /' } });
    await expect(ensure()).resolves.toMatchObject({
      reason: expect.stringContaining('what ADD https://x.org/a.tar fetches'),
    });
  });
});
