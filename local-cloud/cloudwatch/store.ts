import type { Cloud } from '../state.ts';

/** Namespace of everything SageMaker publishes about training jobs. */
export const TRAINING_NAMESPACE = '/aws/sagemaker/TrainingJobs';

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

export interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly Dimension[];
}

export interface Datapoint {
  /** Epoch milliseconds, cloud time. */
  readonly at: number;
  readonly value: number;
}

/** Metrics with their datapoints. A metric is its namespace, name and exact set of dimensions. */
export class MetricStore {
  readonly #series = new Map<string, { metric: Metric; points: Datapoint[] }>();

  put(metric: Metric, point: Datapoint): void {
    const id = identity(metric);
    const series = this.#series.get(id) ?? { metric, points: [] };
    series.points.push(point);
    this.#series.set(id, series);
  }

  /** All datapoints of exactly this metric, in the order they came. */
  points(metric: Metric): readonly Datapoint[] {
    return this.#series.get(identity(metric))?.points ?? [];
  }

  metrics(): Metric[] {
    return [...this.#series.values()].map(({ metric }) => metric);
  }

  clear(): void {
    this.#series.clear();
  }
}

function identity({ Namespace, MetricName, Dimensions }: Metric): string {
  return JSON.stringify([Namespace, MetricName, Dimensions.map(({ Name, Value }) => [Name, Value]).sort()]);
}

/** The metric store of a cloud; use it as `cloud.shared(metricStore)`. */
export function metricStore(cloud: Cloud): MetricStore {
  const store = new MetricStore();
  cloud.onReset(() => store.clear());
  return store;
}
