/** The state of following one job: what was last known, what was told, when to ask again. */
import { messageOf } from '../failure.ts';
import { type JobStatus, type Phase, toJobStatus } from '../job/status.ts';
import type { Clock, DescribeTrainingJobResponse, Logs, Trainer } from '../ports.ts';
import type { Ending, Followed, JobEvent } from './events.ts';
import { type LogReader, makeLogReader } from './log-reader.ts';
import { remedyForLoss } from './loss.ts';
import { logPause, mustList, nextStretch, statusPause, troublePause } from './schedule.ts';

export interface WatchDoors {
  readonly trainer: Pick<Trainer, 'describe'>;
  readonly logs: Logs;
  readonly clock: Clock;
  /** Cancels the following, not the job. */
  readonly signal: AbortSignal;
}

export interface WatchTask {
  readonly jobName: string;
  /** Seconds between two looks at the status; adaptive when undefined. */
  readonly pollSeconds: number | undefined;
  /** Sees every answer of SageMaker before the next question. */
  readonly look?: (job: DescribeTrainingJobResponse) => Promise<void>;
}

/**
 * Log events can arrive ten seconds and more behind the end: the log counts as complete after so many empty reads in a
 * row, so many seconds apart, and is given up after so many seconds, or as many reads that failed.
 */
const EMPTY_READS = 3;
const DRAIN_PAUSE = 5;
const LONGEST_DRAIN = 60;
const FAILED_READS = 4;

/** One job under watch: status and logs share this clock, each with its own next time. */
export class JobWatch {
  readonly #jobName: string;
  readonly #pollSeconds: number | undefined;
  readonly #look: WatchTask['look'];
  readonly #doors: WatchDoors;
  readonly #tell: (event: JobEvent) => void;
  readonly #reader: LogReader;
  readonly #startedAt: number;
  #job: DescribeTrainingJobResponse | undefined;
  #status: JobStatus | undefined;
  #lost: Ending | undefined;
  #told = 0;
  #lastMessage = '';
  #phase: Phase | undefined;
  #phaseAt: number;
  #statusAt = 0;
  #logsAt = 0;
  #lineAt: number;
  #answeredAt: number;
  #listedAt = Number.NEGATIVE_INFINITY;
  #stretch = 1;
  #statusFailures = 0;
  #logFailures = 0;

  constructor({ jobName, pollSeconds, look }: WatchTask, doors: WatchDoors, tell: (event: JobEvent) => void) {
    this.#jobName = jobName;
    this.#pollSeconds = pollSeconds;
    this.#look = look;
    this.#doors = doors;
    this.#tell = tell;
    this.#reader = makeLogReader(jobName, doors.logs);
    const now = doors.clock.now();
    this.#startedAt = now;
    this.#phaseAt = now;
    this.#lineAt = now;
    this.#answeredAt = now;
  }

  async askWhatIsDue(): Promise<void> {
    if (this.#doors.clock.now() >= this.#statusAt) await this.#askStatus();
    if (!this.ending() && this.#doors.clock.now() >= this.#logsAt) await this.#readLogs();
  }

  pause(): number {
    return Math.max(0, Math.min(this.#statusAt, this.#logsAt) - this.#doors.clock.now());
  }

  ending(): Ending | undefined {
    if (this.#status && this.#status.kind !== 'live') return { kind: 'ended', status: this.#status };
    return this.#lost;
  }

  followed(ending: Ending): Followed {
    return { ending, job: this.#job, sawLog: this.#reader.streams() > 0 };
  }

  /** Log events can arrive after the end: read until it stays quiet. */
  async drain(): Promise<void> {
    if (this.#lost) return;
    const { clock, signal } = this.#doors;
    const giveUpAt = clock.now() + LONGEST_DRAIN;
    const ranAtAll = this.#status?.transitions.some(({ status }) => status === 'Training') ?? false;
    for (let empty = 0, failed = 0; !signal.aborted; ) {
      const count = await this.#readLogs(true);
      if (!ranAtAll && this.#reader.streams() === 0) return;
      // A read that failed is no silence.
      if (count === undefined) failed++;
      else empty = count === 0 ? empty + 1 : 0;
      if (empty >= EMPTY_READS || failed >= FAILED_READS || clock.now() + DRAIN_PAUSE > giveUpAt) return;
      await clock.sleep(DRAIN_PAUSE, signal);
    }
  }

  async #askStatus(): Promise<void> {
    const { trainer, clock } = this.#doors;
    try {
      const answer = await trainer.describe(this.#jobName);
      this.#job = answer;
      this.#stretch = nextStretch(this.#stretch, answer.$metadata?.attempts ?? 1);
    } catch (error) {
      return this.#statusTrouble(error);
    }
    this.#statusFailures = 0;
    const now = clock.now();
    this.#answeredAt = now;
    const status = toJobStatus(this.#job);
    this.#status = status;
    await this.#look?.(this.#job);
    this.#tellTransitions(status);
    const phase = status.kind === 'live' ? status.phase : undefined;
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.#phaseAt = now;
      // Lines come with a new phase: look at once, and often at first.
      this.#logsAt = now;
      this.#lineAt = now;
    }
    this.#statusAt = now + (this.#pollSeconds ?? statusPause(phase, now - this.#phaseAt)) * this.#stretch;
  }

  /** New transitions, and the present one again when only its message has changed. */
  #tellTransitions({ transitions }: JobStatus): void {
    const last = transitions.at(-1);
    const from =
      last && this.#told === transitions.length && last.message !== this.#lastMessage ? this.#told - 1 : this.#told;
    for (const { status, message, startedAt } of transitions.slice(from)) {
      this.#tell({ kind: 'transition', status, message, at: startedAt });
    }
    this.#told = Math.max(this.#told, transitions.length);
    this.#lastMessage = last?.message ?? '';
  }

  #statusTrouble(error: unknown): void {
    const now = this.#doors.clock.now();
    this.#statusFailures++;
    if (this.#statusFailures === 1)
      this.#tell({ kind: 'trouble', what: 'The job could not be read', error: messageOf(error) });
    const blindness = { followedFor: now - this.#startedAt, silentFor: now - this.#answeredAt };
    const remedy = remedyForLoss(error, blindness);
    if (remedy !== undefined) this.#lost = { kind: 'lost', why: messageOf(error), remedy };
    this.#statusAt = now + troublePause(this.#statusFailures);
  }

  /** How many lines there were; `undefined` when the log could not be read. */
  async #readLogs(list = this.#mustList()): Promise<number | undefined> {
    const { clock } = this.#doors;
    let count: number | undefined;
    try {
      count = await this.#reader.read((lines) => this.#tell({ kind: 'lines', ...lines }), list);
      if (list) this.#listedAt = clock.now();
      this.#logFailures = 0;
    } catch (error) {
      this.#logFailures++;
      if (this.#logFailures === 1)
        this.#tell({ kind: 'trouble', what: 'The training log could not be read', error: messageOf(error) });
    }
    const now = clock.now();
    if (count) this.#lineAt = now;
    this.#logsAt =
      now + (this.#logFailures > 0 ? troublePause(this.#logFailures) : logPause(now - this.#lineAt, this.#phase));
    return count;
  }

  #mustList(): boolean {
    const now = this.#doors.clock.now();
    const isMissing = this.#reader.streams() < (this.#job?.ResourceConfig?.InstanceCount ?? 1);
    return mustList(isMissing, this.#phase, now - this.#phaseAt, now - this.#listedAt);
  }
}
