import type { Untrusted } from '../hostile/text.ts';
import type { EndedStatus } from '../job/status.ts';
import type { DescribeTrainingJobResponse } from '../ports.ts';

/** Lines of one node's log, as they were written. */
export interface NodeLines {
  /** `algo-1`, `algo-2`, … */
  readonly node: string;
  readonly lines: readonly Untrusted[];
  /** Epoch milliseconds of each line, where the log service tells them. */
  readonly times?: readonly number[];
}

/** What can be told of a job while it is followed. */
export type JobEvent =
  | { readonly kind: 'transition'; readonly status: string; readonly message: Untrusted; readonly at: number }
  | ({ readonly kind: 'lines' } & NodeLines)
  /** Something could not be read; following goes on. */
  | { readonly kind: 'trouble'; readonly what: string; readonly error: Untrusted };

export type Ending =
  | { readonly kind: 'ended'; readonly status: EndedStatus }
  /** The run was cancelled; the job goes on until somebody stops it. */
  | { readonly kind: 'cancelled' }
  /** `wait-timeout` is over: the job goes on without this run. */
  | { readonly kind: 'timeout' }
  /** The observer lost its sight of the job; nothing is known of the job's end. */
  | { readonly kind: 'lost'; readonly why: Untrusted; readonly remedy: string };

export interface Followed {
  readonly ending: Ending;
  /** The last answer of DescribeTrainingJob; absent when there never was one. */
  readonly job: DescribeTrainingJobResponse | undefined;
  /** Whether any log stream was ever seen: without one the container never wrote a line. */
  readonly sawLog: boolean;
}
