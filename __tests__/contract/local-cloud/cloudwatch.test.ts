import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cloudwatch } from '../../../local-cloud/cloudwatch/index.ts';
import { type Metric, metricStore } from '../../../local-cloud/cloudwatch/store.ts';
import { type Cloud, createCloud } from '../../../local-cloud/state.ts';
import { outcome } from './harness.ts';

const cloud: Cloud = createCloud();
const service = cloudwatch(cloud);
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

const NAMESPACE = '/aws/sagemaker/TrainingJobs';
const loss: Metric = {
  Namespace: NAMESPACE,
  MetricName: 'loss',
  Dimensions: [{ Name: 'TrainingJobName', Value: 'job' }],
};
const memory: Metric = {
  Namespace: NAMESPACE,
  MetricName: 'MemoryUtilization',
  Dimensions: [{ Name: 'Host', Value: 'job/algo-1' }],
};
const T = 1_800_000_000;

interface Data {
  readonly MetricDataResults: {
    readonly Id: string;
    readonly Label: string;
    readonly Timestamps: number[];
    readonly Values: number[];
    readonly StatusCode: string;
  }[];
  readonly NextToken?: string;
}

async function call(operation: string, input: Record<string, unknown>): Promise<unknown> {
  const headers = {};
  const principal = { id: 'test' };
  const body = Buffer.alloc(0);
  return (
    await service[operation]?.({
      service: 'cloudwatch',
      operation,
      principal,
      region: 'us-east-1',
      input,
      headers,
      body,
    })
  )?.output;
}

const query = (over: Record<string, unknown> = {}, metric: Metric = loss) => ({
  Id: 'q1',
  MetricStat: { Metric: metric, Period: 60, Stat: 'Average' },
  ...over,
});
const data = (queries: object[], over: Record<string, unknown> = {}) =>
  call('GetMetricData', {
    MetricDataQueries: queries,
    StartTime: T,
    EndTime: T + 300,
    ScanBy: 'TimestampAscending',
    ...over,
  }) as Promise<Data>;

function put(metric: Metric, points: readonly (readonly [number, number])[]): void {
  for (const [seconds, value] of points) cloud.shared(metricStore).put(metric, { at: (T + seconds) * 1000, value });
}

describe('GetMetricData', () => {
  it.each([
    ['Average', [2, 10]],
    ['Maximum', [3, 10]],
    ['Minimum', [1, 10]],
    ['Sum', [4, 10]],
    ['SampleCount', [2, 1]],
    ['p50', [1, 10]],
  ])('computes %s for each period that has values', async (Stat, values) => {
    put(loss, [
      [0, 1],
      [59, 3],
      [125, 10],
    ]);
    const {
      MetricDataResults: [result],
    } = await data([query({ MetricStat: { Metric: loss, Period: 60, Stat } })]);
    expect(result).toEqual({
      Id: 'q1',
      Label: 'loss',
      Timestamps: [T, T + 120],
      Values: values,
      StatusCode: 'Complete',
    });
  });

  it('wants exactly the dimensions of the metric, and says nothing when they differ', async () => {
    put(loss, [[0, 1]]);
    const fewer = { ...loss, Dimensions: [] };
    expect((await data([query({}, fewer)])).MetricDataResults).toMatchObject([{ Values: [], StatusCode: 'Complete' }]);
  });

  it('gives the newest first unless asked otherwise, and leaves the end of the window out', async () => {
    put(loss, [
      [0, 1],
      [60, 2],
      [300, 3],
    ]);
    expect((await data([query()], { ScanBy: undefined })).MetricDataResults[0]?.Values).toEqual([2, 1]);
  });

  it('reads a search expression over hosts', async () => {
    put(memory, [[0, 40]]);
    put(loss, [[0, 1]]);
    const Expression = `SEARCH('{${NAMESPACE},Host} job/algo-1', 'Average', 60)`;
    expect((await data([{ Id: 's', Expression }])).MetricDataResults).toMatchObject([
      { Id: 's', Label: 'job/algo-1 MemoryUtilization', Values: [40] },
    ]);
  });

  it('pages by datapoints', async () => {
    put(loss, [
      [0, 1],
      [60, 2],
      [120, 3],
    ]);
    put(memory, [[0, 4]]);
    const queries = [query(), query({ Id: 'q2' }, memory)];
    const first = await data(queries, { MaxDatapoints: 2 });
    expect(first.MetricDataResults).toMatchObject([{ Id: 'q1', Values: [1, 2], StatusCode: 'PartialData' }]);
    const second = await data(queries, { MaxDatapoints: 2, NextToken: first.NextToken });
    expect(second.MetricDataResults.map(({ Id, Values }) => [Id, Values])).toEqual([
      ['q1', [3]],
      ['q2', [4]],
    ]);
    expect(second.NextToken).toBeUndefined();
  });

  it.each([
    ['an Id with a capital', [query({ Id: 'Q' })]],
    ['one Id twice', [query(), query()]],
    ['more than 500 queries', Array.from({ length: 501 }, (_, i) => query({ Id: `q${i}` }))],
    ['a statistic that is none', [query({ MetricStat: { Metric: loss, Period: 60, Stat: 'Median' } })]],
    ['a period that is none', [query({ MetricStat: { Metric: loss, Period: 7, Stat: 'Sum' } })]],
    ['metric math', [{ Id: 'm', Expression: 'm1 + m2' }]],
  ])('refuses %s', async (_title, queries) => {
    await expect(outcome(data(queries))).resolves.toMatchObject({ name: 'ValidationError' });
  });

  it('refuses a window that ends before it starts', async () => {
    await expect(outcome(data([query()], { EndTime: T }))).resolves.toMatchObject({ name: 'ValidationError' });
  });
});

describe('ListMetrics', () => {
  it('finds by namespace, name and any of the dimensions', async () => {
    put(loss, [[0, 1]]);
    put(memory, [[0, 1]]);
    const list = async (input: object) =>
      ((await call('ListMetrics', { ...input })) as { Metrics: Metric[] }).Metrics.map(({ MetricName }) => MetricName);
    expect(await list({ Namespace: NAMESPACE })).toEqual(['loss', 'MemoryUtilization']);
    expect(await list({ Dimensions: [{ Name: 'Host' }] })).toEqual(['MemoryUtilization']);
    expect(await list({ MetricName: 'loss', Dimensions: [{ Name: 'TrainingJobName', Value: 'other' }] })).toEqual([]);
  });
});
