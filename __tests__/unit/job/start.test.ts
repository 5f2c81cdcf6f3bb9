import { describe, expect, it } from '@jest/globals';
import { type StartDoors, startJob } from '../../../src/job/start.ts';
import type { DescribeTrainingJobResponse } from '../../../src/ports.ts';
import {
  arnOf,
  awsError,
  DENIED,
  described,
  fakeRunner,
  fakeTrainer,
  inTurn,
  secretsOf,
  type TrainerScript,
  UNKNOWN_JOB,
} from '../../fixtures/doors.ts';
import { FakeClock } from '../../fixtures/fake-clock.ts';
import { makeJobPlan, makePlan } from '../../fixtures/plans.ts';

const plan = makePlan();
const job = makeJobPlan();
const IN_USE = () => awsError('ResourceInUse', 'Training job names must be unique');
const NOT_ASSUMABLE = () => awsError('ValidationException', 'Could not assume role x.');

function world(script: TrainerScript & { readonly put?: Error } = {}) {
  const journal: string[] = [];
  const clock = new FakeClock();
  const abort = new AbortController();
  const doors: StartDoors = {
    trainer: fakeTrainer(script, journal),
    store: {
      put: async (uri) => {
        journal.push(`put ${uri.slice(plan.s3Uri.length)}`);
        if (script.put) throw script.put;
      },
      list: async () => ({ objects: [] }),
    },
    runner: fakeRunner({}, {}, {}, journal),
    secrets: secretsOf(),
    clock,
    signal: abort.signal,
  };
  const begun = clock.now();
  return {
    journal,
    clock,
    abort,
    passed: () => clock.now() - begun,
    start: async () => {
      const result = await startJob({ plan, job, fingerprinted: true }, doors);
      return result.kind === 'job' ? result.job : result;
    },
  };
}

/** The jobs that exist, by ordinal. */
const existing =
  (...jobs: readonly DescribeTrainingJobResponse[]) =>
  (name: string) => {
    const found = jobs[Number(name.split('-').at(-1)) - 1];
    if (!found) throw UNKNOWN_JOB();
    return { CheckpointConfig: { S3Uri: job.checkpointUri }, ...found, TrainingJobArn: arnOf(name) };
  };

/** Only the first name is ever answered for, by these answers in turn. */
const firstOnly = (answer: () => unknown) => async (name: string) => {
  if (name !== job.name(1)) throw UNKNOWN_JOB();
  return { CheckpointConfig: { S3Uri: job.checkpointUri }, ...((await answer()) as DescribeTrainingJobResponse) };
};

