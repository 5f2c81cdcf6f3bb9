import { scriptBytes } from '../script.ts';
import { modelKey } from './artifacts.ts';
import { type Context, type LineWriter, lineWriter } from './context.ts';
import type { InterruptionWatch } from './interruption.ts';
import { OutputLines } from './output-lines.ts';
import { scriptedExitCode } from './plan.ts';
import { parseS3Folder } from './request.ts';
import type { RunEnd, Trainer, TrainingRun } from './run.ts';
import { type ScriptEvent, Timeline } from './timeline.ts';

/** Plays a job's script: nothing runs, but every service shows what a real run would have left. */
export class ScriptedTrainer implements Trainer {
  readonly #timeline: Timeline;
  /** Seconds of training played in earlier starts. */
  #played = 0;

  constructor({ plan }: Context) {
    this.#timeline = new Timeline(plan.script);
  }

  async prepare(): Promise<void> {}

  async start(context: Context, watch: InterruptionWatch, seconds: number): Promise<TrainingRun> {
    const stop = new AbortController();
    const ended = this.#play(context, watch, seconds, stop.signal);
    return { ended, signal: () => stop.abort(), settle: async () => undefined };
  }

  async upload({ cloud, job, plan }: Context, succeeded: boolean): Promise<void> {
    if (!succeeded || plan.script.modelArtifacts === false) return;
    const { bucket, key } = modelKey(job.request);
    cloud.s3.put(bucket, key, Buffer.from('model of a scripted job'));
  }

  async close(): Promise<void> {}

  async #play(context: Context, watch: InterruptionWatch, seconds: number, signal: AbortSignal): Promise<RunEnd> {
    const { clock } = context.cloud;
    const start = clock.now();
    const from = this.#played;
    const writers = context.hosts.map((host) => lineWriter(context, host, watch));
    while (!signal.aborted) {
      const elapsed = Math.min((clock.now() - start) / 1000, seconds);
      this.#played = from + elapsed;
      this.#emitDue(context, watch, writers, start - from * 1000);
      if (elapsed >= seconds) break;
      const next = (this.#timeline.peek()?.at ?? Number.POSITIVE_INFINITY) - from;
      await clock.sleep(Math.max(Math.min(next, seconds) - (clock.now() - start) / 1000, 0), signal);
    }
    // On a busy machine the reclaim comes late: what was due by then counts as played, or the rest would be too short for it.
    if (signal.aborted) this.#played = from + Math.min((clock.now() - start) / 1000, seconds);
    return signal.aborted ? { exitCode: 137 } : { exitCode: scriptedExitCode(context.plan) };
  }

  #emitDue(context: Context, watch: InterruptionWatch, writers: readonly LineWriter[], origin: number): void {
    for (let event = this.#timeline.peek(); event && event.at <= this.#played; event = this.#timeline.peek()) {
      if (watch.due.aborted) return;
      this.#timeline.take();
      emit(context, watch, writers, event, origin + event.at * 1000);
    }
  }
}

function emit(
  context: Context,
  watch: InterruptionWatch,
  writers: readonly LineWriter[],
  event: ScriptEvent,
  at: number,
): void {
  const { hosts, metrics, plan } = context;
  switch (event.kind) {
    case 'line':
      writeLine(writers, event, at, plan.script.logs?.perNode ?? true);
      break;
    case 'metric':
      metrics.record(event.name, event.value, at);
      break;
    case 'host-metric':
      for (const host of hosts) metrics.recordHost(host.name, event.name, event.value, at);
      break;
    case 'checkpoint':
      writeCheckpoint(context, watch, event.checkpoint);
  }
}

function writeCheckpoint(
  { cloud, job }: Context,
  watch: InterruptionWatch,
  checkpoint: Extract<ScriptEvent, { kind: 'checkpoint' }>['checkpoint'],
): void {
  const { CheckpointConfig } = job.request;
  if (CheckpointConfig === undefined) return;
  const { bucket, key } = parseS3Folder(CheckpointConfig.S3Uri);
  cloud.s3.put(bucket, key + checkpoint.path, scriptBytes(checkpoint));
  watch.sawCheckpoint(key + checkpoint.path);
}

function writeLine(
  writers: readonly LineWriter[],
  { line, index }: Extract<ScriptEvent, { kind: 'line' }>,
  at: number,
  perNode: boolean,
): void {
  const chosen =
    line.node === undefined ? writers.slice(0, perNode ? undefined : 1) : writers.slice(line.node - 1, line.node);
  for (const write of chosen) {
    const lines = new OutputLines((text) => write(text, at));
    lines.push(scriptBytes(line, index));
    lines.push(Buffer.from('\n'));
  }
}
