/** The metrics of a finished job: SageMaker's final values, completed from the log. */
import type { MetricDefinition } from '../inputs/inputs.ts';
import type { CurvePoint, Observed } from './curve.ts';
import type { MetricValue } from './judge.ts';
import { sameButRounded } from './number.ts';

/** An entry of DescribeTrainingJob's FinalMetricDataList. */
export interface FinalMetric {
  readonly MetricName?: string | undefined;
  readonly Value?: number | undefined;
}

type Seen = ReadonlyMap<string, Observed>;
type Curves = ReadonlyMap<string, readonly CurvePoint[]>;

/** One value for each definition, in their order, then one for each further metric that was seen in the log. */
export function finalMetrics(
  definitions: readonly MetricDefinition[],
  sagemakerFinal: readonly FinalMetric[],
  observed: Seen,
  curves: Curves = new Map(),
): readonly MetricValue[] {
  const finals = new Map(sagemakerFinal.map(({ MetricName, Value }) => [MetricName, Value]));
  const defined = new Set(definitions.map(({ name }) => name));
  const found = [...observed].filter(([name, { points }]) => points > 0 && !defined.has(name)).map(([name]) => name);
  return [...defined, ...found].map((name) => {
    const seen = observed.get(name);
    const { min, max, points = 0 } = seen ?? {};
    const curve = curves.get(name) ?? [];
    const shown = { name, min, max, points, ...(curve.length > 0 && { curve }) };
    const final = finals.get(name);
    if (final !== undefined && !endsWithoutNumber(final, seen?.last))
      return { ...shown, last: precise(final, seen?.last), source: 'sagemaker' };
    return { ...shown, last: seen?.last, source: points > 0 ? 'log' : 'none' };
  });
}

/**
 * A program that ends with `loss=nan` has diverged. A matcher that takes numbers only answers with the number before it,
 * and a gate that believed it would be green.
 */
function endsWithoutNumber(final: number, logged: number | undefined): boolean {
  return logged !== undefined && !Number.isFinite(logged) && Number.isFinite(final);
}

/** Where SageMaker's final value is not the last one in the log: a sentence for each such metric. */
export function disagreements(
  metrics: readonly MetricValue[],
  sagemakerFinal: readonly FinalMetric[],
  observed: Seen,
): readonly string[] {
  const finals = new Map(sagemakerFinal.map(({ MetricName, Value }) => [MetricName, Value]));
  return metrics.flatMap(({ name, source }) => {
    const [final, logged] = [finals.get(name), observed.get(name)?.last];
    if (final === undefined || logged === undefined || agree(final, logged)) return [];
    const counts =
      source === 'sagemaker' ? "SageMaker's counts" : "the log's counts, for it tells how the training ended";
    return [
      `SageMaker gives ${precise(final, logged)} as the final value of \`${name}\`, the log ends with ${logged}: ${counts}.`,
    ];
  });
}

function agree(final: number, logged: number): boolean {
  return Object.is(Math.fround(final), Math.fround(logged)) || sameButRounded(final, logged);
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
