import { describe, expect, it } from '@jest/globals';
import { costSoFarUsd, longestRunSeconds, worstCaseUsd } from '../../../src/plan/cost.ts';
import { hourlyPrice } from '../../../src/report/prices.ts';
import { Budget } from '../../../src/watch/budget.ts';
import { awsError, described, fakeTrainer } from '../../fixtures/doors.ts';
import { FakeClock } from '../../fixtures/fake-clock.ts';

const TYPE = 'ml.m5.xlarge';
const price = hourlyPrice(TYPE)?.usdPerHour ?? Number.NaN;
const at = (seconds: number) => new Date(seconds * 1000);

const job = (spans: readonly (readonly [string, number, number?])[], status = 'InProgress') =>
  described(status, status, {
    ResourceConfig: { InstanceType: TYPE, InstanceCount: 2, VolumeSizeInGB: 30 },
    SecondaryStatusTransitions: spans.map(([Status, start, end]) => ({
      Status,
      StartTime: at(start),
      ...(end !== undefined && { EndTime: at(end) }),
      StatusMessage: '',
    })) as never,
  });

describe('the worst case', () => {
  it('is the price of all instances for max-run and ten minutes', () => {
    expect(worstCaseUsd({ instanceType: TYPE, instanceCount: 2, maxRunSeconds: 3000 })).toBeCloseTo(price * 2);
    expect(worstCaseUsd({ instanceType: 'ml.unknown.large', instanceCount: 1, maxRunSeconds: 1 })).toBeUndefined();
  });

  it('fits with the longest max-run, and not with a second more', () => {
    const spending = { instanceType: TYPE, instanceCount: 2 };
    const longest = longestRunSeconds(1, spending);
    expect(worstCaseUsd({ ...spending, maxRunSeconds: longest })).toBeLessThanOrEqual(1);
    expect(worstCaseUsd({ ...spending, maxRunSeconds: longest + 1 })).toBeGreaterThan(1);
  });
});

describe('the cost so far', () => {
  it.each([
    ['nothing while it waits for machines', [['Starting', 0]], 3600, 0],
    [
      'counts from the download on',
      [
        ['Starting', 0, 100],
        ['Downloading', 100, 400],
        ['Training', 400],
      ],
      3700,
      1,
    ],
    [
      'leaves out the wait after an interruption',
      [
        ['Training', 0, 1800],
        ['Interrupted', 1800, 9000],
        ['Training', 9000],
      ],
      10_800,
      1,
    ],
    [
      'stands still after the end',
      [
        ['Training', 0, 3600],
        ['Completed', 3600, 3600],
      ],
      99_999,
      1,
    ],
  ] as const)('%s', (_, spans, now, hours) => {
    expect(costSoFarUsd(job(spans), now)).toBeCloseTo(hours * 2 * price);
  });

  it('is not known without a price', () => {
    expect(costSoFarUsd(described('InProgress'), 100)).toBeUndefined();
  });
});

describe('the budget', () => {
  const over = job([['Training', 0]]);
  const clockAt = (seconds: number) => ({ ...new FakeClock(), now: () => seconds });

  it('stops the job once, when it may have cost as much', async () => {
    const trainer = fakeTrainer();
    const said: string[] = [];
    const cheap = new Budget(price * 2, { trainer, clock: clockAt(3599) }, (text) => said.push(text));
    await cheap.look(over);
    expect([cheap.exceeded, trainer.calls]).toEqual([false, []]);
    const dear = new Budget(price * 2, { trainer, clock: clockAt(3601) }, (text) => said.push(text));
    await dear.look(over);
    await dear.look(over);
    expect([dear.exceeded, trainer.calls]).toEqual([true, ['stop train-job']]);
    expect(said).toEqual([expect.stringContaining('it is stopped')]);
  });

  it('tries again when the stop failed, and leaves an ended job alone', async () => {
    let failures = 1;
    const stop = async () => {
      if (failures-- > 0) throw awsError('ThrottlingException');
    };
    const trainer = fakeTrainer({ stop });
    const budget = new Budget(0.01, { trainer, clock: clockAt(99_999) }, () => {});
    await budget.look(job([['Training', 0]], 'Completed'));
    expect(trainer.calls).toEqual([]);
    await budget.look(over);
    expect(budget.exceeded).toBe(false);
    await budget.look(over);
    expect(budget.exceeded).toBe(true);
  });

  it('without max-cost never stops anything', async () => {
    const trainer = fakeTrainer();
    await new Budget(undefined, { trainer, clock: clockAt(1e9) }, () => {}).look(over);
    expect(trainer.calls).toEqual([]);
  });
});
