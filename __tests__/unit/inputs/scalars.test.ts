import { describe, expect, it } from '@jest/globals';
import { accept, refuse } from './environment.ts';

describe('durations', () => {
  it.each([
    ['45s', 45],
    ['90m', 5_400],
    ['1h', 3_600],
    ['1h30m', 5_400],
    ['2d', 172_800],
    ['1d2h3m4s', 93_784],
    ['28d', 2_419_200],
  ])('%s is %d seconds', (text, seconds) => {
    expect(accept({ 'max-run': text }).compute.maxRunSeconds).toBe(seconds);
  });

  it.each(['90x', '1.5h', '-1h', 'h', '30m1h', '1h 30m', '1H', 'one hour', '1h30', '0s', '29d', '1e3s', '٣h'])(
    '%s is refused',
    (text) => {
      expect(refuse({ 'max-run': text })).toMatchObject([{ input: 'max-run' }]);
    },
  );

  it('a number without a unit is told how to get one', () => {
    expect(refuse({ 'max-run': '3600' })).toEqual([
      {
        input: 'max-run',
        message: 'is "3600", a number without a unit',
        remedy: 'Write 3600s for seconds, or use m, h or d.',
      },
    ]);
  });

  it.each([
    ['14m59s', false],
    ['15m', true],
    ['12h', true],
    ['12h1s', false],
  ])('a role session of %s is allowed: %s', (text, allowed) => {
    if (allowed) expect(accept({ 'role-duration': text }).aws.roleDurationSeconds).toBeGreaterThan(0);
    else expect(refuse({ 'role-duration': text })).toMatchObject([{ input: 'role-duration' }]);
  });
});

describe('max-wait', () => {
  it.each([
    ['10m', 2_400],
    ['30m', 3_600],
    ['1h', 7_200],
    ['28d', 30 * 86_400],
  ])('is by default twice max-run and at least 30m more, at most 30 days (%s)', (maxRun, seconds) => {
    expect(accept({ 'max-run': maxRun }).compute.maxWaitSeconds).toBe(seconds);
  });

  it('is taken as written', () => {
    expect(accept({ 'max-run': '1h', 'max-wait': '1h' }).compute.maxWaitSeconds).toBe(3_600);
  });

  it('is nothing without spot', () => {
    expect(accept({ spot: 'false' }).compute).toMatchObject({ spot: false, maxWaitSeconds: undefined });
    expect(refuse({ spot: 'false', 'max-wait': '3h' })).toMatchObject([
      { input: 'max-wait', message: expect.stringContaining('spot is false') },
    ]);
  });

  it('covers max-run', () => {
    expect(refuse({ 'max-run': '2h', 'max-wait': '90m' })).toMatchObject([
      { input: 'max-wait', message: 'is 1h30m, shorter than max-run (2h), which it includes' },
    ]);
  });
});

describe('instance types', () => {
  it.each([
    ['prototype', 'ml.g4dn.xlarge'],
    ['medium', 'ml.g5.xlarge'],
    ['large', 'ml.g5.12xlarge'],
    ['cpu', 'ml.m5.2xlarge'],
    ['tuning', 'ml.g4dn.xlarge'],
    ['ml.p4d.24xlarge', 'ml.p4d.24xlarge'],
  ])('%s is %s', (text, type) => {
    expect(accept({ 'instance-type': text }).compute.instanceType).toBe(type);
  });

  it.each([
    ['g5.xlarge', 'Did you mean ml.g5.xlarge?'],
    ['ml.g5.xlrage', 'Did you mean ml.g5.xlarge?'],
    ['mediun', 'Did you mean medium?'],
    ['ml.t9.medium', 'Write a type such as'],
    ['ml.g5.xlarge, ml.g4dn.xlarge', 'not a list'],
    ['toString', 'Write a type such as'],
  ])('%s is refused: %s', (text, remedy) => {
    expect(refuse({ 'instance-type': text })).toMatchObject([
      { input: 'instance-type', remedy: expect.stringContaining(remedy) },
    ]);
  });
});

