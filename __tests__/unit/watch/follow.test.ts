import { describe, expect, it } from '@jest/globals';
import type { DescribeTrainingJobResponse, LogPage } from '../../../src/ports.ts';
import type { JobEvent } from '../../../src/watch/events.ts';
import { follow } from '../../../src/watch/follow.ts';
import { awsError, DENIED, described, inTurn, transitions, UNKNOWN_JOB } from '../../fixtures/doors.ts';
import { FakeClock } from '../../fixtures/fake-clock.ts';

const DOWN = awsError('InternalFailure', 'We encountered an internal error.');
const live = (...list: readonly string[]) =>
  described('InProgress', list.at(-1)?.split(':')[0] ?? 'Starting', {
    SecondaryStatusTransitions: transitions(...list),
  });
const completed = (...list: readonly string[]) =>
  described('Completed', 'Completed', { SecondaryStatusTransitions: transitions(...list) });
const RAN = ['Starting', 'Downloading', 'Training', 'Uploading', 'Completed'];

interface World {
  readonly describe: (clock: FakeClock) => Promise<DescribeTrainingJobResponse> | DescribeTrainingJobResponse;
  /** Lines by the virtual second (after the start) they can first be read at. */
  readonly log?: readonly (readonly [number, string])[];
  readonly logError?: (clock: FakeClock, passed: number) => Error | undefined;
}

function world({ describe, log = [], logError }: World) {
  const clock = new FakeClock();
  const begun = clock.now();
  const passed = () => clock.now() - begun;
  const abort = new AbortController();
  const events: JobEvent[] = [];
  const asked: number[] = [];
  const readable = () => log.filter(([at]) => at <= passed()).map(([, message]) => ({ timestamp: 0, message }));
  const doors = {
    clock,
    signal: abort.signal,
    trainer: {
      describe: async () => {
        asked.push(passed());
        return describe(clock);
      },
    },
    logs: {
      streams: async () => {
        const error = logError?.(clock, passed());
        if (error) throw error;
        return readable().length > 0 ? [{ name: 'train-job/algo-1-1' }] : [];
      },
      events: async (_: string, token = '0'): Promise<LogPage> => {
        const events = readable().slice(Number(token));
        return { events, nextToken: String(Number(token) + events.length) };
      },
    },
  };
  const lines = () => events.flatMap((event) => (event.kind === 'lines' ? event.lines : []));
  const told = () =>
    events.flatMap((event) =>
      event.kind === 'transition' ? [`${event.status}${event.message && `: ${event.message}`}`] : [],
    );
  const troubles = () => events.filter(({ kind }) => kind === 'trouble');
  return {
    clock,
    abort,
    events,
    asked,
    passed,
    lines,
    told,
    troubles,
    follow: () =>
      follow(
        { jobName: 'train-job', until: Number.POSITIVE_INFINITY, pollSeconds: undefined },
        doors,
        (event) => void events.push(event),
      ),
  };
}

/** A job that completes after so many seconds. */
const completesAt = (seconds: number) => {
  let begun: number | undefined;
  return (clock: FakeClock) => {
    begun ??= clock.now();
    return clock.now() - begun >= seconds ? completed(...RAN) : live('Starting', 'Downloading', 'Training');
  };
};

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

  it.each<[string, Partial<World>]>([
    ['never quiet', { log: Array.from({ length: 3000 }, (_, index) => [index, `line ${index}`] as const) }],
    ['never readable', { logError: () => DENIED('logs:GetLogEvents') }],
  ])('of a log that is %s is bounded', async (_, script) => {
    const { asked, passed, follow } = world({ describe: completesAt(100), ...script });
    await expect(follow()).resolves.toMatchObject({ ending: { kind: 'ended' } });
    expect(passed() - (asked.at(-1) ?? 0)).toBeLessThanOrEqual(60);
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
