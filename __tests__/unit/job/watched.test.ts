import { describe, expect, it } from '@jest/globals';
import { findWatched, isOf, isOutdated } from '../../../src/job/watched.ts';
import type { Filter, TrainingJob } from '../../../src/ports.ts';
import { arnOf, DENIED, described, fakeTrainer } from '../../fixtures/doors.ts';
import { SHA } from '../../fixtures/plans.ts';

const PLAN = { s3Uri: 's3://acme-ml/train' };
const TAGS = {
  'train-repository': 'acme/demand',
  'train-commit': SHA,
  'train-name': 'forecast',
  'train-pull-request': '7',
};
const tagList = Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value }));
const NO_FILE = { get: async () => undefined } as never;
const job = () => described('Failed');

describe('findWatched', () => {
  it('reads description, tags and run file', async () => {
    const asked: string[] = [];
    const store = { get: async (uri: string) => void asked.push(uri) } as never;
    const found = await findWatched('train-job', PLAN, {
      trainer: fakeTrainer({ describe: job, tags: async () => tagList }),
      store,
    });
    expect(found).toMatchObject({ name: 'train-job', arn: arnOf('train-job'), tags: TAGS, runFile: undefined });
    expect(asked).toEqual(['s3://acme-ml/train/runs/train-job/run.json']);
    expect(found.notes).toEqual([expect.stringContaining('gates and metrics are those of this step')]);
  });

  it('asks for no run file of a job without our tags', async () => {
    const store = {
      get: async () => {
        throw new Error('asked');
      },
    } as never;
    const found = await findWatched('x', PLAN, { trainer: fakeTrainer({ describe: job }), store });
    expect(found.notes).toEqual([]);
  });

  it('does without tags, and says so', async () => {
    const trainer = fakeTrainer({
      describe: job,
      tags: async () => {
        throw DENIED('sagemaker:ListTags');
      },
    });
    expect((await findWatched('x', PLAN, { trainer, store: NO_FILE })).notes).toEqual([
      expect.stringContaining('sagemaker:ListTags'),
    ]);
  });

  it.each([
    ['JOB_NOT_FOUND', fakeTrainer()],
    [
      'AWS_ACCESS_DENIED',
      fakeTrainer({
        describe: async () => {
          throw DENIED();
        },
      }),
    ],
  ])('fails with %s', async (code, trainer) => {
    await expect(findWatched('x', PLAN, { trainer, store: NO_FILE })).rejects.toMatchObject({ code });
  });
});

describe('isOf', () => {
  it.each([
    [true, {}],
    [false, { 'train-repository': 'acme/other' }],
    [false, { 'train-commit': 'HEAD' }],
    [false, { 'train-name': '--><img>' }],
  ])('%s', (expected, over) => {
    expect(isOf('acme/demand', { tags: { ...TAGS, ...over } })).toBe(expected);
  });
});

describe('isOutdated', () => {
  const found = { job: job(), name: 'train-job', tags: TAGS } as never;
  const hit = (TrainingJobName: string, CreationTime: string) =>
    ({ TrainingJobName, CreationTime: new Date(CreationTime) }) as TrainingJob;
  const [before, after] = ['2026-09-24T07:00:00Z', '2026-09-24T09:00:00Z'];

  it.each([
    ['only itself', [hit('train-job', after)], false],
    ['an older one', [hit('train-a', before)], false],
    ['a newer one', [hit('train-a', after)], true],
  ])('with %s', async (_, hits, expected) => {
    await expect(isOutdated(found, { trainer: fakeTrainer({ search: async () => hits }) })).resolves.toBe(expected);
  });

  it('is so where it cannot be asked', async () => {
    const search = async () => {
      throw DENIED('sagemaker:Search');
    };
    await expect(isOutdated(found, { trainer: fakeTrainer({ search }) })).resolves.toBe(true);
  });

  it('asks within the pull request, else the commit', async () => {
    const asked: (readonly Filter[])[] = [];
    const trainer = {
      ...fakeTrainer(),
      search: async (filters: readonly Filter[]) => {
        asked.push(filters);
        return [];
      },
    };
    await isOutdated(found, { trainer });
    await isOutdated({ job: job(), name: 'x', tags: { ...TAGS, 'train-pull-request': undefined } } as never, {
      trainer,
    });
    expect(asked.map((filters) => filters.at(-1)?.Name)).toEqual(['Tags.train-pull-request', 'Tags.train-commit']);
  });
});
