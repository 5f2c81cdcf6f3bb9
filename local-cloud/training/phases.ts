import type { ScriptPhase } from '../script.ts';
import type { Context } from './context.ts';
import { InterruptionWatch } from './interruption.ts';
import { phaseSeconds } from './plan.ts';
import { EndedEarly, JobFailure, type RunEnd, type Trainer, type TrainingRun } from './run.ts';
import { ranSeconds } from './times.ts';

/** Docker's grace between SIGTERM and SIGKILL, as SageMaker gives it. */
const GRACE_SECONDS = 120;

/** Seconds an on-demand job looks for capacity before it gives up. */
const ON_DEMAND_PATIENCE = 3600;

/** Seconds between an interruption and new instances, unless the script says otherwise. */
const DOWN_SECONDS = 30;

/** Plays the phases of a job up to its last training, all of them under one trainer. */
export class Phases {
  readonly #context: Context;
  readonly #trainer: Trainer;
  #starts = 0;

  constructor(context: Context, trainer: Trainer) {
    this.#context = context;
    this.#trainer = trainer;
  }

  /** Whether the containers have ever been started. */
  get hasTrained(): boolean {
    return this.#starts > 0;
  }

  /** Resolves with the end of the last training. Rejects with EndedEarly or a JobFailure. */
  async play(): Promise<RunEnd | undefined> {
    let end: RunEnd | undefined;
    for (const phase of this.#context.plan.phases) {
      if (phase.status === 'Starting') await this.#launch(phase);
      else if (phase.status === 'Downloading') await this.#download(phase);
      else if (phase.status === 'Training') end = await this.#train(phase);
      else if (phase.status !== 'Uploading' && phase.status !== 'Stopping') await this.#pass(phase);
    }
    return end;
  }

  async #launch(phase: ScriptPhase): Promise<void> {
    const { job, plan } = this.#context;
    job.enter('Starting', phase.message ?? 'Launching requested ML instances');
    const { granted, afterSeconds } = plan.capacity;
    if (!granted || (afterSeconds > 0 && !this.hasTrained)) {
      job.enter('Starting', 'Insufficient capacity error from EC2 while launching instances, retrying!');
      await this.#pause(granted ? afterSeconds : this.#patience());
      if (!granted) throw new JobFailure(NO_CAPACITY);
    }
    job.enter('Starting', phase.message ?? 'Preparing the instances for training');
    await this.#pause(phase.seconds);
  }

  async #download(phase: ScriptPhase): Promise<void> {
    const { job, cloud } = this.#context;
    job.enter('Downloading', phase.message ?? 'Downloading input data');
    if (job.state.trainingStart === undefined) job.update({ trainingStart: cloud.clock.now() });
    await this.#trainer.prepare(this.#context);
    job.enter('Downloading', phase.message ?? 'Downloading the training image');
    await this.#pause(phase.seconds);
  }

  async #train(phase: ScriptPhase): Promise<RunEnd> {
    const { job, cloud, plan } = this.#context;
    let left = phase.seconds;
    for (;;) {
      if (job.state.trainingStart === undefined) job.update({ trainingStart: cloud.clock.now() });
      job.enter('Training', phase.message ?? 'Training image download completed. Training in progress.');
      const watch = new InterruptionWatch(plan.interruptions[this.#starts], job.request);
      const began = cloud.clock.now();
      const end = await this.#runOnce(watch, left);
      if (end !== undefined) return end;
      left = Math.max(left - (cloud.clock.now() - began) / 1000, 0);
      await this.#recover(watch);
    }
  }

  /** One start of the containers; undefined when the instances were reclaimed. */
  async #runOnce(watch: InterruptionWatch, seconds: number): Promise<RunEnd | undefined> {
    const { job, cloud } = this.#context;
    this.#starts += 1;
    const run = await this.#trainer.start(this.#context, watch, seconds);
    watch.begin(cloud.clock);
    const over = new AbortController();
    this.#limitRuntime(over.signal);
    const first = await Promise.race([
      run.ended.then(() => 'exit' as const),
      fired(watch.due, over.signal).then(() => 'interruption' as const),
      fired(job.ending, over.signal).then(() => 'ending' as const),
    ]);
    over.abort();
    watch.stop();
    if (first === 'ending') await this.#shutDown(run);
    if (first === 'interruption') run.signal('SIGKILL');
    const end = await run.ended;
    // What the sync has not uploaded when the instances go is lost; nothing promises a last round.
    await run.settle(first !== 'interruption' && !job.closing.aborted);
    if (first === 'ending') throw new EndedEarly();
    return first === 'interruption' ? undefined : end;
  }

  async #shutDown(run: TrainingRun): Promise<void> {
    const { job, cloud } = this.#context;
    if (job.cause !== 'closed') {
      job.enter('Stopping', 'Stopping the training job', 'Stopping');
      run.signal('SIGTERM');
      const over = new AbortController();
      await Promise.race([run.ended, cloud.clock.sleep(GRACE_SECONDS, over.signal), fired(job.closing, over.signal)]);
      over.abort();
    }
    run.signal('SIGKILL');
  }

  async #recover({ script }: InterruptionWatch): Promise<void> {
    const { job, plan } = this.#context;
    job.enter('Interrupted', script?.message ?? 'Training job interrupted: the spot instances were reclaimed');
    await this.#pause(script?.downSeconds ?? DOWN_SECONDS);
    const seconds = (status: ScriptPhase['status']) => phaseSeconds(plan, status);
    if (!script?.skipStarting) await this.#launch({ status: 'Starting', seconds: seconds('Starting') });
    await this.#download({ status: 'Downloading', seconds: seconds('Downloading') });
  }

  async #pass(phase: ScriptPhase): Promise<void> {
    this.#context.job.enter(phase.status, phase.message ?? phase.status);
    await this.#pause(phase.seconds);
  }

  async #pause(seconds: number): Promise<void> {
    const { cloud, job } = this.#context;
    await cloud.clock.sleep(seconds, job.ending);
    if (job.cause !== undefined) throw new EndedEarly();
  }

  /** MaxRuntimeInSeconds spans all starts; waiting for instances does not count. */
  #limitRuntime(over: AbortSignal): void {
    const { job, cloud } = this.#context;
    const most = job.request.StoppingCondition?.MaxRuntimeInSeconds ?? 86_400;
    const left = most - ranSeconds(job.state.transitions, cloud.clock.now(), ['Downloading', 'Training']);
    void cloud.clock.sleep(Math.max(left, 0), over).then(() => over.aborted || job.end('MaxRuntimeExceeded'));
  }

  /** Spot jobs wait until MaxWaitTimeInSeconds ends them. */
  #patience(): number {
    return this.#context.job.request.EnableManagedSpotTraining ? Number.MAX_SAFE_INTEGER : ON_DEMAND_PATIENCE;
  }
}

const NO_CAPACITY =
  'CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.';

/** Resolves when the signal fires; forgotten when `over` does. */
function fired(signal: AbortSignal, over: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true, signal: over }));
}
