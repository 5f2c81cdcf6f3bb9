/** The metrics of the baseline job, in the same definitions. */

import type { Inputs } from '../inputs/inputs.ts';
import type { DescribeTrainingJobResponse, Logs, Trainer, WithinTime } from '../ports.ts';
import { makeLogReader } from '../watch/log-reader.ts';
import { quantitiesOf } from './expression.ts';
import { finalMetrics } from './final.ts';
import type { MetricValue } from './judge.ts';
import { observe } from './observe.ts';

export interface MeasureDoors {
  readonly trainer: Pick<Trainer, 'describe'>;
  readonly logs: Logs;
  readonly withinTime: WithinTime;
}

/** Reads of the log in one go: a job that ended long ago has nothing new to say. */
const MOST_READS = 20;

/**
 * SageMaker keeps the last value of the metrics that the job defined. Its log is read only for what those do not give:
 * smallest and largest values that a gate compares, and metrics that were defined later.
 */
export async function measureBaseline(
  jobName: string,
  { metrics: definitions, presets, gates }: Inputs['judge'],
  doors: MeasureDoors,
): Promise<{ readonly metrics: readonly MetricValue[]; readonly createdAt: string | undefined }> {
  const job: DescribeTrainingJobResponse = await doors.trainer.describe(jobName);
  const finals = job.FinalMetricDataList ?? [];
  const known = new Set(finals.map(({ MetricName }) => MetricName));
  const extremes = gates.some(
    (gate) =>
      gate.usesBaseline && [gate.left, gate.right].some((side) => quantitiesOf(side).some(({ of }) => of !== 'last')),
  );
  const observer = observe(definitions, { presets, withinTime: doors.withinTime });
  if (extremes || presets.length > 0 || definitions.some(({ name }) => !known.has(name))) {
    const reader = makeLogReader(jobName, doors.logs);
    for (let reads = 0; reads < MOST_READS; reads++) {
      if ((await reader.read(({ node, lines }) => observer.lines(node, lines), reads === 0)) === 0) break;
    }
  }
  const metrics = finalMetrics(definitions, finals, observer.observed());
  return { metrics, createdAt: job.CreationTime?.toISOString() };
}
