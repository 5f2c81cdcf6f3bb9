import { runInNewContext } from 'node:vm';
import { type Metric, metricStore, TRAINING_NAMESPACE } from '../cloudwatch/store.ts';
import type { Cloud } from '../state.ts';
import type { Job, MetricValue } from './job.ts';
import type { MetricDefinition } from './request.ts';

type Reader = (line: string) => number | undefined;

/**
 * Reads a value off a line: the text of the first capture group, which must be a finite number. A regex this engine
 * does not know never matches, as a wrong one in the real service is no error but an absent metric.
 */
export function metricReader({ Regex }: MetricDefinition): Reader {
  const match = bounded(compile(Regex));
  return (line) => {
    const text = match(line)?.trim();
    const value = text ? Number(text) : Number.NaN;
    return Number.isFinite(value) ? value : undefined;
  };
}

/** A repeated group that holds a repetition: only such expressions can take time without end. */
const NESTED = /\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*[*+}](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)[*+{]/;
/** Milliseconds on one line; then the expression is given up and never matches again. */
const PATIENCE = 250;

/** The first capture group. Nobody knows what the service does with an expression that does not end; here it must not end the cloud. */
function bounded(regex: RegExp | undefined): (line: string) => string | undefined {
  if (regex === undefined || !NESTED.test(regex.source)) return (line) => regex?.exec(line)?.[1];
  let givenUp = false;
  return (line) => {
    if (givenUp) return undefined;
    let text: string | undefined;
    const match = () => {
      text = regex.exec(line)?.[1];
    };
    try {
      runInNewContext('match()', { match }, { timeout: PATIENCE });
    } catch {
      givenUp = true;
    }
    return text;
  };
}

/** Leading inline flags (`(?i)`) are not JavaScript's way, but users of other engines write them. */
function compile(source: string): RegExp | undefined {
  const [, flags = '', body = ''] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(source) ?? [];
  try {
    return new RegExp(body, flags);
  } catch {
    return undefined;
  }
}

/** The metrics of one job: into CloudWatch as they come, and the last value of each for FinalMetricDataList. */
export class JobMetrics {
  readonly #cloud: Cloud;
  readonly #job: Job;
  readonly #readers: readonly { readonly name: string; readonly read: Reader }[];
  readonly #last = new Map<string, MetricValue>();

  constructor(cloud: Cloud, job: Job) {
    this.#cloud = cloud;
    this.#job = job;
    const definitions = job.request.AlgorithmSpecification.MetricDefinitions ?? [];
    this.#readers = definitions.map((definition) => ({ name: definition.Name, read: metricReader(definition) }));
  }

  readLine(line: string, at: number): void {
    for (const { name, read } of this.#readers) {
      const value = read(line);
      if (value !== undefined) this.record(name, value, at);
    }
  }

  /** An algorithm metric: dimension TrainingJobName. */
  record(name: string, value: number, at: number): void {
    this.#last.set(name, { name, value, at });
    this.#put(name, { Name: 'TrainingJobName', Value: this.#job.name }, value, at);
  }

  /** A metric of the machine: dimension Host. */
  recordHost(host: string, name: string, value: number, at: number): void {
    this.#put(name, { Name: 'Host', Value: `${this.#job.name}/${host}` }, value, at);
  }

  final(): MetricValue[] {
    return [...this.#last.values()];
  }

  #put(name: string, dimension: Metric['Dimensions'][number], value: number, at: number): void {
    const metric = { Namespace: TRAINING_NAMESPACE, MetricName: name, Dimensions: [dimension] };
    this.#cloud.shared(metricStore).put(metric, { at, value });
  }
}
