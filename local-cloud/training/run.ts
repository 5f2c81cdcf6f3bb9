import type { Context } from './context.ts';
import type { InterruptionWatch } from './interruption.ts';

/** How the containers of one start ended, taken together. */
export interface RunEnd {
  /** The first exit code that is not 0, else 0. */
  readonly exitCode: number;
  /** The kernel killed a process of that container for want of memory. */
  readonly outOfMemory?: boolean;
  /** Content of that container's failure file. */
  readonly failure?: string;
}

/** The containers of one start of a job. */
export interface TrainingRun {
  /** Resolves when every container has ended, however it came to it. Never rejects. */
  readonly ended: Promise<RunEnd>;
  signal(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** Last rites: the end of background work such as the checkpoint sync; `flush` lets it finish its round. */
  settle(flush: boolean): Promise<void>;
}

/** Runs the training of one job: scripted or real. */
export interface Trainer {
  /** Fetches input data, checkpoint and image for a fresh start. Rejects with a JobFailure. */
  prepare(context: Context): Promise<void>;
  /** Starts the containers; `seconds` is the length of a scripted training. Rejects with a JobFailure. */
  start(context: Context, watch: InterruptionWatch, seconds: number): Promise<TrainingRun>;
  /** Uploads what the last start left in the model and output directories. Rejects with a JobFailure. */
  upload(context: Context, succeeded: boolean): Promise<void>;
  /** Removes what was made for the job on this machine. */
  close(): Promise<void>;
}

/** A reason for the job to fail, in SageMaker's grammar: `ClientError: …`. */
export class JobFailure extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'JobFailure';
  }
}

/** Thrown through the phases when the job ends early; the cause is the job's. */
export class EndedEarly extends Error {}
