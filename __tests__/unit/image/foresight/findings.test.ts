import { describe, expect, test } from '@jest/globals';
import type { HashedEntry } from '../../../../src/image/context/read-context.ts';
import { parseDockerfile } from '../../../../src/image/dockerfile/dockerfile.ts';
import { reachOf } from '../../../../src/image/dockerfile/reach.ts';
import { resolveStages } from '../../../../src/image/dockerfile/resolve.ts';
import { codeFindings } from '../../../../src/image/foresight/code-findings.ts';
import { contextFindings } from '../../../../src/image/foresight/context-findings.ts';
import { compressedSize, diskFindings } from '../../../../src/image/foresight/disk-finding.ts';
import { type DockerfileFacts, dockerfileFindings } from '../../../../src/image/foresight/dockerfile-findings.ts';
import { readImageConfig } from '../../../../src/image/foresight/image-config.ts';
import { world } from '../image-world.ts';

const facts = (text: string) => {
  const stages = resolveStages(parseDockerfile(text), undefined, { platform: 'linux/amd64', buildArgs: {} }) ?? [];
  return {
    ...{ stages: reachOf(stages).stages, platform: 'linux/amd64', contextBringsTrain: false },
    ...{ base: undefined, hasCommand: false },
  };
};

function findings(text: string, over: Partial<DockerfileFacts> = {}): string[] {
  return dockerfileFindings({ ...facts(text), ...over }).map(
    ({ message, line }) =>
      `${line} ${/ENTRYPOINT: SageMaker|SAGEMAKER_PROGRAM|--platform|made for \S+/.exec(message)?.[0]}`,
  );
}

