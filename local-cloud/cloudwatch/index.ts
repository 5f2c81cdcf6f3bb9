import type { Cloud } from '../state.ts';
import type { Service } from '../types.ts';
import { getMetricDataOperation } from './get-metric-data.ts';
import { listMetricsOperation } from './list-metrics.ts';

/** CloudWatch metrics, as far as they are read. */
export function cloudwatch(cloud: Cloud): Service {
  return { ...getMetricDataOperation(cloud), ...listMetricsOperation(cloud) };
}
