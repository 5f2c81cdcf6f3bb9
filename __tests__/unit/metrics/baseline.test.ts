import { describe, expect, it } from '@jest/globals';
import { compare } from '../../../src/metrics/baseline.ts';
import { directionOf } from '../../../src/metrics/direction.ts';
import { type BaselineDoors, findBaseline } from '../../../src/metrics/find-baseline.ts';
import type { PullRequest, TrainingJob } from '../../../src/ports.ts';
import { DENIED, described, UNKNOWN_JOB } from '../../fixtures/doors.ts';
import { makePlan } from '../../fixtures/plans.ts';
import { makeMetric } from '../../fixtures/reports.ts';

describe('which way is better', () => {
  it.each([
    ['val_mape', 'minimize'],
    ['train/loss', 'minimize'],
    ['f1_loss', 'minimize'],
    ['validation:RMSE', 'minimize'],
    ['valAccuracy', 'maximize'],
    ['mAP50', 'maximize'],
    ['map50', 'maximize'],
    ['recall_at_5', 'maximize'],
    ['learning_rate', undefined],
    ['glossary', undefined],
  ])('%s: %s', (name, expected) => {
    expect(directionOf(name, {})).toBe(expected);
  });

  it('is what the user says, whatever the name says', () => {
    expect(directionOf('loss', { loss: 'maximize' })).toBe('maximize');
  });
});

describe('a comparison', () => {
  it.each([
    ['loss', 0.4, 0.5, 'better'],
    ['loss', 0.6, 0.5, 'worse'],
    ['accuracy', 0.6, 0.5, 'better'],
    ['accuracy', 0.5, 0.5, 'same'],
    ['throughput', 0.6, 0.5, undefined],
    ['loss', Number.NaN, 0.5, undefined],
    ['loss', 0.5, Number.POSITIVE_INFINITY, undefined],
  ])('of %s %d with %d is %s', (name, value, before, change) => {
    const [found] = compare([makeMetric({ name, last: value })], [makeMetric({ name, last: before })], {});
    expect(found?.change).toBe(change);
  });

  it('leaves out what only one of them has', () => {
    const never = makeMetric({ name: 'loss', last: undefined });
    expect(compare([never, makeMetric({ name: 'a' })], [makeMetric({ name: 'loss' })], {})).toEqual([]);
  });
});

