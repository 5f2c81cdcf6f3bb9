/** The state of following one job: what was last known, what was told, when to ask again. */
import { messageOf } from '../failure.ts';
import { PROPAGATION_SECONDS, readServiceError } from '../job/service-errors.ts';
import { type JobStatus, type Phase, toJobStatus } from '../job/status.ts';
import type { Clock, DescribeTrainingJobResponse, Logs, Trainer } from '../ports.ts';
import type { Ending, Followed, JobEvent } from './events.ts';
import { type LogReader, makeLogReader } from './log-reader.ts';
import { logPause, statusPause, troublePause } from './schedule.ts';

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

/** AWS silent for so long: the job is reported as pending, never as failed. Seconds. */
const LONGEST_SILENCE = 1800;
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
      const count = await this.#readLogs();
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
      this.#job = await trainer.describe(this.#jobName);
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
      // Lines come with a new phase: look at once.
      this.#logsAt = now;
    }
    this.#statusAt = now + (this.#pollSeconds ?? statusPause(phase, now - this.#phaseAt));
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
    const kind = readServiceError('DescribeTrainingJob', error);
    const fresh = now - this.#startedAt < PROPAGATION_SECONDS.DescribeTrainingJob;
    this.#statusFailures++;
    if (this.#statusFailures === 1)
      this.#tell({ kind: 'trouble', what: 'The job could not be read', error: messageOf(error) });
    if (kind === 'expired') this.#lose(error, EXPIRED);
    else if ((kind === 'denied' || kind === 'unknown-job') && !fresh) this.#lose(error, DENIED);
    else if (now - this.#answeredAt > LONGEST_SILENCE) this.#lose(error, SILENT);
    this.#statusAt = now + troublePause(this.#statusFailures);
  }

  #lose(error: unknown, remedy: string): void {
    this.#lost = { kind: 'lost', why: messageOf(error), remedy };
  }

  /** How many lines there were; `undefined` when the log could not be read. */
  async #readLogs(): Promise<number | undefined> {
    const { clock } = this.#doors;
    let count: number | undefined;
    try {
      count = await this.#reader.read((lines) => this.#tell({ kind: 'lines', ...lines }));
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
}

const EXPIRED =
  'Give the role as `role-to-assume` (with `permissions: { id-token: write }`), so that the action renews its credentials; then run this job again: it finds the training job and follows it.';
const DENIED =
  'Allow sagemaker:DescribeTrainingJob on training-job/train-* for the role of this workflow, then run this job again: it finds the training job and follows it.';
const SILENT = 'AWS did not answer for half an hour. Run this job again: it finds the training job and follows it.';