/** Input, accepted texts, refused texts. */
const GRAMMARS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['mode', ['train', 'plan'], ['start', 'Train', 'plans', 'stop']],
  ['name', ['a', 'TFT.v1_x-2', 'a'.repeat(40)], ['-a', '.a', 'a b', 'a/b', 'a'.repeat(41), 'ä']],
  [
    'aws-region',
    ['us-east-1', 'ap-southeast-5', 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1'],
    ['us-east-1a', 'US-EAST-1', 'useast1', 'us_east_1'],
  ],
  [
    'execution-role',
    [
      'arn:aws:iam::111122223333:role/training',
      'arn:aws-cn:iam::111122223333:role/path/to/r',
      'arn:aws:iam::111122223333:role/service-role/a+b=c,d.e@f-g_h',
    ],
    [
      'training',
      'arn:aws:iam::1:role/x',
      'arn:aws:iam::111122223333:user/x',
      'arn:aws:sts::111122223333:assumed-role/r/s',
      'arn:aws:iam::111122223333:role/a b',
    ],
  ],
  ['role-session-name', ['ci', 'a+b=c,d.e@f-g_h'], ['x', 'a b', 'a/b', 'x'.repeat(65)]],
  ['audience', ['sts.amazonaws.com', 'https://example.org/a'], ['a b', 'a\nb']],
  [
    'image',
    [
      '111122223333.dkr.ecr.us-east-1.amazonaws.com/team/train:v1',
      `111122223333.dkr.ecr.us-east-1.amazonaws.com/train@sha256:${'a'.repeat(64)}`,
      '127.0.0.1:5001/owner/repo/train:latest',
      'localhost:5001/a__b',
    ],
    [
      'train:v1',
      'library/train',
      'dlc:pytorch-training:2.5',
      '1.dkr.ecr/Train:v1',
      'a.b/c@sha256:abc',
      `a.b/${'c'.repeat(300)}`,
      'a.b/c:v 1',
    ],
  ],
  ['platform', ['linux/amd64', 'linux/arm64', 'linux/arm64/v8'], ['amd64', 'linux/amd64,linux/arm64', 'windows/amd64']],
  [
    'repository',
    ['team/repo', 'a-b_c.d/e', 'a--b', 'a__b'],
    ['Team/repo', 'a', '/a', 'a/', 'a..b', 'a___b', 'a'.repeat(257)],
  ],
  ['target', ['train', 'Stage-1.2'], ['-x', 'a b']],
  ['instance-count', ['1', '20'], ['0', '-1', '1.5', 'two', '1e2', '99999999999']],
  ['volume-size', ['1', '500'], ['0', '30GB', '-5']],
  ['spot', ['true', 'True', 'FALSE', 'false'], ['yep', 'yes', '1', 'tRue', 'on']],
  [
    'checkpoint-path',
    ['/opt/ml/checkpoints', '/opt/ml/checkpoints/', '/ckpt', '/opt/ml/models'],
    [
      'checkpoints',
      '/',
      '/opt',
      '/opt/ml',
      '/opt/ml/model',
      '/opt/ml/input/data',
      '/opt/ml/output/',
      '/opt/ml/code',
      '/opt/ml/../x',
      '/a b',
      '/a//b',
    ],
  ],
  ['missing-metric', ['fail', 'warn'], ['pass', 'Fail']],
  ['on-untrusted', ['skip', 'fail'], ['run']],
  ['on-cancel', ['stop', 'leave'], ['keep']],
  ['comment', ['auto', 'off'], ['true', 'on']],
  ['log-lines', ['0', '40', '500'], ['501', '-1', 'all']],
  ['status-context', ['ci / train'], ['a\nb', 'x'.repeat(256)]],
];

const accepted = GRAMMARS.flatMap(([input, good]) => good.map((text) => [input, text] as const));
const refused = GRAMMARS.flatMap(([input, , bad]) => bad.map((text) => [input, text] as const));

describe('grammars', () => {
  it.each(accepted)('%s takes %j', (input, text) => {
    expect(() => accept({ [input]: text })).not.toThrow();
  });

  it.each(refused)('%s refuses %j, by name and with a remedy', (input, text) => {
    expect(refuse({ [input]: text })).toEqual([
      expect.objectContaining({ input, message: expect.stringMatching(/\S/), remedy: expect.stringMatching(/\S/) }),
    ]);
  });
});

describe('image and build', () => {
  const uri = '111122223333.dkr.ecr.us-east-1.amazonaws.com/train:v1';

  it.each([
    ['context', 'training'],
    ['dockerfile', 'x/Dockerfile'],
    ['target', 'train'],
    ['build-args', 'A: 1'],
    ['build-secrets', 'a: b'],
    ['platform', 'linux/arm64'],
    ['repository', 'a/b'],
    ['image-tags', 'v1'],
  ])('an image excludes %s', (input, text) => {
    expect(refuse({ image: uri, [input]: text })).toMatchObject([{ input, remedy: expect.stringContaining('image') }]);
  });

  it('an image goes with the defaults of the build, which the runner always sends', () => {
    expect(accept({ image: uri, context: '.', platform: 'linux/amd64' }).image.uri).toBe(uri);
  });
});
