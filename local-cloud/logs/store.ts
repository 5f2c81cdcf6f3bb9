import type { Cloud } from '../state.ts';

export interface LogEvent {
  /** Epoch milliseconds, cloud time. */
  readonly timestamp: number;
  readonly message: string;
  /** When the event can be read; also its ingestion time. */
  readonly ingestionTime: number;
  /** Counts all events of the cloud in the order of writing. */
  readonly serial: number;
}

/** How a stream behaves when it is read, as a script wants it. */
export interface StreamManners {
  /** Seconds between the writing of an event and its being readable. */
  readonly lag: number;
  /** Empty pages before the first event. */
  readonly emptyPages: number;
  /** Most events on one page of GetLogEvents. */
  readonly pageEvents: number;
}

export interface LogStream {
  readonly name: string;
  readonly creationTime: number;
  /** In the order of time: a late line gets the time of the one before it. */
  readonly events: LogEvent[];
  readonly manners: StreamManners;
}

/** Where the streams of all training jobs are. */
export const TRAINING_LOG_GROUP = '/aws/sagemaker/TrainingJobs';

const PLAIN: StreamManners = { lag: 0, emptyPages: 0, pageEvents: 10_000 };

/** Log groups and streams. A stream is seen only when its first event can be read, and a group (unless made by hand) with its first stream. */
export class LogStore {
  readonly #now: () => number;
  readonly #groups = new Map<string, Map<string, LogStream>>();
  readonly #made = new Set<string>();
  #serial = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Writes an event; empty messages become a space, for CloudWatch knows no empty ones. */
  append(group: string, stream: string, message: string, manners: StreamManners = PLAIN, at = this.#now()): void {
    const { events } = this.#open(group, stream, manners);
    const last = events.at(-1);
    const timestamp = Math.max(at, last?.timestamp ?? 0);
    const ingestionTime = Math.max(timestamp + manners.lag * 1000, last?.ingestionTime ?? 0);
    this.#serial += 1;
    events.push({ timestamp, message: message === '' ? ' ' : message, ingestionTime, serial: this.#serial });
  }

  /** Makes the group exist though nothing was written to it. */
  openGroup(group: string): void {
    this.#made.add(group);
  }

  /** The streams that can be seen now, by name; undefined when the group does not exist. */
  streams(group: string): LogStream[] | undefined {
    const seen = [...(this.#groups.get(group)?.values() ?? [])].filter((stream) => this.readable(stream) > 0);
    if (seen.length === 0 && !this.#made.has(group)) return undefined;
    return seen.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** How many events of the stream can be read at a time (default: now): they are its first ones. */
  readable({ events }: LogStream, at = this.#now()): number {
    let [low, high] = [0, events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((events[middle]?.ingestionTime ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  clear(): void {
    this.#groups.clear();
    this.#made.clear();
  }

  #open(group: string, name: string, manners: StreamManners): LogStream {
    const streams = this.#groups.get(group) ?? new Map<string, LogStream>();
    this.#groups.set(group, streams);
    const stream = streams.get(name) ?? { name, creationTime: this.#now(), events: [], manners };
    streams.set(name, stream);
    return stream;
  }
}

/** The log store of a cloud; use it as `cloud.shared(logStore)`. */
export function logStore(cloud: Cloud): LogStore {
  const store = new LogStore(() => cloud.clock.now());
  cloud.onReset(() => store.clear());
  return store;
}
