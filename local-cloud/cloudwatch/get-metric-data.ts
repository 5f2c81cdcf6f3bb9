import type { Cloud } from '../state.ts';
import { type Answer, type Call, CloudError, type Service } from '../types.ts';
import { expandSearch } from './search.ts';
import { byPeriod, statistic } from './statistics.ts';
import { type Metric, metricStore } from './store.ts';

interface Query {
  readonly Id: string;
  readonly MetricStat?: { readonly Metric: Partial<Metric>; readonly Period: number; readonly Stat: string };
  readonly Expression?: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
}

interface Input {
  readonly MetricDataQueries: readonly Query[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly ScanBy?: 'TimestampAscending' | 'TimestampDescending';
  readonly MaxDatapoints?: number;
  readonly NextToken?: string;
}

/** One metric to be read, after search expressions are expanded. */
export interface Reading {
  readonly id: string;
  readonly label: string;
  readonly metric: Metric;
  readonly period: number;
  readonly stat: string;
}

/** Datapoints of one call and of one page. */
const MOST_DATAPOINTS = 100_800;
const MOST_QUERIES = 500;

function validationError(message: string): CloudError {
  return new CloudError('ValidationError', message);
}

/** GetMetricData: statistics by period of metrics and of SEARCH expressions. Metric math is refused. */
export function getMetricDataOperation(cloud: Cloud): Service {
  return { GetMetricData: (call) => getMetricData(cloud, call) };
}

function getMetricData(cloud: Cloud, { input }: Call): Answer {
  const request = input as unknown as Input;
  checkQueries(request);
  const readings = request.MetricDataQueries.filter(({ ReturnData }) => ReturnData !== false).flatMap((query) =>
    readingsOf(cloud, query),
  );
  const results = readings.map((reading) => read(cloud, reading, request));
  const size = Math.min(request.MaxDatapoints ?? MOST_DATAPOINTS, MOST_DATAPOINTS);
  const start = request.NextToken === undefined ? 0 : Number(request.NextToken);
  if (!Number.isInteger(start)) throw new CloudError('InvalidNextToken', 'The next token is invalid.');
  return { output: pageOf(results, start, size) };
}

interface Result {
  readonly Id: string;
  readonly Label: string;
  readonly Timestamps: readonly number[];
  readonly Values: readonly number[];
}

/** Datapoints are counted through all results; a result cut off by the page's end is `PartialData`. */
function pageOf(results: readonly Result[], start: number, size: number): object {
  let passed = 0;
  const shown = results.flatMap((result) => {
    const from = Math.max(start - passed, 0);
    const to = start + size - passed;
    const count = result.Timestamps.length;
    passed += count;
    if (to <= 0 || (from >= count && from > 0)) return [];
    const [Timestamps, Values] = [result.Timestamps.slice(from, to), result.Values.slice(from, to)];
    return [{ ...result, Timestamps, Values, StatusCode: to < count ? 'PartialData' : 'Complete' }];
  });
  const next = passed > start + size ? { NextToken: String(start + size) } : {};
  return { MetricDataResults: shown, Messages: [], ...next };
}

function checkQueries({ MetricDataQueries: queries, StartTime, EndTime }: Input): void {
  if (queries.length > MOST_QUERIES) {
    throw validationError(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`);
  }
  if (StartTime >= EndTime) throw validationError('The parameter StartTime must be less than the parameter EndTime.');
  const ids = new Set<string>();
  for (const { Id } of queries) {
    if (!/^[a-z][a-zA-Z0-9_]*$/.test(Id)) {
      throw validationError(
        `The value ${Id} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    }
    if (ids.has(Id)) throw validationError(`The id ${Id} is used by more than one query.`);
    ids.add(Id);
  }
}

function readingsOf(cloud: Cloud, { Id, MetricStat, Expression, Label }: Query): Reading[] {
  if ((MetricStat === undefined) === (Expression === undefined)) {
    throw validationError(`Exactly one of MetricStat and Expression must be given for the query ${Id}.`);
  }
  if (MetricStat === undefined) {
    return expandSearch(Expression ?? '', cloud.shared(metricStore).metrics()).map((found) => ({ id: Id, ...found }));
  }
  const { Namespace = '', MetricName = '', Dimensions = [] } = MetricStat.Metric;
  const metric = { Namespace, MetricName, Dimensions };
  return [{ id: Id, label: Label ?? MetricName, metric, period: MetricStat.Period, stat: MetricStat.Stat }];
}

function read(
  cloud: Cloud,
  { id, label, metric, period, stat }: Reading,
  { StartTime, EndTime, ScanBy }: Input,
): Result {
  const compute = statistic(stat);
  if (compute === undefined) throw validationError(`The value ${stat} for parameter Stat is not supported.`);
  if (![1, 5, 10, 30].includes(period) && period % 60 !== 0) {
    throw validationError('The parameter Period must be 1, 5, 10, 30 or a multiple of 60.');
  }
  const values = byPeriod(
    cloud.shared(metricStore).points(metric),
    { start: StartTime, end: EndTime, period },
    compute,
  );
  // Newest first is CloudWatch's own default.
  if (ScanBy !== 'TimestampAscending') values.reverse();
  return { Id: id, Label: label, Timestamps: values.map(({ time }) => time), Values: values.map(({ value }) => value) };
}
