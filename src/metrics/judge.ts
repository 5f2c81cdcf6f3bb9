/** The verdict of the gates on the final metrics. */
import type { Baseline } from './baseline.ts';
import type { CurvePoint } from './curve.ts';
import { type Evaluated, evaluate, type Known } from './evaluate.ts';
import { type Comparator, quantitiesOf, spelledQuantity } from './expression.ts';
import type { Gate } from './gate.ts';

/** A metric as it stands at the end. `final` is SageMaker's own value; last/min/max come from the log by the same regex. */
export interface MetricValue {
  readonly name: string;
  /** SageMaker's FinalMetricDataList, else the last value in the log, else absent. */
  readonly last: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Values seen in the log. */
  readonly points: number;
  readonly source: 'sagemaker' | 'log' | 'none';
  /** The values in the log, in order, thinned for a chart; absent where none was seen. */
  readonly curve?: readonly CurvePoint[];
}

export interface GateResult {
  readonly gate: Gate;
  readonly holds: boolean;
  /** Both sides as numbers where they could be computed. */
  readonly left: number | undefined;
  readonly right: number | undefined;
  /** Why it does not hold, or why it was let pass; absent when plain numbers say it. */
  readonly reason: string | undefined;
}

export interface Evidence {
  readonly gates: readonly Gate[];
  readonly metrics: readonly MetricValue[];
  /** What the job cost, USD; undefined = not known. */
  readonly costUsd: number | undefined;
  /** What `baseline` means; undefined where no gate may use it. */
  readonly baseline: Baseline | undefined;
  readonly missing: Missing;
}

/** What becomes of a gate whose only trouble is that a metric was not reported, or that there is no baseline. */
export interface Missing {
  readonly metric: 'fail' | 'warn';
  readonly baseline: 'pass' | 'fail';
}

/** `passed` when every gate holds; without gates it is true. */
export function judgeGates({ gates, metrics, costUsd, baseline, missing }: Evidence): {
  readonly results: readonly GateResult[];
  readonly passed: boolean;
} {
  const known = { metrics: new Map(metrics.map((metric) => [metric.name, metric])), costUsd };
  const results = gates.map((gate) => judgeGate(gate, { ...known, baseline: baselineOf(gate, baseline) }, missing));
  return { results, passed: results.every(({ holds }) => holds) };
}

/** The same quantity of the baseline job. */
function baselineOf(gate: Gate, baseline: Baseline | undefined): Known['baseline'] {
  const [quantity] = [...quantitiesOf(gate.left), ...quantitiesOf(gate.right)];
  if (baseline?.kind !== 'found' || quantity === undefined)
    return { missing: `there is no baseline${baseline?.kind === 'missing' ? `: ${baseline.why}` : ''}` };
  const value = baseline.metrics.find(({ name }) => name === quantity.name)?.[quantity.of];
  return value === undefined ? { missing: `the baseline job has no ${spelledQuantity(quantity)}` } : { value };
}

function judgeGate(gate: Gate, known: Known, missing: Missing): GateResult {
  const left = evaluate(gate.left, known);
  const right = evaluate(gate.right, known);
  const sides = { gate, left: left.value, right: right.value };
  if (left.value !== undefined && right.value !== undefined)
    return { ...sides, holds: compare(gate.comparator, left.value, right.value), reason: undefined };
  return { ...sides, ...withoutNumbers(left, right, missing) };
}

function withoutNumbers(left: Evaluated, right: Evaluated, allowed: Missing): Pick<GateResult, 'holds' | 'reason'> {
  const troubles = [...left.troubles, ...right.troubles];
  const reason = [...new Set(troubles.map(({ text }) => text))].join('; ');
  const mayPass = { metric: allowed.metric === 'warn', baseline: allowed.baseline === 'pass' };
  if (!troubles.every(({ missing }) => missing !== undefined && mayPass[missing])) return { holds: false, reason };
  const because = troubles.some(({ missing }) => missing === 'metric')
    ? 'missing-metric is warn'
    : 'missing-baseline is pass';
  return { holds: true, reason: `${reason}; let pass, because ${because}` };
}

function compare(comparator: Comparator, left: number, right: number): boolean {
  switch (comparator) {
    case '<=':
      return left <= right;
    case '<':
      return left < right;
    case '>=':
      return left >= right;
    case '>':
      return left > right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
  }
}
