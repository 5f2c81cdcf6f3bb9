import { captureGroups } from '../../metrics/definitions.ts';
import { type Gate, parseGates } from '../../metrics/gate.ts';
import { maximumOf, violation } from '../constraints.ts';
import { metricsInput } from '../metrics-input.ts';
import { type Mistake, type Parsed, quoted, valid, wrong } from '../problem.ts';
import { accepted, oneOf } from '../scalar.ts';
import { optional, withDefault } from '../spec.ts';

export const judge = {
  metrics: optional({
    group: 'metrics and gate',
    description:
      "Metrics: a preset (`pytorch-lightning`, `huggingface`, `keras`, `lightgbm` or `xgboost`: every metric that the framework prints), a list of presets, or a YAML map of name and regular expression, whose one group is the value; SageMaker applies it to the log. Put the expression in single quotes: `val_loss: 'val_loss=([0-9.]+)'`. A preset may stand in the map as a key without a value.",
    read: metricsInput({
      key: accepted(
        'CreateTrainingJob.AlgorithmSpecification.MetricDefinitions[].Name',
        'Use 1 to 255 characters on one line.',
      ),
      value: metricRegex,
      maxEntries: maximumOf('CreateTrainingJob.AlgorithmSpecification.MetricDefinitions'),
    }),
  }),
  gates: optional({
    group: 'metrics and gate',
    description:
      'What must hold of the finished training, one comparison a line, such as `val_loss <= 0.12`, `max(accuracy) > 0.9` or `cost_usd < 2`; all must hold. A metric is its last value, or its `min(…)` or `max(…)`. A name without an entry in `metrics` is read from lines such as `val_loss=0.1` or `val_loss: 0.1`. Lines that start with `#` are skipped.',
    read: gates,
  }),
  'missing-metric': withDefault({
    group: 'metrics and gate',
    description: 'What a gate does when its metric was never reported: `fail`, or let it pass with a warning: `warn`.',
    default: 'fail',
    read: oneOf(['fail', 'warn']),
  }),
};

function gates(text: string): Parsed<readonly Gate[]> {
  const parsed = parseGates(text);
  const syntax = parsed.mistakes.map(({ column, ...mistake }) => ({
    ...mistake,
    at: `line ${mistake.line}, column ${column}`,
  }));
  const baselines = parsed.gates.filter(({ usesBaseline }) => usesBaseline).map(baselineMistake);
  const mistakes = [...syntax, ...baselines].sort((one, other) => one.line - other.line);
  return mistakes.length === 0 ? valid(parsed.gates) : { ok: false, mistakes };
}

function baselineMistake({ line, text }: Gate): Mistake & { readonly line: number } {
  const message = `${quoted(text)} uses baseline; baselines are not available in this version`;
  return { line, at: `line ${line}`, message, remedy: 'Compare with a number for now.' };
}

function metricRegex(text: string): Parsed<string> {
  const why = violation('CreateTrainingJob.AlgorithmSpecification.MetricDefinitions[].Regex', text);
  if (why !== undefined) return wrong(why, 'Write a regular expression of 1 to 500 characters on one line.');
  const groups = captureGroups(text);
  if (groups === undefined)
    return wrong(`is ${quoted(text)}, which is no regular expression`, 'Check its brackets and escapes.');
  if (groups === 1) return valid(text);
  const remedy =
    groups === 0
      ? 'Put the number in round brackets: loss=([0-9.]+)'
      : 'Keep the brackets of the number; make the others (?:…).';
  return wrong(`is ${quoted(text)}, with ${groups} capture groups instead of one`, remedy);
}
