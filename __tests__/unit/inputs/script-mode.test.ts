import { describe, expect, it } from '@jest/globals';
import { missingFiles } from '../../../src/inputs/script-files.ts';
import { accept, environmentOf, read, refuse } from './environment.ts';

const SCRIPT = { 'source-dir': 'src', 'entry-point': 'train.py' };
const DLC = 'dlc:pytorch-training:2.8.0-gpu-py312-cu129-ubuntu22.04-sagemaker';

describe('script mode', () => {
  it.each([
    [SCRIPT, { sourceDir: 'src', entryPoint: 'train.py', requirements: undefined }],
    [
      { 'entry-point': './src/train.py' },
      { sourceDir: undefined, entryPoint: 'src/train.py', requirements: undefined },
    ],
    [
      { 'source-dir': 'src/', 'entry-point': 'jobs/run.sh', requirements: 'ci/req.txt' },
      { sourceDir: 'src', entryPoint: 'jobs/run.sh', requirements: 'ci/req.txt' },
    ],
    [{}, undefined],
  ])('%j', (inputs, script) => {
    expect(accept(inputs as Record<string, string>).script).toEqual(script);
  });

  it('quotes texts, so that the toolkit reads them as what they are', () => {
    const hyperparameters = 'optimizer: adam\nseed: "007"\nlr: 1e-3\nbig: true\nunits: [1, a]\nname: größe';
    expect(accept({ ...SCRIPT, hyperparameters }).data.hyperparameters).toEqual({
      optimizer: '"adam"',
      seed: '"007"',
      lr: '0.001',
      big: 'true',
      units: '[1,"a"]',
      name: '"gr\\u00f6\\u00dfe"',
    });
  });

  it.each<[Record<string, string>, string, string]>([
    [{ 'source-dir': 'src' }, 'source-dir', 'is set without entry-point'],
    [{ requirements: 'r.txt' }, 'requirements', 'is set without entry-point'],
    [{ ...SCRIPT, 'source-dir': 's3://bucket/x.tar.gz' }, 'source-dir', 'is not in the checkout'],
    [{ ...SCRIPT, 'entry-point': '/opt/train.py' }, 'entry-point', 'is "/opt/train.py"'],
    [{ ...SCRIPT, 'entry-point': '../train.py' }, 'entry-point', 'is "../train.py"'],
    [{ ...SCRIPT, 'entry-point': 'run.sh', distribution: 'torchrun' }, 'entry-point', 'which torchrun cannot start'],
    [{ ...SCRIPT, requirements: 'r.txt', 'network-isolation': 'true' }, 'requirements', 'cannot be installed'],
    [{ ...SCRIPT, 'network-isolation': 'true', channels: 'code: s3://bucket/x/' }, 'channels', 'code is the channel'],
    [
      { ...SCRIPT, hyperparameters: 'sagemaker_program: x.py' },
      'hyperparameters',
      'sagemaker_program is set by entry-point',
    ],
    [
      { distribution: 'mpi', hyperparameters: 'sagemaker_mpi_enabled: true' },
      'hyperparameters',
      'sagemaker_mpi_enabled is set by distribution',
    ],
    [
      { ...SCRIPT, hyperparameters: Array.from({ length: 96 }, (_, at) => `h${at}: 1`).join('\n') },
      'hyperparameters',
      'has 96 entries, and 5 more',
    ],
    [{ image: 'dlc:pytorch' }, 'image', 'is "dlc:pytorch"'],
    [{ image: 'dlc:pytorch-inference:2.8.0', ...SCRIPT }, 'image', 'an image for endpoints'],
    [{ image: 'dlc:pytorch-training:2.8.0-ec2', ...SCRIPT }, 'image', 'an image for EC2'],
    [{ image: DLC }, 'image', 'nothing says what to run in it'],
    [{ image: DLC, ...SCRIPT, 'aws-region': 'eu-isoe-west-1' }, 'image', 'is known in eu-isoe-west-1'],
    [{ image: DLC, ...SCRIPT, context: 'app' }, 'context', 'is set together with image'],
  ])('%j is refused: %s %s', (inputs, input, message) => {
    expect(refuse(inputs)).toMatchObject([
      { input, message: expect.stringContaining(message), remedy: expect.stringMatching(/^[A-Z].*\.$/) },
    ]);
  });

  it.each([
    ['us-east-1', '763104351884.dkr.ecr.us-east-1.amazonaws.com'],
    ['eu-south-2', '503227376785.dkr.ecr.eu-south-2.amazonaws.com'],
    ['cn-north-1', '727897471807.dkr.ecr.cn-north-1.amazonaws.com.cn'],
  ])('finds the Deep Learning Containers of %s', (region, host) => {
    const inputs = accept({ ...SCRIPT, image: DLC, 'aws-region': region });
    expect(inputs.image.uri).toBe(`${host}/${DLC.slice(4)}`);
  });

  it.each<Record<string, string>>([
    { hyperparameters: 'sagemaker_program: train.py' },
    { environment: 'SAGEMAKER_PROGRAM: train.py' },
  ])('takes a Deep Learning Container that is told what to run by %j', (inputs) => {
    expect(accept({ image: DLC, ...inputs }).image.uri).toContain('/pytorch-training:');
  });
});

