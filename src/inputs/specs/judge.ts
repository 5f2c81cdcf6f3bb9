import { captureGroups } from '../../metrics/definitions.ts';
import type { Direction } from '../../metrics/direction.ts';
import { type Gate, parseGates } from '../../metrics/gate.ts';
import { maximumOf, violation } from '../constraints.ts';
import { metricsInput } from '../metrics-input.ts';
import { type Parsed, quoted, valid, wrong } from '../problem.ts';
import { accepted, amount, line, oneOf } from '../scalar.ts';
import { optional, withDefault } from '../spec.ts';
import { spellingOf } from '../yaml-document.ts';
import { mapOf } from '../yaml-map.ts';

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
  objective: optional({
    group: 'metrics and gate',
    description:
      'Which way each metric is better, to tell better from worse beside the baseline: a YAML map, `val_mape: minimize`. Without it, names with a word such as `loss`, `mape`, `rmse`, `error`, `perplexity` are minimized, `accuracy`, `auc`, `f1`, `r2`, `map`, `iou` maximized, and of others nothing is said.',
    read: mapOf({
      key: accepted(
        'CreateTrainingJob.AlgorithmSpecification.MetricDefinitions[].Name',
        'Use 1 to 255 characters on one line.',
      ),
      value: (node) => direction(spellingOf(node) ?? ''),
      maxEntries: maximumOf('CreateTrainingJob.AlgorithmSpecification.MetricDefinitions'),
    }),
  }),
  gates: optional({
    group: 'metrics and gate',
    description:
      'What must hold of the finished training, one comparison a line, such as `val_loss <= 0.12`, `max(accuracy) > 0.9` `cost_usd < 2` or `val_loss <= baseline * 1.02`; all must hold. `baseline` is the same metric of the baseline job. A metric is its last value, or its `min(…)` or `max(…)`. A name without an entry in `metrics` is read from lines such as `val_loss=0.1` or `val_loss: 0.1`. Lines that start with `#` are skipped.',
    read: gates,
  }),
  'missing-metric': withDefault({
    group: 'metrics and gate',
    description: 'What a gate does when its metric was never reported: `fail`, or let it pass with a warning: `warn`.',
    default: 'fail',
    read: oneOf(['fail', 'warn']),
  }),
  baseline: withDefault({
    group: 'metrics and gate',
    description:
      'The training to compare with: `base`, the last completed one of this name on the base branch of the pull request (outside of pull requests: on the default branch), or of a pull request merged into it (with `fetch-depth: 0`, of those the last one that what is trained here contains); the name of another branch, or of a job; or `none`.',
    default: 'base',
    read: line('a branch or a job name', 255),
  }),
  'missing-baseline': withDefault({
    group: 'metrics and gate',
    description: 'What a gate with `baseline` does when there is no baseline: `pass`, or `fail`.',
    default: 'pass',
    read: oneOf(['pass', 'fail']),
  }),
  'max-cost': optional({
    group: 'metrics and gate',
    description:
      'What the training may cost at most, USD, by on-demand prices. Nothing is started whose worst case is dearer: price × instances × (`max-run` + 10 min). A job that takes longer than that all the same is stopped, and the run fails.',
    read: amount,
  }),
};

function gates(text: string): Parsed<readonly Gate[]> {
  const parsed = parseGates(text);
  const syntax = parsed.mistakes.map(({ column, ...mistake }) => ({
    ...mistake,
    at: `line ${mistake.line}, column ${column}`,
  }));
  return syntax.length === 0 ? valid(parsed.gates) : { ok: false, mistakes: syntax };
}

function direction(text: string): Parsed<Direction> {
  return oneOf(['minimize', 'maximize'])(text);
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
