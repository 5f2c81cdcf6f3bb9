/** A training job in simulated time: the doors that src/watch asks, and the clock they share. */
import type { Clock, DescribeTrainingJobResponse, LogPage, LogStream } from '../../src/ports.ts';

/** Secondary statuses with their lengths, in seconds, and the seconds after the start of training at which lines come. */
export interface JobScript {
  readonly phases: readonly { readonly status: string; readonly seconds: number }[];
  readonly lines: readonly number[];
}

/** How long AWS takes to answer, and how late a line can be read. Seconds. */
const ANSWER = 0.12;
const LOG_LAG = 6;
const GROUP_NAME = 'train-job';

export class SimulatedJob {
  readonly #script: JobScript;
  readonly #starts: readonly number[];
  readonly #trainingAt: number;
  readonly endsAt: number;
  calls = 0;
  /** When a description first told the end; NaN before. */
  noticedAt = Number.NaN;
  #now = 0;

  constructor(script: JobScript) {
    this.#script = script;
    let at = 0;
    this.#starts = script.phases.map(({ seconds }) => {
      const start = at;
      at += seconds;
      return start;
    });
    this.endsAt = at;
    this.#trainingAt = this.#starts[script.phases.findIndex(({ status }) => status === 'Training')] ?? 0;
  }

  /** Simulated: only one task waits at a time, so time can simply jump to its end. */
  readonly clock: Clock = {
    now: () => this.#now,
    sleep: async (seconds) => {
      this.#now += Math.max(0, seconds);
    },
  };

  readonly trainer = {
    describe: async (): Promise<DescribeTrainingJobResponse> => {
      const at = this.#asked();
      const isOver = at >= this.endsAt;
      if (isOver && Number.isNaN(this.noticedAt)) this.noticedAt = this.#now;
      const passed = this.#script.phases.filter((_, index) => (this.#starts[index] ?? 0) <= at);
      const SecondaryStatusTransitions = passed.map(({ status }, index) => ({
        Status: status as 'Training',
        StartTime: new Date((this.#starts[index] ?? 0) * 1000),
      }));
      return {
        TrainingJobName: GROUP_NAME,
        TrainingJobStatus: isOver ? 'Completed' : 'InProgress',
        SecondaryStatus: isOver ? 'Completed' : (passed.at(-1)?.status as 'Training'),
        SecondaryStatusTransitions,
      } as DescribeTrainingJobResponse;
    },
  };

  readonly logs = {
    streams: async (): Promise<readonly LogStream[]> =>
      this.#readable(this.#asked()) > 0 ? [{ name: `${GROUP_NAME}/algo-1-1` }] : [],
    events: async (_: string, token = '0'): Promise<LogPage> => {
      const readable = this.#readable(this.#asked());
      const events = Array.from({ length: readable - Number(token) }, () => ({ timestamp: 0, message: 'a line' }));
      return { events, nextToken: String(readable) };
    },
  };

  /** The moment AWS looks at a question; its answer is there a little later. */
  #asked(): number {
    this.calls++;
    const at = this.#now + ANSWER / 2;
    this.#now += ANSWER;
    return at;
  }

  #readable(at: number): number {
    return this.#script.lines.filter((line) => this.#trainingAt + line + LOG_LAG <= at).length;
  }
}
