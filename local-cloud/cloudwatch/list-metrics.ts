import type { Cloud } from '../state.ts';
import { CloudError, type Service } from '../types.ts';
import { type Metric, metricStore } from './store.ts';

interface Input {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value?: string }[];
  readonly NextToken?: string;
}

/** Metrics of one page. */
const PAGE = 500;

/** ListMetrics: here a subset of the dimensions is enough, unlike GetMetricData. */
export function listMetricsOperation(cloud: Cloud): Service {
  return {
    ListMetrics({ input }) {
      const request = input as Input;
      const start = request.NextToken === undefined ? 0 : Number(request.NextToken);
      if (!Number.isInteger(start)) throw new CloudError('InvalidParameterValue', 'The next token is invalid.');
      const found = cloud
        .shared(metricStore)
        .metrics()
        .filter((metric) => isWanted(metric, request));
      const next = found.length > start + PAGE ? { NextToken: String(start + PAGE) } : {};
      return { output: { Metrics: found.slice(start, start + PAGE), ...next } };
    },
  };
}

function isWanted(metric: Metric, { Namespace, MetricName, Dimensions = [] }: Input): boolean {
  if (Namespace !== undefined && metric.Namespace !== Namespace) return false;
  if (MetricName !== undefined && metric.MetricName !== MetricName) return false;
  return Dimensions.every(({ Name, Value }) =>
    metric.Dimensions.some((each) => each.Name === Name && (Value === undefined || each.Value === Value)),
  );
}