describe('starting', () => {
  it('saves the name, writes the run file and creates the job, in this order', async () => {
    const { journal, start } = world();
    const name = job.name(1);
    await expect(start()).resolves.toEqual({
      name,
      arn: arnOf(name),
      origin: 'started',
      checkpointUri: job.checkpointUri,
      createdAt: undefined,
    });
    expect(journal).toEqual([
      `describe ${name}`,
      `save job-name=${name}`,
      `put /runs/${name}/run.json`,
      `create ${name}`,
      'save job-created=true',
    ]);
  });

  it('creates nothing without its run file', async () => {
    const { journal, start } = world({ put: awsError('NoSuchBucket', 'The specified bucket does not exist') });
    await expect(start()).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      message: expect.stringContaining('The specified bucket does not exist'),
    });
    expect(journal.some((line) => line.startsWith('create'))).toBe(false);
  });

  it.each([
    [[described('Failed')], 2],
    [[described('Stopped')], 2],
    [[described('Stopped', 'MaxWaitTimeExceeded'), described('Failed'), described('Stopped', 'MaxRuntimeExceeded')], 4],
  ])('goes on after what failed or was stopped under the next ordinal (%#)', async (jobs, ordinal) => {
    const { journal, start } = world({ describe: existing(...jobs) });
    await expect(start()).resolves.toMatchObject({ name: job.name(ordinal), origin: 'started' });
    expect(journal.filter((line) => line.startsWith('create'))).toEqual([`create ${job.name(ordinal)}`]);
  });

  it('reports a completed job again: nothing is created, tagged or saved', async () => {
    const { journal, start } = world({ describe: existing(described('Failed'), described('Completed')) });
    const expected = {
      name: job.name(2),
      arn: arnOf(job.name(2)),
      origin: 'reused',
      checkpointUri: job.checkpointUri,
      createdAt: 1_790_236_800,
    };
    await expect(start()).resolves.toEqual(expected);
    expect(journal).toEqual([1, 2, 3].map((ordinal) => `describe ${job.name(ordinal)}`));
  });

  it.each(['Starting', 'Training', 'Interrupted', 'SomethingNew'])('adopts a job that is live (%s)', async (phase) => {
    const { journal, start } = world({ describe: existing(described('InProgress', phase)) });
    const name = job.name(1);
    await expect(start()).resolves.toMatchObject({ name, origin: 'adopted', createdAt: 1_790_236_800 });
    expect(journal).toEqual([
      `describe ${name}`,
      `describe ${job.name(2)}`,
      `save job-name=${name}`,
      'save job-created=true',
      `put /runs/${name}/run.json`,
      expect.stringMatching(
        /^addTags .* train-branch=.* train-commit=.* train-pull-request=7 train-run-id=7001 train-run-attempt=2 train-wait=run:7001$/,
      ),
    ]);
    expect(journal.at(-1)).not.toMatch(/train-tree|train-config-hash|train-request-hash|team=/);
  });

  it('does not adopt what it may not tag, and says which right is missing', async () => {
    const { start } = world({
      describe: existing(described('InProgress', 'Training')),
      addTags: () => Promise.reject(DENIED('sagemaker:AddTags')),
    });
    await expect(start()).rejects.toMatchObject({
      code: 'AWS_ACCESS_DENIED',
      message: expect.stringContaining('AddTags'),
    });
  });

  it('gives up on names of which hundreds are taken', async () => {
    const { start } = world({ describe: () => described('Failed') });
    await expect(start()).rejects.toMatchObject({ code: 'JOB_NAME_TAKEN' });
  });
});

describe('a job on its way to its end', () => {
  const stopping = described('Stopping', 'Stopping');

  it('is waited for, and then continued', async () => {
    const first = inTurn<DescribeTrainingJobResponse>(stopping, stopping, stopping, described('Stopped'));
    const { journal, passed, start } = world({
      describe: firstOnly(first),
    });
    await expect(start()).resolves.toMatchObject({ name: job.name(2), origin: 'started' });
    expect(passed()).toBe(30);
    expect(journal.filter((line) => line.startsWith('print'))).toEqual([expect.stringContaining('is being stopped')]);
    expect(journal.some((line) => line.startsWith('addTags'))).toBe(false);
  });

  it('that is stuck ends the run after a bound, naming the job', async () => {
    const { passed, start } = world({ describe: existing(stopping) });
    await expect(start()).rejects.toMatchObject({
      code: 'CHECKPOINT_IN_USE',
      message: expect.stringContaining(job.name(1)),
    });
    expect(passed()).toBeGreaterThanOrEqual(1200);
    expect(passed()).toBeLessThan(1300);
  });

  it('holds up no cancellation', async () => {
    const { clock, abort, passed, journal, start } = world({ describe: existing(stopping) });
    clock.at(25, () => abort.abort());
    await expect(start()).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(passed()).toBeLessThanOrEqual(30);
    expect(journal.some((line) => /^(create|addTags|save)/.test(line))).toBe(false);
  });
});

