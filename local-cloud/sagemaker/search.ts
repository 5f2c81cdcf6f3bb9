import type { Cloud } from '../state.ts';
import type { Service } from '../types.ts';
import { indexedJobs } from './indexed.ts';
import { pageOf } from './page.ts';
import { type Found, fits, property, type SearchExpression } from './search-filter.ts';
import { searchJob } from './view.ts';

interface Input {
  readonly Resource: string;
  readonly SearchExpression?: SearchExpression;
  readonly SortBy?: string;
  readonly SortOrder?: 'Ascending' | 'Descending';
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

/** Results of a page when the caller names no number. */
const PAGE = 10;

/** Search, over training jobs; there are no other resources in this cloud. */
export function searchOperation(cloud: Cloud): Service {
  return {
    Search({ input }) {
      const request = input as unknown as Input;
      const now = cloud.clock.now();
      const all = request.Resource === 'TrainingJob' ? indexedJobs(cloud) : [];
      const found = all
        .map(({ job, state }) => searchJob(job, state, now))
        .filter((job) => fits(job, request.SearchExpression ?? {}));
      found.sort(order(request));
      const { items, next } = pageOf(found, request.NextToken, request.MaxResults ?? PAGE);
      return {
        output: {
          Results: items.map((TrainingJob) => ({ TrainingJob })),
          TotalHits: { Value: found.length, Relation: 'EqualTo' },
          ...next,
        },
      };
    },
  };
}

/** Jobs without the property come last, whatever the order. */
function order({ SortBy = 'LastModifiedTime', SortOrder = 'Descending' }: Input): (a: Found, b: Found) => number {
  const sign = SortOrder === 'Ascending' ? 1 : -1;
  return (a, b) => {
    const [left, right] = [property(a, SortBy), property(b, SortBy)] as (string | number | undefined)[];
    if (left === right) return 0;
    if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
    return left < right ? -sign : sign;
  };
}
