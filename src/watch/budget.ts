/** `max-cost` while the job runs: it is told to stop as soon as it may have cost more. */
import { messageOf } from '../failure.ts';
import { stopJob } from '../job/stop.ts';
import { costSoFarUsd } from '../plan/cost.ts';
import type { Clock, DescribeTrainingJobResponse, Trainer } from '../ports.ts';

export class Budget {
  readonly #maxCostUsd: number | undefined;
  readonly #doors: { readonly trainer: Pick<Trainer, 'stop'>; readonly clock: Pick<Clock, 'now'> };
  readonly #say: (text: string) => void;
  #stopped = false;

  constructor(
    maxCostUsd: number | undefined,
    doors: { readonly trainer: Pick<Trainer, 'stop'>; readonly clock: Pick<Clock, 'now'> },
    say: (text: string) => void,
  ) {
    this.#maxCostUsd = maxCostUsd;
    this.#doors = doors;
    this.#say = say;
  }

  /** Whether the job was told to stop for its cost. */
  get exceeded(): boolean {
    return this.#stopped;
  }

  /** A stop that fails is tried again at the next look. */
  async look(job: DescribeTrainingJobResponse): Promise<void> {
    const cost = costSoFarUsd(job, this.#doors.clock.now());
    if (this.#maxCostUsd === undefined || cost === undefined || cost < this.#maxCostUsd || this.#stopped) return;
    if (job.TrainingJobStatus !== 'InProgress') return;
    const result = await stopJob(job.TrainingJobName ?? '', { trainer: this.#doors.trainer });
    if (result.kind === 'failed') {
      this.#say(
        `The job costs more than max-cost, but could not be stopped: ${messageOf(result.error)}. Trying again.`,
      );
      return;
    }
    this.#stopped = result.kind === 'stopping';
    this.#say(
      `The job may have cost ${cost.toFixed(4)} USD by now, and max-cost is ${this.#maxCostUsd} USD: it is stopped.`,
    );
  }
}