describe('the profile large', () => {
  const large = (inputs: Readonly<Record<string, string>>) => {
    const result = read({ 'instance-type': 'large', ...inputs });
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return { distribution: result.inputs.compute.distribution, warnings: result.warnings };
  };

  it.each<Record<string, string>>([SCRIPT, { ...SCRIPT, image: DLC }])(
    'is torchrun where the toolkit is: %j',
    (inputs) => {
      expect(large(inputs)).toEqual({ distribution: { torchrun: {} }, warnings: [] });
    },
  );

  it.each<[Record<string, string>, string]>([
    [{}, 'cannot be known whether the image holds a training toolkit'],
    [{ image: 'dlc:tensorflow-training:2.18.0-gpu', ...SCRIPT }, 'cannot be known whether'],
    [{ ...SCRIPT, 'entry-point': 'run.sh' }, 'torchrun starts Python scripts only'],
  ])('says why it is not elsewhere: %j', (inputs, why) => {
    expect(large(inputs)).toEqual({ distribution: undefined, warnings: [expect.stringContaining(why)] });
  });

  it('leaves the choice to the user', () => {
    expect(large({ ...SCRIPT, distribution: 'mpi' }).distribution).toEqual({ mpi: {} });
  });

  it('is the type alone when that is written', () => {
    const result = read({ 'instance-type': 'ml.g5.12xlarge', ...SCRIPT });
    expect(result).toMatchObject({ ok: true, inputs: { compute: { distribution: undefined } }, warnings: [] });
  });
});

describe('the files of script mode', () => {
  const missing = (inputs: Readonly<Record<string, string>>, there: readonly string[]) =>
    missingFiles(environmentOf(inputs), { exists: async (path) => there.includes(path) });

  it.each<[Record<string, string>, readonly string[], readonly (readonly [string, string])[]]>([
    [SCRIPT, ['src', 'src/train.py'], []],
    [SCRIPT, ['src', 'train.py'], [['entry-point', 'is "train.py", which is not in "src"']]],
    [SCRIPT, [], [['source-dir', 'is "src", which is not in the checkout']]],
    [{ 'entry-point': 'train.py' }, [], [['entry-point', 'is "train.py", which is not in the checkout']]],
    [
      { ...SCRIPT, 'entry-point': 'src/train.py', requirements: 'r.txt' },
      ['src', 'src/train.py'],
      [
        ['entry-point', 'is "src/train.py", which is not in "src"'],
        ['requirements', 'is "r.txt", which is not in the checkout'],
      ],
    ],
    [{ 'source-dir': 's3://bucket/x' }, [], []],
    [{}, [], []],
  ])('%j with %j', async (inputs, there, problems) => {
    expect((await missing(inputs, there)).map(({ input, message }) => [input, message])).toEqual(problems);
  });
});
