/** What `metrics` and `gates` must keep to together. */
import { definitionsFor } from '../metrics/definitions.ts';
import type { Combined } from './combinations.ts';
import { maximumOf, violation } from './constraints.ts';
import type { MetricDefinition } from './inputs.ts';
import type { MetricsInput } from './metrics-input.ts';
import { type Problem, quoted } from './problem.ts';
import type { Values } from './specs.ts';

const NO_METRICS: MetricsInput = { presets: [], expressions: {} };
const DEFINITIONS = 'CreateTrainingJob.AlgorithmSpecification.MetricDefinitions';

/** The definitions that the job gets: those of `metrics`, then those that only gates and objective need. */
export function metricDefinitions({
  metrics = NO_METRICS,
  gates = [],
  objective = {},
}: Pick<Values, 'metrics' | 'gates' | 'objective'>): readonly MetricDefinition[] {
  const given = Object.entries(metrics.expressions).map(([name, regex]) => ({ name, regex }));
  return definitionsFor(given, gates, metrics.presets, Object.keys(objective));
}

export function metricProblems({ values }: Combined): readonly Problem[] {
  const { metrics = NO_METRICS, gates = [], objective = {} } = values;
  const definitions = metricDefinitions({ metrics, gates, objective });
  const { expressions } = metrics;
  return [
    ...gates.flatMap((gate) =>
      gate.metricsUsed
        .filter((name) => !Object.hasOwn(expressions, name))
        .flatMap((name) => nameProblems(name, { input: 'gates', at: `line ${gate.line}` }, definitions)),
    ),
    ...Object.keys(objective).flatMap((name) => nameProblems(name, { input: 'objective' }, definitions)),
    ...countProblems(definitions.length, Object.keys(expressions).length),
  ];
}

/** Names that gates and objective use without a definition become one. */
function nameProblems(
  name: string,
  place: Pick<Problem, 'input' | 'at'>,
  definitions: readonly MetricDefinition[],
): readonly Problem[] {
  const regex = definitions.find((definition) => definition.name === name)?.regex;
  const why =
    violation(`${DEFINITIONS}[].Name`, name) ??
    (regex === undefined ? undefined : violation(`${DEFINITIONS}[].Regex`, regex));
  if (why === undefined) return [];
  const remedy = 'Use a shorter metric name.';
  return [{ ...place, message: `the name or the expression of ${quoted(name)} ${why}`, remedy }];
}

function countProblems(all: number, inMetrics: number): readonly Problem[] {
  const most = maximumOf(DEFINITIONS);
  if (all <= most) return [];
  const remedy = `SageMaker takes at most ${most} metrics a job: use fewer.`;
  if (inMetrics > most)
    return [{ input: 'metrics', message: `has ${inMetrics} entries with those of the job file`, remedy }];
  const message = `name ${all - inMetrics} metrics beside the ${inMetrics} of metrics, ${all} in all`;
  return [{ input: 'gates', message, remedy }];
}

/** SageMaker does not document the flavour of its regular expressions: these may work in the log we read but not there. */
export function metricWarnings({ expressions }: MetricsInput = NO_METRICS): readonly string[] {
  return Object.entries(expressions)
    .filter(([, regex]) => /\(\?(?:<|[a-z-]+:)/.test(regex))
    .map(
      ([name]) =>
        `The expression of the metric ${quoted(name)} uses look-behind, a named group or flags, which SageMaker may not understand.`,
    );
}
