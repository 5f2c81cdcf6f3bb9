import { describe, expect, it } from '@jest/globals';
import type { DescribeTrainingJobResponse } from '../../../src/ports.ts';
import { awsError, DENIED, inTurn, UNKNOWN_JOB } from '../../fixtures/doors.ts';
import type { FakeClock } from '../../fixtures/fake-clock.ts';
import { completed, completesAt, DOWN, live, RAN, world } from './follow-world.ts';

describe('trouble', () => {
  it('of one answer never ends it, and is told once', async () => {
    const steps = [live('Starting'), DOWN, DOWN, live('Starting', 'Training'), DOWN, completed(...RAN)];
    const { troubles, follow } = world({ describe: inTurn<DescribeTrainingJobResponse>(...steps) });
    await expect(follow()).resolves.toMatchObject({ ending: { kind: 'ended' } });
    expect(troubles()).toHaveLength(2);
  });

  it('for half an hour loses the job, which is no verdict on it', async () => {
    const { passed, follow } = world({
      describe: inTurn<DescribeTrainingJobResponse>(live('Starting', 'Training'), DOWN),
    });
    await expect(follow()).resolves.toMatchObject({
      ending: { kind: 'lost', why: DOWN.message, remedy: expect.stringContaining('half an hour') },
      job: { TrainingJobStatus: 'InProgress' },
    });
    expect(passed()).toBeGreaterThan(1800);
    expect(passed()).toBeLessThan(1900);
  });

  it('that comes and goes for hours loses nothing', async () => {
    let count = 0;
    const { passed, follow } = world({
      describe: () => {
        if (passed() > 10_000) return completed(...RAN);
        return count++ % 30 === 0 ? live('Starting', 'Training') : Promise.reject(DOWN);
      },
    });
    await expect(follow()).resolves.toMatchObject({ ending: { kind: 'ended' } });
  });

  it.each([
    ['denied', DENIED()],
    ['unknown', UNKNOWN_JOB()],
  ])('just after the creation (%s) is waited out', async (_, error) => {
    const { passed, follow } = world({ describe: () => (passed() < 290 ? Promise.reject(error) : completed(...RAN)) });
    await expect(follow()).resolves.toMatchObject({ ending: { kind: 'ended' } });
  });

  it('that stays denied loses the job, and names the right', async () => {
    const { passed, follow } = world({ describe: () => Promise.reject(DENIED()) });
    await expect(follow()).resolves.toMatchObject({
      ending: { kind: 'lost', remedy: expect.stringContaining('sagemaker:DescribeTrainingJob') },
      job: undefined,
    });
    expect(passed()).toBeGreaterThanOrEqual(300);
    expect(passed()).toBeLessThan(400);
  });

  it('with expired credentials loses the job at once', async () => {
    const { asked, follow } = world({
      describe: inTurn<DescribeTrainingJobResponse>(live('Starting'), awsError('ExpiredTokenException', 'expired')),
    });
    await expect(follow()).resolves.toMatchObject({
      ending: { kind: 'lost', remedy: expect.stringContaining('role-to-assume') },
    });
    expect(asked).toHaveLength(2);
  });

  it('with the log leaves the status alone, and the log is read when it is over', async () => {
    const log = [
      [10, 'early'],
      [90, 'late'],
    ] as const;
    const logError = (_: FakeClock, passed: number) => (passed < 100 ? awsError('ThrottlingException') : undefined);
    const { lines, troubles, follow } = world({ describe: completesAt(120), log, logError });
    await expect(follow()).resolves.toMatchObject({ ending: { kind: 'ended' } });
    expect(lines()).toEqual(['early', 'late']);
    expect(troubles()).toEqual([
      { kind: 'trouble', what: 'The training log could not be read', error: 'ThrottlingException' },
    ]);
  });
});
