import type { GateResult, MetricValue } from '../metrics/judge.ts';
import { cut } from './cut.ts';
import { count, figure, figures } from './figures.ts';
import { code, prose, table } from './markdown.ts';

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

export function metricsTable(metrics: readonly MetricValue[], rows: number): string {
  if (metrics.length === 0) return '';
  const shown = metrics.slice(0, rows);
  const body = table(['Metric', 'Final', 'Min', 'Max', 'Points'], 'lrrrr', shown.map(metricRow));
  return body + remainder(metrics.length - shown.length, 'metric');
}

function metricRow({ name, last, min, max, points }: MetricValue): string[] {
  const final = last === undefined ? 'never seen' : `**${figure(last)}**`;
  return [code(cut(name, NAME_LIMIT)), final, figure(min), figure(max), String(points)];
}

function remainder(more: number, noun: string): string {
  return more > 0 ? `\n\n… and ${count(more, noun)} more, in the job summary and the outputs.` : '';
}