describe('a Dockerfile', () => {
  test.each<[string, string, string[]]>([
    ['with an ENTRYPOINT', 'FROM python:3.12\nENTRYPOINT ["python", "x.py"]', []],
    ['without one, on an official image', 'FROM python:3.12\nCOPY x.py /', ['1 ENTRYPOINT: SageMaker']],
    ['without one, on their mirror', 'FROM public.ecr.aws/docker/library/python:3.12', ['1 ENTRYPOINT: SageMaker']],
    ['without one, on scratch', 'FROM scratch', ['1 ENTRYPOINT: SageMaker']],
    ['without one, on an image that may have one', 'FROM acme/base', []],
    [
      'without one, on a Deep Learning Container',
      'FROM 763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2',
      [],
    ],
    ['that empties the one of its base', 'FROM acme/base\nENTRYPOINT []', ['2 ENTRYPOINT: SageMaker']],
    ['with one in the stage it begins with', 'FROM python AS a\nENTRYPOINT ["x"]\nFROM a\nRUN y', []],
    [
      'with one in a stage it only copies from',
      'FROM python AS a\nENTRYPOINT ["x"]\nFROM python\nCOPY --from=a /a /b',
      ['3 ENTRYPOINT: SageMaker'],
    ],
    ['that copies a program called train', 'FROM python\nCOPY train /usr/bin/', []],
    ['that copies to that name', 'FROM python\nCOPY main.py /usr/bin/train', []],
    ['that installs the toolkit', 'FROM python\nRUN pip install sagemaker-training', []],
    ['that installs requirements nobody has read', 'FROM python\nRUN pip install -r requirements.txt', []],
    ['for the toolkit without it', 'FROM python\nENV SAGEMAKER_PROGRAM=train.py', ['2 SAGEMAKER_PROGRAM']],
    [
      'for the toolkit with an ENTRYPOINT of its own',
      'FROM python\nENV SAGEMAKER_PROGRAM=train.py\nENTRYPOINT ["x"]',
      [],
    ],
    ['for another platform', 'FROM --platform=linux/arm64 acme/base', ['1 --platform']],
    ['for this one', 'FROM --platform=linux/amd64 acme/base', []],
    ['for the builder’s', 'FROM --platform=$BUILDPLATFORM acme/base', []],
    [
      'for another platform in a stage it only copies from',
      'FROM --platform=linux/arm64 a AS x\nFROM acme/base\nCOPY --from=x / /',
      [],
    ],
  ])('%s', (_, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  test('whose context brings what starts it', () => {
    expect(findings('FROM python\nENV SAGEMAKER_PROGRAM=train.py', { contextBringsTrain: true })).toEqual([]);
  });
});

describe('a base image that tells what it is', () => {
  const base = { platform: 'linux/amd64', hasEntrypoint: false, mayBringTrain: false };
  test.each<[string, string, Partial<DockerfileFacts>, string[]]>([
    ['without an ENTRYPOINT', 'FROM acme/base\nRUN x', { base }, ['1 ENTRYPOINT: SageMaker']],
    ['with one', 'FROM acme/base', { base: { ...base, hasEntrypoint: true } }, []],
    ['with one that is emptied', 'FROM acme/base\nENTRYPOINT []', { base }, ['2 ENTRYPOINT: SageMaker']],
    ['without one, under a Dockerfile with one', 'FROM acme/base\nENTRYPOINT ["x"]', { base }, []],
    ['that may bring a program called train', 'FROM acme/base', { base: { ...base, mayBringTrain: true } }, []],
    ['whose container the job starts by a command', 'FROM acme/base', { base, hasCommand: true }, []],
    [
      'of another architecture',
      'FROM acme/base\nENTRYPOINT ["x"]',
      { base: { ...base, platform: 'linux/arm64' } },
      ['1 made for linux/arm64,'],
    ],
    [
      'of another system',
      'FROM acme/base\nENTRYPOINT ["x"]',
      { base: { ...base, platform: 'windows/amd64' } },
      ['1 made for windows/amd64,'],
    ],
    [
      'of a platform that is wanted with its variant',
      'FROM acme/base\nENTRYPOINT ["x"]',
      { base: { ...base, platform: 'linux/arm64' }, platform: 'linux/arm64/v8' },
      [],
    ],
  ])('%s', (_, text, over, expected) => {
    expect(findings(text, over)).toEqual(expected);
  });
});

describe('the configuration of an image', () => {
  const read = (over: object) => readImageConfig(JSON.stringify({ os: 'linux', architecture: 'arm64', ...over }));
  const history = (...steps: readonly string[]) => ({
    history: steps.map((created_by) => ({ created_by })),
  });
  const ROOT = '/bin/sh -c #(nop) ADD file:4b0 in / ';

  test('tells platform and entrypoint', () => {
    expect(read({ config: { Entrypoint: ['x'] } })).toMatchObject({ platform: 'linux/arm64', hasEntrypoint: true });
    expect(read({ config: { Entrypoint: [] } })).toMatchObject({ hasEntrypoint: false });
    expect([read({}), read({ config: null })]).toMatchObject([{ hasEntrypoint: false }, { hasEntrypoint: false }]);
    expect([readImageConfig('{}'), readImageConfig('null')]).toEqual([undefined, undefined]);
  });

  test.each<[string, object, boolean]>([
    ['no history', {}, true],
    ['an empty one', { history: [] }, true],
    ['steps that bring none', history(ROOT, '/bin/sh -c apt-get update', '|1 A=b /bin/bash -c make x'), false],
    [
      'steps of BuildKit',
      history('# debian.sh --arch amd64 out/', 'RUN /bin/sh -c pip install numpy # buildkit'),
      false,
    ],
    ['the toolkit', history(ROOT, 'RUN /bin/sh -c pip install sagemaker-training # buildkit'), true],
    ['copied files', history(ROOT, 'COPY program /opt/program # buildkit'), true],
    ['copied files of the builder before', history(ROOT, '/bin/sh -c #(nop) COPY dir:0a in /opt '), true],
    ['a layer that came otherwise', history(ROOT, 'bazel build ...'), true],
    ['an import', { history: [{ comment: 'Imported from -' }] }, true],
    ['steps without a layer', { history: [{ created_by: 'ENV A=train', empty_layer: true }] }, false],
    ['its module', { config: { Env: ['SAGEMAKER_TRAINING_MODULE=a:main'] }, ...history(ROOT) }, true],
  ])('with %s', (_, over, expected) => {
    expect(read(over)).toMatchObject({ mayBringTrain: expected });
  });
});

const file = (path: string, sizeBytes: number): HashedEntry => ({
  path,
  name: path.split('/').at(-1) ?? '',
  kind: 'file',
  mode: 0o644,
  sizeBytes,
  target: '',
  content: '',
});

describe('a context', () => {
  const messages = (...entries: HashedEntry[]) => contextFindings(entries).map(({ message }) => message);

  test('of more than 1 GB names its biggest files', () => {
    const files = [...Array(7).keys()].map((at) => file(`data/${at}.bin`, at * 1e8));
    expect(messages(...files)).toEqual([
      'The image takes 2.1 GB from the build context. The biggest: data/6.bin (600 MB), data/5.bin (500 MB), data/4.bin (400 MB), data/3.bin (300 MB), data/2.bin (200 MB) and 2 more.',
    ]);
  });

  test('with large data files', () => {
    expect(messages(file('a.csv', 60e6), file('b.csv', 1e3), file('c.bin', 80e6))).toEqual([
      expect.stringContaining('a.csv (60 MB). Give it to the training as a channel'),
    ]);
  });

  test('with .git', () => {
    expect(messages({ ...file('.git', 0), kind: 'directory' })).toEqual([
      expect.stringContaining('.git is copied into the image'),
    ]);
    expect(messages(file('sub/.git', 10))).toEqual([]);
  });

  test.each([
    '.env',
    'a/.env.production',
    '.netrc',
    'id_rsa',
    'x/server.pem',
    '.aws/credentials',
    'terraform.tfstate',
    'gha-creds-12ab.json',
  ])('with %s', (path) => {
    expect(messages(file(path, 1))).toEqual([
      expect.stringContaining(`What looks like secrets is copied into the image: ${path}.`),
    ]);
  });

  test.each(['.env.example', 'environment.yml', 'keys.py', 'pem.txt', 'src/credentials.py', 'lib/certifi/cacert.pem'])(
    '%s is no secret',
    (path) => {
      expect(messages(file(path, 1))).toEqual([]);
    },
  );
});

describe('the disk', () => {
  test('is short when the bases do not fit unpacked', () => {
    expect(diskFindings(8e9, 14e9)).toMatchObject([
      {
        message: expect.stringContaining(
          '8.0 GB compressed and needs about 24.0 GB unpacked, but the runner has 14.0 GB free',
        ),
      },
    ]);
    expect([diskFindings(4e9, 14e9), diskFindings(8e9, undefined), diskFindings(0, 1)]).toEqual([[], [], []]);
  });

  test('sizes come from manifests', () => {
    expect(compressedSize('{"config":{"size":1},"layers":[{"size":10},{"size":100}]}')).toBe(111);
    expect([compressedSize('{"manifests":[{"size":5}]}'), compressedSize('no JSON')]).toEqual([0, 0]);
  });
});

describe('a base image in ECR', () => {
  const reference = '763104351884.dkr.ecr.us-west-2.amazonaws.com/base:1';
  const tree = { Dockerfile: `FROM ${reference}\nENTRYPOINT ["x"]\n` };
  const images = { 'base:1': '{}' };
  const configuration = { os: 'linux', architecture: 'arm64' };

  test('is asked what it is before a build, in its own region, and not when the image is there', async () => {
    const { ensure, calls } = world({ tree, images, configuration });
    const { notes } = await ensure();
    expect(notes).toEqual([expect.stringContaining(`${reference} is made for linux/arm64`)]);
    expect(calls).toContain('GetDownloadUrlForLayer us-west-2 base');
    const asked = calls.length;
    expect(await ensure()).toMatchObject({ source: 'reused' });
    expect(calls.slice(asked).filter((call) => call.startsWith('GetDownload'))).toEqual([]);
  });

  test('that may not be read changes nothing', async () => {
    const refused = { GetDownloadUrlForLayer: new Error('no') };
    const { ensure } = world({ tree, images, configuration, refused });
    expect(await ensure()).toMatchObject({ source: 'built', notes: [] });
  });
});

describe('in a run', () => {
  const tree = { Dockerfile: 'FROM scratch\nCOPY . /app\n', '.env': 'A=1', 'requirements.txt': 'numpy' };

  test('findings are warnings on their line, and notes of the report', async () => {
    const { ensure, runner } = world({ tree });
    const { notes } = await ensure();
    expect(notes).toEqual([expect.stringContaining('no ENTRYPOINT'), expect.stringContaining('.env')]);
    expect(runner.done.filter((line) => line.startsWith('warning'))).toHaveLength(2);
  });

  test('a file called train may be what starts', async () => {
    const { ensure } = world({ tree: { ...tree, '.env': '', 'app/train': '#!/bin/sh\nsave /opt/ml/checkpoints' } });
    expect((await ensure()).notes).toEqual([expect.stringContaining('.env')]);
  });

  test('requirements in the context are read', async () => {
    const { ensure } = world({ tree: { ...tree, 'requirements.txt': 'sagemaker-training==5\n' } });
    expect((await ensure()).notes).toEqual([expect.stringContaining('.env')]);
  });
});

describe('script mode in an image of its own', () => {
  const linesOf = (text: string, isScriptMode = true) => {
    const stages = resolveStages(parseDockerfile(text), undefined, { platform: 'linux/amd64', buildArgs: {} }) ?? [];
    return codeFindings(stages, isScriptMode).map(({ message, line }) => [line, /^\w+/.exec(message)?.[0]]);
  };

  test.each<[string, string, (string | number)[][]]>([
    ['a COPY into /opt/ml/code', 'FROM a\nCOPY src /opt/ml/code/', [[2, 'COPY']]],
    ['a COPY of one file there', 'FROM a\nCOPY train.py /opt/ml/code/train.py', [[2, 'COPY']]],
    ['an ADD below it', 'FROM a\nRUN x\nADD src.tar /opt/ml/code/lib', [[3, 'ADD']]],
    ['a COPY to where WORKDIR leads', 'FROM a\nWORKDIR /opt/ml/code\nCOPY . .', [[3, 'COPY']]],
    ['a COPY in the stage it begins with', 'FROM a AS x\nCOPY . /opt/ml/code\nFROM x\nRUN y', [[2, 'COPY']]],
    ['a COPY by a variable', 'FROM a\nENV CODE=/opt/ml/code\nCOPY . $CODE/', [[3, 'COPY']]],
    ['a COPY in a stage it does not begin with', 'FROM a AS x\nCOPY . /opt/ml/code\nFROM a\nCOPY --from=x /b /b', []],
    ['a COPY beside it', 'FROM a\nCOPY . /opt/ml/codes\nCOPY . /opt/ml/', []],
  ])('%s', (_, text, expected) => {
    expect(linesOf(text)).toEqual(expected);
    expect(linesOf(text, false)).toEqual([]);
  });
});
