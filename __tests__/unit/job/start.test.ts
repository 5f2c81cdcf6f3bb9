import { describe, expect, it } from '@jest/globals';
import { arnOf, awsError, DENIED, described } from '../../fixtures/doors.ts';
import { existing, job, NOT_ASSUMABLE, world } from './start-world.ts';

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
