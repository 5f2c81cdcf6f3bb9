import { CloudError } from '../types.ts';
import type { Reading } from './get-metric-data.ts';
import type { Metric } from './store.ts';

/**
 * The metrics that `SEARCH('{Namespace,Dimension,…} terms', 'Stat', Period)` names: those with exactly these
 * dimensions in whose name or dimension values every term occurs. Throws ValidationError for any other expression.
 */
export function expandSearch(expression: string, metrics: readonly Metric[]): Omit<Reading, 'id'>[] {
  const match = /^\s*SEARCH\(\s*'\s*(?:\{([^}]*)\})?\s*(.*?)'\s*,\s*'([^']+)'\s*,\s*(\d+)\s*\)\s*$/s.exec(expression);
  if (!match) throw new CloudError('ValidationError', `Error in expression '${expression}': only SEARCH is known here`);
  const [, schema = '', terms = '', stat = '', period = ''] = match;
  const [namespace, ...dimensions] = schema.split(',').map((part) => part.trim().replace(/^"|"$/g, ''));
  const words = [...terms.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? '').toLowerCase(),
  );
  return metrics
    .filter((metric) => !namespace || fitsSchema(metric, namespace, dimensions))
    .filter((metric) => words.every((word) => searchText(metric).includes(word)))
    .map((metric) => ({
      label: [...metric.Dimensions.map(({ Value }) => Value), metric.MetricName].join(' '),
      metric,
      period: Number(period),
      stat,
    }));
}

function fitsSchema(metric: Metric, namespace: string, dimensions: readonly string[]): boolean {
  const names = metric.Dimensions.map(({ Name }) => Name).sort();
  return metric.Namespace === namespace && names.join() === [...dimensions].sort().join();
}

function searchText({ MetricName, Dimensions }: Metric): string {
  return [`metricname=${MetricName}`, ...Dimensions.flatMap(({ Name, Value }) => [`${Name}=${Value}`])]
    .join(' ')
    .toLowerCase();
}
