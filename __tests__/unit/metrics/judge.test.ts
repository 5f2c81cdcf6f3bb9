import { describe, expect, it } from '@jest/globals';
import type { Baseline } from '../../../src/metrics/baseline.ts';
import { parseGates } from '../../../src/metrics/gate.ts';
import { type Evidence, judgeGates, type MetricValue } from '../../../src/metrics/judge.ts';

function metric(name: string, last: number | undefined, min = last, max = last): MetricValue {
  return { name, last, min, max, points: last === undefined ? 0 : 3, source: last === undefined ? 'none' : 'log' };
}

const METRICS: readonly MetricValue[] = [
  metric('val_mape', 0.1, 0.08, 0.4),
  metric('a', 6),
  metric('b', 3),
  metric('zero', 0),
  metric('lost', Number.NaN, 0.5, 1),
  metric('grew', Number.POSITIVE_INFINITY, 1, Number.POSITIVE_INFINITY),
  metric('silent', undefined),
  { name: 'final only', last: 1, min: undefined, max: undefined, points: 0, source: 'sagemaker' },
];

function judge(lines: string, evidence: Partial<Evidence> = {}): ReturnType<typeof judgeGates> {
  const { gates, mistakes } = parseGates(lines);
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
  return judgeGates({
    gates,
    metrics: METRICS,
    costUsd: 1.5,
    baseline: undefined,
    missing: { metric: 'fail', baseline: 'pass' },
    ...evidence,
  });
}

describe('judgeGates with plain numbers', () => {
  it.each([
    ['val_mape <= 0.1', true, 0.1, 0.1],
    ['val_mape < 0.1', false, 0.1, 0.1],
    ['val_mape >= 0.1', true, 0.1, 0.1],
    ['val_mape > 0.1', false, 0.1, 0.1],
    ['val_mape == 0.1', true, 0.1, 0.1],
    ['val_mape != 0.1', false, 0.1, 0.1],
    ['min(val_mape) == 0.08', true, 0.08, 0.08],
    ['max(val_mape) <= 0.3', false, 0.4, 0.3],
    ['a - b - 1 == 2', true, 2, 2],
    ['a / b / 2 == 1', true, 1, 1],
    ['a + b * 2 == 12', true, 12, 12],
    ['(a + b) * 2 == 18', true, 18, 18],
    ['-a + b == -3', true, -3, -3],
    ['zero / a == 0', true, 0, 0],
    ['cost_usd <= 2', true, 1.5, 2],
    ['cost_usd / a > 1', false, 0.25, 1],
    ['"final only" == 1', true, 1, 1],
    ['1 < 2', true, 1, 2],
  ])('%s: %s', (line, holds, left, right) => {
    const { results, passed } = judge(line);
    expect(results).toMatchObject([{ holds, left, right, reason: undefined, gate: { text: line } }]);
    expect(passed).toBe(holds);
  });

  it('passes without gates', () => {
    expect(judge('')).toEqual({ results: [], passed: true });
  });

  it('passes only when every gate holds', () => {
    expect(judge('a > 0\nb > 100\nb > 0')).toMatchObject({
      passed: false,
      results: [{ holds: true }, { holds: false }, { holds: true }],
    });
    expect(judge('a > 0\nb > 0').passed).toBe(true);
  });
});

describe('judgeGates where there is no number', () => {
  it.each([
    ['lost <= 1', 'lost is NaN'],
    ['lost != 1', 'lost is NaN'],
    ['lost == lost', 'lost is NaN'],
    ['lost - lost <= 1', 'lost is NaN'],
    ['grew > 1', 'grew is inf'],
    ['max(grew) > 1', 'max(grew) is inf'],
    ['-grew < 1', 'grew is inf'],
    ['1 / zero > 0', 'division by zero'],
    ['a / (b - 3) > 0', 'division by zero'],
    ['zero / zero == 0', 'division by zero'],
    ['1e308 * 10 > 1', 'the result of * is inf'],
    ['-1e308 * 10 < 1', 'the result of * is -inf'],
    ['silent < 1', 'silent was never reported'],
    ['unheard < 1', 'unheard was never reported'],
    ['"un heard" < min("un heard")', '"un heard" was never reported; min("un heard") was never reported'],
    ['min("final only") < 2', 'min("final only") is not known: no value of it was seen in the log'],
    ['silent / zero < lost', 'silent was never reported; lost is NaN'],
  ])('%s fails: %s', (line, reason) => {
    const { results, passed } = judge(line);
    expect(results).toMatchObject([{ holds: false, reason }]);
    expect(passed).toBe(false);
  });

  it('min and max of a metric that ended as NaN still count', () => {
    expect(judge('min(lost) <= 0.5\nmax(lost) <= 1').passed).toBe(true);
  });

  it('gives the side that has a number', () => {
    expect(judge('lost <= 0.5').results).toMatchObject([{ left: undefined, right: 0.5 }]);
  });

  it('fails without a known cost, and says so', () => {
    expect(judge('cost_usd < 100', { costUsd: undefined }).results).toMatchObject([
      { holds: false, reason: 'the cost of the job is not known', left: undefined, right: 100 },
    ]);
    expect(judge('a > 1', { costUsd: undefined }).passed).toBe(true);
  });
});

describe('missing-metric: warn', () => {
  const warn = { missing: { metric: 'warn', baseline: 'pass' } } as const;

  it('lets a gate pass whose metric was not reported, and says so', () => {
    expect(judge('silent < 1', warn)).toMatchObject({
      passed: true,
      results: [{ holds: true, reason: 'silent was never reported; let pass, because missing-metric is warn' }],
    });
  });

  it.each(['silent < lost', 'silent / 0 < 1 / zero', 'silent + cost_usd < 1'])('lets nothing else pass: %s', (line) => {
    expect(judge(line, { ...warn, costUsd: undefined }).passed).toBe(false);
  });
});

describe('a gate with baseline', () => {
  const found = (over: Partial<MetricValue>): Baseline => ({
    kind: 'found',
    job: { name: 'train-x-1', commit: undefined, pullRequest: undefined, createdAt: undefined },
    branch: 'main',
    metrics: [{ name: 'a', last: 10, min: 1, max: 20, points: 3, source: 'sagemaker', ...over }],
  });
  const missing: Baseline = { kind: 'missing', why: 'main has no completed training named x yet' };
  const strict = { missing: { metric: 'fail', baseline: 'fail' } } as const;

  it('compares the same quantity of the two jobs', () => {
    const { results } = judge('a <= baseline * 1.5\nmin(a) < baseline\nmax(a) - baseline > 1000', {
      baseline: found({}),
    });
    expect(results.map(({ right }) => right)).toEqual([15, 1, 1000]);
  });

  it.each([
    [missing, 'there is no baseline: main has no completed training named x yet'],
    [undefined, 'there is no baseline'],
    [found({ name: 'other' }), 'the baseline job has no a'],
  ])('lets pass, or not, that there is none', (baseline, reason) => {
    expect(judge('a < baseline', { baseline }).results).toMatchObject([
      { holds: true, reason: `${reason}; let pass, because missing-baseline is pass` },
    ]);
    expect(judge('a < baseline', { baseline, ...strict }).results).toMatchObject([{ holds: false, reason }]);
  });

  it('never passes on a baseline that is no number, nor on a metric that was never reported', () => {
    const nan = judge('a < baseline', { baseline: found({ last: Number.NaN }) });
    expect(nan.results).toMatchObject([{ holds: false, reason: 'the baseline is NaN' }]);
    expect(judge('silent < baseline', { baseline: missing }).passed).toBe(false);
  });
});
