import type { Comparison } from '../metrics/baseline.ts';
import type { GateResult, MetricValue } from '../metrics/judge.ts';
import { changeCell } from './baseline-words.ts';
import { cut } from './cut.ts';
import { count, figure, figures } from './figures.ts';
import { code, prose, table } from './markdown.ts';
import type { Report } from './report.ts';

const NAME_LIMIT = 200;
const REASON_LIMIT = 300;

/** The gates with both sides as numbers; those that fail come first when not all find room. */
export function gatesTable(gates: readonly GateResult[], rows: number): string {
  if (gates.length === 0) return '';
  const shown =
    gates.length <= rows ? gates : [...gates].sort((a, b) => Number(a.holds) - Number(b.holds)).slice(0, rows);
  const body = table(['Gate', 'Value', 'Bound', 'Verdict'], 'lrrl', shown.map(gateRow));
  return body + remainder(gates.length - shown.length, 'gate');
}

function gateRow({ gate, holds, left, right, reason }: GateResult): string[] {
  const verdict = holds ? '✅ holds' : '❌ **does not hold**';
  const why = reason === undefined ? '' : `: ${prose(cut(reason, REASON_LIMIT))}`;
  return [code(cut(gate.text, NAME_LIMIT)), ...figures(left, right), verdict + why];
}

/** The metrics, beside those of the baseline where there are any. */
export function metricsTable(
  { metrics, baseline, outcome }: Pick<Report, 'metrics' | 'baseline' | 'outcome'>,
  rows: number,
): string {
  if (metrics.length === 0) return '';
  const value = outcome?.kind === 'completed' ? 'Final' : 'Last';
  const shown = metrics.slice(0, rows);
  const comparisons = new Map(baseline?.kind === 'found' ? baseline.comparisons.map((each) => [each.name, each]) : []);
  const body =
    comparisons.size === 0
      ? table(['Metric', value, 'Min', 'Max', 'Points'], 'lrrrr', shown.map(metricRow))
      : table(
          ['Metric', value, 'Baseline', 'Change', 'Min', 'Max', 'Points'],
          'lrrlrrr',
          shown.map((metric) => comparedRow(metric, comparisons.get(metric.name))),
        );
  return body + remainder(metrics.length - shown.length, 'metric');
}

function metricRow({ name, last, min, max, points }: MetricValue): string[] {
  const final = last === undefined ? 'never seen' : `**${figure(last)}**`;
  return [code(cut(name, NAME_LIMIT)), final, figure(min), figure(max), String(points)];
}

function comparedRow(metric: MetricValue, comparison: Comparison | undefined): string[] {
  const [name = '', final = '', ...rest] = metricRow(metric);
  if (comparison === undefined) return [name, final, '–', '–', ...rest];
  const [value, baseline] = figures(comparison.value, comparison.baseline);
  return [name, `**${value}**`, baseline, changeCell(comparison), ...rest];
}

function remainder(more: number, noun: string): string {
  return more > 0 ? `\n\n… and ${count(more, noun)} more, in the job summary and the outputs.` : '';
}
