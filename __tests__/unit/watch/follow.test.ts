import { describe, expect, it } from '@jest/globals';
import type { DescribeTrainingJobResponse } from '../../../src/ports.ts';
import { DENIED, described, inTurn } from '../../fixtures/doors.ts';
import type { FakeClock } from '../../fixtures/fake-clock.ts';
import { completed, completesAt, DOWN, live, RAN, type World, world } from './follow-world.ts';

describe('following', () => {
  it('tells each transition once, and the present one again when its message changes', async () => {
    const { told, follow } = world({
      describe: inTurn<DescribeTrainingJobResponse>(
        live('Starting: Launching'),
        live('Starting: Launching'),
        live('Starting: Insufficient capacity, retrying!'),
        live('Starting: Insufficient capacity, retrying!'),
        live('Starting: Preparing', 'Downloading', 'Training: in progress'),
        live('Starting: Preparing', 'Downloading', 'Training: in progress', 'Interrupted', 'Starting'),
        completed(
          'Starting: Preparing',
          'Downloading',
          'Training: in progress',
          'Interrupted',
          'Starting',
          'Training',
          'Completed',
        ),
      ),
    });
    await expect(follow()).resolves.toMatchObject({
      ending: { kind: 'ended', status: { kind: 'completed', interruptions: 1 } },
    });
    expect(told()).toEqual([
      'Starting: Launching',
      'Starting: Insufficient capacity, retrying!',
      'Downloading',
      'Training: in progress',
      'Interrupted',
      'Starting',
      'Training',
      'Completed',
    ]);
  });

  it.each<[string, DescribeTrainingJobResponse, object]>([
    [
      'failed',
      described('Failed', 'Failed', { FailureReason: 'AlgorithmError' }),
      { kind: 'failed', reason: 'AlgorithmError' },
    ],
    ['stopped', described('Stopped', 'MaxWaitTimeExceeded'), { kind: 'stopped', by: 'max-wait' }],
  ])('ends with a job that %s, as a value', async (_, job, status) => {
    const { follow } = world({ describe: () => job });
    await expect(follow()).resolves.toMatchObject({ ending: { kind: 'ended', status }, job, sawLog: false });
  });

  it('waits for hours without a log, and asks neither too often nor too seldom', async () => {
    const { asked, follow, passed } = world({
      describe: () =>
        passed() < 20_000 ? live('Starting: Insufficient capacity') : completed('Starting', 'Completed'),
    });
    await expect(follow()).resolves.toMatchObject({ ending: { kind: 'ended' }, sawLog: false });
    const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30);
  });

  it('tells every line once, in order, also those that come after the end', async () => {
    const log = Array.from({ length: 30 }, (_, index) => [index * 7, `line ${index}`] as const);
    const { lines, follow } = world({ describe: completesAt(200), log });
    await expect(follow()).resolves.toMatchObject({ sawLog: true });
    expect(lines()).toEqual(log.map(([, line]) => line));
  });
});

describe('the drain', () => {
  it('waits until it has been quiet for ten seconds', async () => {
    const log = [
      [5, 'a'],
      [108, 'b'],
      [117, 'c'],
      [126, 'd'],
    ] as const;
    const { lines, follow } = world({ describe: completesAt(100), log });
    await follow();
    expect(lines()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes a read that fails for no silence', async () => {
    const log = [
      [5, 'a'],
      [104, 'b'],
    ] as const;
    const logError = (_: FakeClock, passed: number) => (passed > 100 && passed < 113 ? DOWN : undefined);
    const { lines, follow } = world({ describe: completesAt(100), log, logError });
    await follow();
    expect(lines()).toEqual(['a', 'b']);
  });

  it.each<[string, Partial<World>, number]>([
    ['never quiet', { log: Array.from({ length: 3000 }, (_, index) => [index, `line ${index}`] as const) }, 60],
    ['never readable', { logError: () => DENIED('logs:GetLogEvents') }, 15],
  ])('of a log that is %s is bounded', async (_, script, most) => {
    const { asked, passed, follow } = world({ describe: completesAt(100), ...script });
    await expect(follow()).resolves.toMatchObject({ ending: { kind: 'ended' } });
    expect(passed() - (asked.at(-1) ?? 0)).toBeLessThanOrEqual(most);
  });

  it('of a job that never ran is not waited for', async () => {
    const { asked, passed, follow } = world({
      describe: inTurn<DescribeTrainingJobResponse>(live('Starting'), completed('Starting', 'Stopping')),
    });
    await follow();
    expect(passed()).toBe(asked.at(-1));
  });
});

describe('cancellation', () => {
  it('before the first question asks nothing', async () => {
    const { abort, asked, follow } = world({ describe: () => live('Starting') });
    abort.abort();
    await expect(follow()).resolves.toEqual({ ending: { kind: 'cancelled' }, job: undefined, sawLog: false });
    expect(asked).toEqual([]);
  });

  it('during a pause ends it at once', async () => {
    const { clock, abort, passed, follow } = world({ describe: () => live('Starting', 'Training') });
    clock.at(101, () => abort.abort());
    await expect(follow()).resolves.toMatchObject({
      ending: { kind: 'cancelled' },
      job: { SecondaryStatus: 'Training' },
    });
    expect(passed()).toBeLessThan(115);
  });

  it('during a request in flight does not wait for its answer, and nothing is told after that', async () => {
    let answer: (job: DescribeTrainingJobResponse) => void = () => {};
    const steps = inTurn<DescribeTrainingJobResponse>(
      live('Starting'),
      () => new Promise((resolve) => (answer = resolve)),
    );
    const { abort, asked, events, follow } = world({ describe: steps });
    const followed = follow();
    while (asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    await expect(followed).resolves.toMatchObject({ ending: { kind: 'cancelled' } });
    const before = events.length;
    answer(completed(...RAN));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(events).toHaveLength(before);
  });

  it('during the drain keeps the ending and reads no further', async () => {
    const log = Array.from({ length: 300 }, (_, index) => [index, `line ${index}`] as const);
    const { clock, abort, lines, passed, follow } = world({ describe: completesAt(100), log });
    clock.at(118, () => abort.abort());
    await expect(follow()).resolves.toMatchObject({ ending: { kind: 'ended', status: { kind: 'completed' } } });
    expect(passed()).toBeLessThan(130);
    const before = lines().length;
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(lines()).toHaveLength(before);
  });
});
