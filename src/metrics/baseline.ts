/** The metrics of a training against those of an earlier one. */
import { type Direction, directionOf } from './direction.ts';
import type { MetricValue } from './judge.ts';

/** The job that a training is compared with. */
export interface BaselineJob {
  readonly name: string;
  /** The commit it was reported for; absent for jobs that this action did not make. */
  readonly commit: string | undefined;
  /** The pull request whose head it was, when that was merged later. */
  readonly pullRequest: number | undefined;
  /** ISO date of its creation. */
  readonly createdAt: string | undefined;
  /** Newer ones are on the branch, but what is trained here does not hold them. */
  readonly passedOver?: boolean;
}

export type Baseline =
  | {
      readonly kind: 'found';
      readonly job: BaselineJob;
      /** The branch that was looked at; absent for a job given by name. */
      readonly branch: string | undefined;
      readonly metrics: readonly MetricValue[];
    }
  /** `why`: a clause, `main has no completed training of this name`. */
  | { readonly kind: 'missing'; readonly why: string };

export type Change = 'better' | 'worse' | 'same';

/** One metric's last value beside the baseline's. */
export interface Comparison {
  readonly name: string;
  readonly value: number;
  readonly baseline: number;
  readonly delta: number;
  readonly direction: Direction | undefined;
  /** Absent where nobody said which way is better, or a value is no number. */
  readonly change: Change | undefined;
}

/** Metrics that both have, in the order of the first. */
export function compare(
  metrics: readonly MetricValue[],
  baseline: readonly MetricValue[],
  objective: Readonly<Record<string, Direction>>,
): readonly Comparison[] {
  const earlier = new Map(baseline.map(({ name, last }) => [name, last]));
  return metrics.flatMap(({ name, last: value }) => {
    const before = earlier.get(name);
    if (value === undefined || before === undefined) return [];
    const direction = directionOf(name, objective);
    const delta = value - before;
    return [{ name, value, baseline: before, delta, direction, change: changeOf(delta, direction) }];
  });
}

function changeOf(delta: number, direction: Direction | undefined): Change | undefined {
  if (!Number.isFinite(delta)) return undefined;
  if (delta === 0) return 'same';
  if (direction === undefined) return undefined;
  return delta < 0 === (direction === 'minimize') ? 'better' : 'worse';
}
