import { describe, expect, it } from '@jest/globals';
import type { DescribeTrainingJobResponse } from '../../../src/ports.ts';
import { awsError, DENIED, described, inTurn, UNKNOWN_JOB } from '../../fixtures/doors.ts';
import { existing, firstOnly, IN_USE, job, NOT_ASSUMABLE, world } from './start-world.ts';

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
  ])('is not: %s', async (error, code) => {
    const { journal, passed, start } = world({ create: () => Promise.reject(error) });
    await expect(start()).rejects.toMatchObject({ code });
    expect(passed()).toBe(0);
    expect(journal.filter((line) => line.startsWith('create'))).toHaveLength(1);
  });
});

describe('a create call without an answer', () => {
  const DOWN = awsError('InternalFailure', 'We encountered an internal error.');

  it('is made again under the same name, for minutes', async () => {
    const { journal, start } = world({ create: inTurn<string>(DOWN, DOWN, DOWN, 'arn:late') });
    await expect(start()).resolves.toMatchObject({ arn: 'arn:late', origin: 'started' });
    const creates = journal.filter((line) => line.startsWith('create'));
    expect(creates).toHaveLength(4);
    expect(new Set(creates).size).toBe(1);
  });

  it('is given up within the bound', async () => {
    const { passed, start } = world({ create: () => Promise.reject(DOWN) });
    await expect(start()).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
    expect(passed()).toBeGreaterThan(240);
    expect(passed()).toBeLessThanOrEqual(300);
  });
});