describe('a name that is taken', () => {
  it('is the job whose creation got no answer', async () => {
    const describe = firstOnly(inTurn<DescribeTrainingJobResponse>(UNKNOWN_JOB(), described('InProgress', 'Starting')));
    const { start } = world({ describe, create: () => Promise.reject(IN_USE()) });
    await expect(start()).resolves.toMatchObject({ name: job.name(1), origin: 'adopted' });
  });

  it.each([
    ['not yet visible', UNKNOWN_JOB()],
    ['not yet allowed to be seen', DENIED()],
  ])('is looked for while it is %s', async (_, error) => {
    const describe = firstOnly(
      inTurn<DescribeTrainingJobResponse>(UNKNOWN_JOB(), error, error, described('InProgress', 'Starting')),
    );
    const { passed, start } = world({ describe, create: () => Promise.reject(IN_USE()) });
    await expect(start()).resolves.toMatchObject({ origin: 'adopted' });
    expect(passed()).toBe(10);
  });

  it.each([
    ['JOB_NAME_TAKEN', UNKNOWN_JOB()],
    ['AWS_ACCESS_DENIED', DENIED()],
  ])('ends as %s when it never shows', async (code, error) => {
    const { passed, start } = world({
      describe: inTurn<DescribeTrainingJobResponse>(UNKNOWN_JOB(), error),
      create: () => Promise.reject(IN_USE()),
    });
    await expect(start()).rejects.toMatchObject({ code });
    expect(passed()).toBe(300);
  });

  it('by a job that has failed in the meantime leads to the next ordinal', async () => {
    const first = inTurn<DescribeTrainingJobResponse>(UNKNOWN_JOB(), described('Failed'));
    const { journal, start } = world({
      describe: firstOnly(first),
      create: inTurn<string>(IN_USE(), 'arn:second'),
    });
    await expect(start()).resolves.toMatchObject({ name: job.name(2), arn: 'arn:second', origin: 'started' });
    expect(journal.filter((line) => line.startsWith('save'))).toEqual([
      `save job-name=${job.name(1)}`,
      `save job-name=${job.name(2)}`,
      'save job-created=true',
    ]);
  });
});

describe('what has not spread yet', () => {
  it('is waited for', async () => {
    const { journal, start } = world({ create: inTurn<string>(NOT_ASSUMABLE(), NOT_ASSUMABLE(), 'arn:late') });
    await expect(start()).resolves.toMatchObject({ arn: 'arn:late', origin: 'started' });
    expect(journal.filter((line) => line.startsWith('create'))).toHaveLength(3);
  });

  it('is given up within the bound', async () => {
    const { passed, start } = world({ create: () => Promise.reject(NOT_ASSUMABLE()) });
    await expect(start()).rejects.toMatchObject({
      code: 'JOB_REJECTED',
      message: expect.stringContaining('Could not assume role'),
    });
    expect(passed()).toBeGreaterThan(60);
    expect(passed()).toBeLessThanOrEqual(90);
  });

  it.each([
    [awsError('ResourceLimitExceeded', 'quota'), 'JOB_QUOTA_EXCEEDED'],
    [awsError('AccessDeniedException', 'iam:PassRole'), 'AWS_ACCESS_DENIED'],
    [awsError('ValidationException', 'No S3 objects found'), 'JOB_REJECTED'],
    [awsError('InternalFailure', 'x'), 'AWS_UNAVAILABLE'],
  ])('is not: %s', async (error, code) => {
    const { journal, passed, start } = world({ create: () => Promise.reject(error) });
    await expect(start()).rejects.toMatchObject({ code });
    expect(passed()).toBe(0);
    expect(journal.filter((line) => line.startsWith('create'))).toHaveLength(1);
  });
});

describe('cancellation', () => {
  it('before the start starts nothing, and leaves a live job alone', async () => {
    for (const describe of [undefined, existing(described('InProgress', 'Training'))]) {
      const { abort, journal, start } = world(describe ? { describe } : {});
      abort.abort();
      await expect(start()).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(journal.filter((line) => !line.startsWith('describe'))).toEqual([]);
    }
  });

  it('while waiting for the role ends the wait at once', async () => {
    const { clock, abort, passed, journal, start } = world({ create: () => Promise.reject(NOT_ASSUMABLE()) });
    clock.at(2, () => abort.abort());
    await expect(start()).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(passed()).toBeLessThanOrEqual(3);
    expect(journal.filter((line) => line.startsWith('create'))).toHaveLength(1);
  });
});

describe('the first look', () => {
  it.each([
    ['AWS_ACCESS_DENIED', DENIED()],
    ['CREDENTIALS_EXPIRED', awsError('ExpiredTokenException')],
    ['AWS_UNAVAILABLE', awsError('TimeoutError')],
  ])('that fails ends as %s before anything is spent', async (code, error) => {
    const { journal, start } = world({ describe: () => Promise.reject(error) });
    await expect(start()).rejects.toMatchObject({ code });
    expect(journal).toEqual([`describe ${job.name(1)}`]);
  });

  it('that is denied tells of conditions on tags', async () => {
    const { start } = world({ describe: () => Promise.reject(DENIED()) });
    await expect(start()).rejects.toMatchObject({ remedy: expect.stringContaining('without a condition on tags') });
  });
});
