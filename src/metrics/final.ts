/** The metrics of a finished job: SageMaker's final values, completed from the log. */
import type { MetricDefinition } from '../inputs/inputs.ts';
import type { MetricValue } from './judge.ts';
import type { Observed } from './observe.ts';

/** An entry of DescribeTrainingJob's FinalMetricDataList. */
export interface FinalMetric {
  readonly MetricName?: string | undefined;
  readonly Value?: number | undefined;
}

/** One value for each definition, in their order. */
export function finalMetrics(
  definitions: readonly MetricDefinition[],
  sagemakerFinal: readonly FinalMetric[],
  observed: ReadonlyMap<string, Observed>,
): readonly MetricValue[] {
  const finals = new Map(sagemakerFinal.map(({ MetricName, Value }) => [MetricName, Value]));
  return definitions.map(({ name }) => {
    const seen = observed.get(name);
    const { min, max, points = 0 } = seen ?? {};
    const final = finals.get(name);
    // SageMaker keeps finite values only: after a NaN it still answers the number before it, and the gate would pass.
    const diverged = seen?.last !== undefined && !Number.isFinite(seen.last);
    if (final !== undefined && !diverged)
      return { name, last: precise(final, seen?.last), min, max, points, source: 'sagemaker' };
    return { name, last: seen?.last, min, max, points, source: points > 0 ? 'log' : 'none' };
  });
}

/**
 * The service model types the value as a 32-bit float: a job that printed 0.12 may answer 0.11999999731779099, and one
 * that printed 0.1 may answer 0.10000000149011612, which a gate `<= 0.1` would refuse. So the printed number is taken
 * where it is the same float, else the shortest decimal that is.
 */
function precise(final: number, printed: number | undefined): number {
  if (printed !== undefined && Object.is(Math.fround(printed), Math.fround(final))) return printed;
  if (!Number.isFinite(final) || Number.isInteger(final) || Math.fround(final) !== final) return final;
  for (let digits = 1; digits <= 9; digits++) {
    const shorter = Number(final.toPrecision(digits));
    if (Math.fround(shorter) === final) return shorter;
  }
  return final;
}
