/** What `metrics` and `gates` must keep to together. */
import { definitionOf, definitionsFor } from '../metrics/definitions.ts';
import type { Gate } from '../metrics/gate.ts';
import type { Combined } from './combinations.ts';
import { maximumOf, violation } from './constraints.ts';
import type { MetricDefinition } from './inputs.ts';
import { type Problem, quoted } from './problem.ts';
import type { Values } from './specs.ts';

const DEFINITIONS = 'CreateTrainingJob.AlgorithmSpecification.MetricDefinitions';

/** The definitions that the job gets: those of `metrics`, then those that only the gates need. */
export function metricDefinitions({
  metrics = {},
  gates = [],
}: Pick<Values, 'metrics' | 'gates'>): readonly MetricDefinition[] {
  const given = Object.entries(metrics).map(([name, regex]) => ({ name, regex }));
  return definitionsFor(given, gates);
}

export function metricProblems({ values }: Combined): readonly Problem[] {
  const { metrics = {}, gates = [] } = values;
  return [
    ...gates.flatMap((gate) =>
      gate.metricsUsed.filter((name) => !Object.hasOwn(metrics, name)).flatMap((name) => nameProblems(name, gate)),
    ),
    ...countProblems(metricDefinitions({ metrics, gates }).length, Object.keys(metrics).length),
  ];
}

/** Names that the gates use without a definition become one. */
function nameProblems(name: string, { line }: Gate): readonly Problem[] {
  const why = violation(`${DEFINITIONS}[].Name`, name) ?? violation(`${DEFINITIONS}[].Regex`, definitionOf(name).regex);
  if (why === undefined) return [];
  const remedy = 'Use a shorter metric name.';
  return [
    { input: 'gates', at: `line ${line}`, message: `the name or the expression of ${quoted(name)} ${why}`, remedy },
  ];
}

function countProblems(all: number, inMetrics: number): readonly Problem[] {
  const most = maximumOf(DEFINITIONS);
  if (all <= most || inMetrics > most) return [];
  const message = `name ${all - inMetrics} metrics beside the ${inMetrics} of metrics, ${all} in all`;
  return [{ input: 'gates', message, remedy: `SageMaker takes at most ${most} metrics a job: use fewer.` }];
}

/** SageMaker does not document the flavour of its regular expressions: these may work in the log we read but not there. */
export function metricWarnings(metrics: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries(metrics)
    .filter(([, regex]) => /\(\?(?:<|[a-z-]+:)/.test(regex))
    .map(
      ([name]) =>
        `The expression of the metric ${quoted(name)} uses look-behind, a named group or flags, which SageMaker may not understand.`,
    );
}
