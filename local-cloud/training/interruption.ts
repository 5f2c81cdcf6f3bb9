import { matchesGlob, type ScriptInterruption } from '../script.ts';
import type { CloudClock } from '../types.ts';
import { parseS3Folder, type TrainingRequest } from './request.ts';

/** Waits for the moment a scripted spot interruption is due within one start of the containers. */
export class InterruptionWatch {
  readonly script: ScriptInterruption | undefined;
  readonly #due = new AbortController();
  readonly #timer = new AbortController();
  readonly #checkpoints: string;
  #lines = 0;

  constructor(script: ScriptInterruption | undefined, { CheckpointConfig }: TrainingRequest) {
    this.script = script;
    this.#checkpoints = CheckpointConfig ? parseS3Folder(CheckpointConfig.S3Uri).key : '';
  }

  /** Aborted when the instances are reclaimed. */
  get due(): AbortSignal {
    return this.#due.signal;
  }

  /** Training has begun: the clock of `seconds` runs from here. */
  begin(clock: CloudClock): void {
    const seconds = this.script?.seconds;
    if (seconds === undefined) return;
    clock.sleep(seconds, this.#timer.signal).then(
      () => this.#timer.signal.aborted || this.#due.abort(),
      () => undefined,
    );
  }

  /** Node 1 has written a line. */
  sawLine(): void {
    this.#lines += 1;
    if (this.#lines === this.script?.logLines) this.#due.abort();
  }

  /** An object has been written under the checkpoint address. */
  sawCheckpoint(key: string): void {
    const wanted = this.script?.checkpoint;
    if (wanted !== undefined && matchesGlob(`*${wanted}`, key.slice(this.#checkpoints.length))) this.#due.abort();
  }

  /** The containers have ended on their own. */
  stop(): void {
    this.#timer.abort();
  }
}
