import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { HostSeries, Metrics, MetricsQuestion } from '../ports.ts';
import { askAgainWhenUnreadable, type ClientConfig } from './client.ts';

/** Everything Amazon SageMaker publishes about training jobs. */
const NAMESPACE = '/aws/sagemaker/TrainingJobs';
/** GetMetricData takes no more queries at once. */
const MOST_QUERIES = 500;
/** Of one question; GetMetricData answers 100,800 points a page. */
const MOST_PAGES = 10;

export function openMetrics(config: ClientConfig): Metrics {
  const client = askAgainWhenUnreadable(new CloudWatchClient(config));
  return {
    series: async (question) => {
      const metrics = question.metrics.slice(0, MOST_QUERIES);
      const points = await readPoints(client, { ...question, metrics });
      return metrics.map((metric, index): HostSeries => ({ ...metric, points: points.get(idOf(index)) ?? [] }));
    },
  };
}

/** A query's id must begin with a small letter. */
function idOf(index: number): string {
  return `m${index}`;
}

async function readPoints(
  client: CloudWatchClient,
  { jobName, metrics, from, to, period }: MetricsQuestion,
): Promise<ReadonlyMap<string, [number, number][]>> {
  const queries = metrics.map(
    ({ host, name, statistic }, index): MetricDataQuery => ({
      Id: idOf(index),
      MetricStat: {
        Metric: {
          Namespace: NAMESPACE,
          MetricName: name,
          Dimensions: [{ Name: 'Host', Value: `${jobName}/${host}` }],
        },
        Period: period,
        Stat: statistic,
      },
    }),
  );
  const points = new Map<string, [number, number][]>();
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES && (page === 0 || next); page++) {
    const answer = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(from * 1000),
        EndTime: new Date(to * 1000),
        ScanBy: 'TimestampAscending',
        NextToken: next,
      }),
    );
    for (const { Id = '', Timestamps = [], Values = [] } of answer.MetricDataResults ?? []) {
      const known = points.get(Id) ?? [];
      Timestamps.forEach((time, index) => {
        const value = Values[index];
        if (value !== undefined) known.push([time.getTime() / 1000, value]);
      });
      points.set(Id, known);
    }
    next = answer.NextToken;
  }
  return points;
}
