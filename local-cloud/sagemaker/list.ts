import type { Cloud } from '../state.ts';
import type { Service } from '../types.ts';
import { type IndexedJob, indexedJobs } from './indexed.ts';
import { pageOf } from './page.ts';
import { summarizeJob } from './view.ts';

interface Input {
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly CreationTimeAfter?: number;
  readonly CreationTimeBefore?: number;
  readonly LastModifiedTimeAfter?: number;
  readonly LastModifiedTimeBefore?: number;
  readonly NameContains?: string;
  readonly StatusEquals?: string;
  readonly SortBy?: 'Name' | 'CreationTime' | 'Status';
  readonly SortOrder?: 'Ascending' | 'Descending';
  readonly WarmPoolStatusEquals?: string;
  readonly TrainingPlanArnEquals?: string;
}

/** Jobs of a page when the caller names no number. */
const PAGE = 10;

/**
 * ListTrainingJobs. The filters by name and status work on a page after it was cut, so an empty page with a token is
 * nothing special.
 */
export function listOperation(cloud: Cloud): Service {
  return {
    ListTrainingJobs({ input }) {
      const request = input as Input;
      const sorted = indexedJobs(cloud).filter((each) => isInTime(each, request));
      sorted.sort(order(request));
      const { items, next } = pageOf(sorted, request.NextToken, request.MaxResults ?? PAGE);
      const kept = items.filter((each) => fits(each, request));
      return { output: { TrainingJobSummaries: kept.map(({ job, state }) => summarizeJob(job, state)), ...next } };
    },
  };
}

function isInTime({ job, state }: IndexedJob, request: Input): boolean {
  const { CreationTimeAfter = 0, LastModifiedTimeAfter = 0 } = request;
  const { CreationTimeBefore = Number.POSITIVE_INFINITY, LastModifiedTimeBefore = Number.POSITIVE_INFINITY } = request;
  const [created, modified] = [job.created / 1000, state.modified / 1000];
  return (
    created >= CreationTimeAfter &&
    created <= CreationTimeBefore &&
    modified >= LastModifiedTimeAfter &&
    modified <= LastModifiedTimeBefore
  );
}

/** No job here has a warm pool or a training plan. */
function fits({ job, state }: IndexedJob, request: Input): boolean {
  const { NameContains = '', StatusEquals, WarmPoolStatusEquals, TrainingPlanArnEquals } = request;
  if (WarmPoolStatusEquals !== undefined || TrainingPlanArnEquals !== undefined) return false;
  return job.name.includes(NameContains) && (StatusEquals === undefined || state.status === StatusEquals);
}

function order({ SortBy = 'CreationTime', SortOrder = 'Descending' }: Input): (a: IndexedJob, b: IndexedJob) => number {
  const key = ({ job, state }: IndexedJob): string | number =>
    ({ Name: job.name, CreationTime: job.created, Status: state.status })[SortBy];
  const sign = SortOrder === 'Ascending' ? 1 : -1;
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    return left === right ? 0 : left < right ? -sign : sign;
  };
}
