import type { ScriptDelays } from '../script.ts';
import type { TrainingRequest } from './request.ts';

export type JobStatus = 'InProgress' | 'Stopping' | 'Completed' | 'Failed' | 'Stopped';

export type SecondaryStatus =
  | 'Starting'
  | 'Pending'
  | 'Downloading'
  | 'Training'
  | 'Interrupted'
  | 'Uploading'
  | 'Stopping'
  | 'Updating'
  | 'Restarting'
  | FinalStatus;

export type FinalStatus = 'Completed' | 'Failed' | 'Stopped' | 'MaxRuntimeExceeded' | 'MaxWaitTimeExceeded';

/** Times in epoch milliseconds, cloud time, as everywhere in the job. */
export interface Transition {
  readonly status: SecondaryStatus;
  readonly start: number;
  readonly end?: number;
  readonly message: string;
}

/** How a job came to run: told by `GET /_local/jobs`, not by the API. */
export type LocalMode = 'scripted' | 'docker' | 'process' | 'process-sm-paths';

export interface MetricValue {
  readonly name: string;
  readonly value: number;
  readonly at: number;
}

/** What changes in a job; every change replaces it, so that the search index can lag behind. */
export interface JobState {
  readonly status: JobStatus;
  readonly secondary: SecondaryStatus;
  readonly transitions: readonly Transition[];
  /** When this state began, tag changes included. */
  readonly at: number;
  /** When the job itself changed last. */
  readonly modified: number;
  readonly tags: ReadonlyMap<string, string>;
  readonly trainingStart?: number;
  readonly trainingEnd?: number;
  readonly trainingSeconds?: number;
  readonly billableSeconds?: number;
  readonly failureReason?: string;
  readonly finalMetrics: readonly MetricValue[];
}

/** What stops a job before its end. */
export type EndCause = 'Stopped' | 'MaxRuntimeExceeded' | 'MaxWaitTimeExceeded' | 'closed';

/** One training job, from its creation on. */
export class Job {
  readonly arn: string;
  readonly request: TrainingRequest;
  readonly created: number;
  readonly delays: ScriptDelays;
  localMode: LocalMode = 'scripted';
  readonly #now: () => number;
  readonly #ending = new AbortController();
  readonly #closing = new AbortController();
  readonly #history: JobState[];
  #cause: EndCause | undefined;

  constructor(arn: string, request: TrainingRequest, now: () => number, delays: ScriptDelays) {
    this.arn = arn;
    this.request = request;
    this.delays = delays;
    this.#now = now;
    this.created = now();
    const start = { status: 'Starting', start: this.created, message: 'Starting the training job' } as const;
    const tags = new Map((request.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    const times = { at: this.created, modified: this.created };
    this.#history = [
      { status: 'InProgress', secondary: 'Starting', transitions: [start], ...times, tags, finalMetrics: [] },
    ];
  }

  get name(): string {
    return this.request.TrainingJobName;
  }

  get state(): JobState {
    return this.#history.at(-1) as JobState;
  }

  /** The state as it was at a time; undefined before the creation. */
  stateAt(time: number): JobState | undefined {
    return this.#history.findLast(({ at }) => at <= time);
  }

  get isTerminal(): boolean {
    return ['Completed', 'Failed', 'Stopped'].includes(this.state.status);
  }

  /** Set as soon as something ends the job early; the first cause counts. */
  get cause(): EndCause | undefined {
    return this.#cause;
  }

  /** Aborted when the job is to end early. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Aborted when the cloud itself ends: no grace for anybody. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  end(cause: EndCause): void {
    this.#cause = cause === 'closed' ? cause : (this.#cause ?? cause);
    if (cause === 'closed') this.#closing.abort();
    this.#ending.abort();
  }

  /** Enters a secondary status, or changes the message of the one it is in. */
  enter(secondary: SecondaryStatus, message: string, status: JobStatus = this.state.status): void {
    const now = this.#now();
    const transitions = [...this.state.transitions];
    const last = transitions.at(-1);
    if (last?.status === secondary) transitions[transitions.length - 1] = { ...last, message };
    else {
      if (last) transitions[transitions.length - 1] = { ...last, end: now };
      transitions.push({ status: secondary, start: now, message });
    }
    this.update({ status, secondary, transitions });
  }

  /** The end: the last transition begins and ends at once. */
  finish(status: JobStatus, secondary: FinalStatus, message: string, rest: Partial<JobState>): void {
    this.enter(secondary, message, status);
    const now = this.#now();
    const last = this.state.transitions.at(-1) as Transition;
    this.update({ transitions: [...this.state.transitions.slice(0, -1), { ...last, end: now }], ...rest });
  }

  update(change: Partial<JobState>): void {
    const at = this.#now();
    const modified = change.tags === undefined ? at : this.state.modified;
    this.#history.push({ ...this.state, ...change, at, modified });
  }
}
