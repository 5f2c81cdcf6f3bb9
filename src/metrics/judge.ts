/** The verdict of the gates on the final metrics. */
import type { CurvePoint } from './curve.ts';
import { type Evaluated, evaluate, type Known } from './evaluate.ts';
import type { Comparator } from './expression.ts';
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
  /** `warn`: a gate whose only trouble is a metric that was not reported is let pass. */
  readonly missingMetric: 'fail' | 'warn';
}

/** `passed` when every gate holds; without gates it is true. */
export function judgeGates({ gates, metrics, costUsd, missingMetric }: Evidence): {
  readonly results: readonly GateResult[];
  readonly passed: boolean;
} {
  const known: Known = { metrics: new Map(metrics.map((metric) => [metric.name, metric])), costUsd };
  const results = gates.map((gate) => judgeGate(gate, known, missingMetric));
  return { results, passed: results.every(({ holds }) => holds) };
}

function judgeGate(gate: Gate, known: Known, missingMetric: 'fail' | 'warn'): GateResult {
  const left = evaluate(gate.left, known);
  const right = evaluate(gate.right, known);
  const sides = { gate, left: left.value, right: right.value };
  if (left.value !== undefined && right.value !== undefined)
    return { ...sides, holds: compare(gate.comparator, left.value, right.value), reason: undefined };
  return { ...sides, ...withoutNumbers(left, right, missingMetric) };
}

function withoutNumbers(
  left: Evaluated,
  right: Evaluated,
  missingMetric: 'fail' | 'warn',
): Pick<GateResult, 'holds' | 'reason'> {
  const troubles = [...left.troubles, ...right.troubles];
  const reason = [...new Set(troubles.map(({ text }) => text))].join('; ');
  const letPass = missingMetric === 'warn' && troubles.every(({ missing }) => missing);
  return letPass
    ? { holds: true, reason: `${reason}; let pass, because missing-metric is warn` }
    : { holds: false, reason };
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
