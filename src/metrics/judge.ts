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