describe('the baseline', () => {
  const trained = (name: string, tags: Record<string, string>, status = 'Completed') =>
    ({
      ...described(status, status, { TrainingJobName: name, TrainingJobArn: `arn:${name}` }),
      Tags: Object.entries(tags).map(([key, Value]) => ({ Key: `train-${key}`, Value })),
    }) as TrainingJob;
  const onMain = trained('on-main', { branch: 'main', commit: 'm'.repeat(40) });
  const ofPull = trained('of-pull', { branch: 'feature', commit: 'h'.repeat(40), 'pull-request': '9' });
  const ofGroup = trained('of-group', { branch: 'main', commit: 'g'.repeat(40), 'pull-request': '9' });
  const pull = (over: Partial<PullRequest> = {}): PullRequest => ({
    number: 9,
    headSha: 'h'.repeat(40),
    headRef: 'feature',
    headRepository: 'acme/demand',
    baseRef: 'main',
    state: 'closed',
    merged: true,
    mergeCommitSha: 'g'.repeat(40),
    ...over,
  });
  const doors = (
    hits: readonly TrainingJob[],
    answer: PullRequest | Error = pull(),
    contains: (older: string) => boolean | undefined = () => undefined,
  ): BaselineDoors => ({
    checkout: { contains: async (_, older) => contains(older) },
    trainer: {
      search: async () => hits,
      describe: async (name) => {
        const hit = hits.find((each) => each.TrainingJobName === name);
        if (!hit) throw UNKNOWN_JOB();
        return hit as never;
      },
    },
    github: async () => ({
      pullRequest: async () => {
        if (answer instanceof Error) throw answer;
        return answer;
      },
    }),
  });
  const find = async (baseline: string, with_: BaselineDoors, subject = {}) => {
    const found = await findBaseline(makePlan({ inputs: { judge: { baseline } }, subject }), 'current', with_);
    return found.kind === 'found' ? found.job.name : found;
  };

  it('is the newest completed training of the base branch', async () => {
    const old = trained('old', { branch: 'main', commit: 'o'.repeat(40) });
    expect(await find('base', doors([trained('current', { branch: 'main' }), onMain, old]))).toBe('on-main');
  });

  it('may be the head or the merge commit of a merged pull request', async () => {
    expect(await find('base', doors([ofPull, onMain]))).toBe('of-pull');
    expect(await find('base', doors([ofGroup, onMain]))).toBe('of-group');
  });

  it.each([
    ['is open', pull({ merged: false })],
    ['went into another branch', pull({ baseRef: 'release' })],
    [
      'was merged with another head, the group thrown out',
      pull({ headSha: 'x'.repeat(40), mergeCommitSha: 'y'.repeat(40) }),
    ],
    ['cannot be read', new Error('403')],
  ])('is none of a pull request that %s', async (_, answer) => {
    expect(await find('base', doors([ofGroup, ofPull, onMain], answer))).toBe('on-main');
  });

  describe('where Git knows what this training holds', () => {
    const old = trained('old', { branch: 'main', commit: 'o'.repeat(40) });
    const older = trained('older', { branch: 'main', commit: 'p'.repeat(40) });
    const holding =
      (...commits: readonly string[]) =>
      (commit: string) =>
        commits.includes(commit[0] ?? '');

    it.each([
      ['the newest of those it holds', [onMain, old, older], holding('o', 'p'), 'old', true],
      ['the newest of all where it holds that', [onMain, old], holding('m', 'o'), 'on-main', false],
      ['the newest of all where it holds none', [onMain, old], holding(), 'on-main', false],
      [
        'that of a head whose pull request was squashed into it',
        [onMain, ofPull, old],
        holding('g', 'o'),
        'of-pull',
        true,
      ],
      ['the newest where Git knows nothing', [onMain, old], () => undefined, 'on-main', false],
    ] as const)('is %s', async (_, hits, contains, name, passedOver) => {
      const found = await findBaseline(makePlan({}), 'current', doors(hits, pull(), contains));
      expect(found).toMatchObject({ kind: 'found', job: { name }, passedOver });
    });

    it('asks no further once it is told that Git knows nothing', async () => {
      const asked: string[] = [];
      const contains = (commit: string) => void asked.push(commit) as undefined;
      await findBaseline(makePlan({}), 'current', doors([onMain, old, older], pull(), contains));
      expect(asked).toEqual(['m'.repeat(40)]);
    });
  });

  it('may be of another branch, a job, or none', async () => {
    const other = trained('train-x-1', { branch: 'release', commit: 'r'.repeat(40) });
    expect(await find('release', doors([onMain, other]))).toBe('train-x-1');
    expect(await find('train-x-1', doors([onMain, other]))).toBe('train-x-1');
    expect(await find('none', doors([onMain]))).toEqual({ kind: 'none' });
  });

  it('is missing, with the reason', async () => {
    expect(await find('base', doors([]))).toEqual({
      kind: 'missing',
      why: 'main has no completed training named forecast yet',
    });
    const failed = trained('train-x-2', {}, 'Failed');
    expect(await find('train-x-2', doors([failed]))).toEqual({
      kind: 'missing',
      why: 'the job train-x-2 has not completed',
    });
    const denied = {
      ...doors([]),
      trainer: {
        search: async () => {
          throw DENIED('sagemaker:Search');
        },
        describe: async () => described('Failed'),
      },
    };
    expect(await find('base', denied)).toMatchObject({
      kind: 'missing',
      why: expect.stringContaining('sagemaker:Search'),
    });
    expect(await find('base', doors([onMain]), { base: undefined, defaultBranch: undefined })).toMatchObject({
      kind: 'missing',
    });
  });
});
