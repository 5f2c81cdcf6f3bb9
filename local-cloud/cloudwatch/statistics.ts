import type { Datapoint } from './store.ts';

const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Average: (values) => sum(values) / values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  Sum: sum,
  SampleCount: (values) => values.length,
};

/** A statistic by CloudWatch's name of it, percentiles (`p90`) included; undefined for a name that is none. */
export function statistic(name: string): ((values: readonly number[]) => number) | undefined {
  const percent = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name)?.[1];
  return percent === undefined ? STATISTICS[name] : (values) => percentile(values, Number(percent));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * One value for each period that has datapoints, oldest first. `start` is rounded down to a whole period, as
 * CloudWatch truncates; `end` is exclusive. Times are epoch seconds.
 */
export function byPeriod(
  points: readonly Datapoint[],
  range: { readonly start: number; readonly end: number; readonly period: number },
  compute: (values: readonly number[]) => number,
): { readonly time: number; readonly value: number }[] {
  const { start, end, period } = range;
  const first = Math.floor(start / period) * period;
  const groups = new Map<number, number[]>();
  for (const { at, value } of points) {
    const seconds = at / 1000;
    if (seconds < first || seconds >= end) continue;
    const time = Math.floor(seconds / period) * period;
    const group = groups.get(time);
    if (group) group.push(value);
    else groups.set(time, [value]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([time, values]) => ({ time, value: compute(values) }));
}
