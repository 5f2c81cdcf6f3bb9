import { logStore, TRAINING_LOG_GROUP } from '../logs/store.ts';
import type { Cloud } from '../state.ts';
import type { Context } from './context.ts';
import type { EndCause, FinalStatus, Job, JobState, JobStatus } from './job.ts';
import { jobStore } from './jobs.ts';
import { JobMetrics } from './metrics.ts';
import { Phases } from './phases.ts';
import { billableSeconds, type Plan, phaseSeconds, scriptedExitCode } from './plan.ts';
import { RealTrainer } from './real-trainer.ts';
import { hostsOf } from './request.ts';
import { EndedEarly, JobFailure, type RunEnd, type Trainer } from './run.ts';
import { ScriptedTrainer } from './scripted-trainer.ts';
import { ON_INSTANCES, ranSeconds } from './times.ts';

/** Lets a job run to its end, in the background. */
export function startJob(cloud: Cloud, job: Job, plan: Plan): void {
  const { running } = cloud.shared(jobStore);
  const context: Context = { cloud, job, plan, hosts: hostsOf(job.request), metrics: new JobMetrics(cloud, job) };
  const { group, streams } = plan.script.logs ?? {};
  if (group === 'present' || streams === 'never') cloud.shared(logStore).openGroup(TRAINING_LOG_GROUP);
  running.set(
    job,
    live(context).finally(() => running.delete(job)),
  );
}

async function live(context: Context): Promise<void> {
  const trainer = context.plan.isReal ? new RealTrainer(context) : new ScriptedTrainer(context);
  const phases = new Phases(context, trainer);
  const over = new AbortController();
  limitWait(context, over.signal);
  try {
    await conclude(context, trainer, phases, await playOut(context, phases));
  } catch (error) {
    process.stderr.write(`local cloud: job ${context.job.name}: ${error instanceof Error ? error.stack : error}\n`);
    finish(context, 'Failed', 'Failed', 'InternalServerError: We encountered an internal error. Please try again.');
  } finally {
    over.abort();
    await trainer.close();
  }
}

type Outcome = { readonly end: RunEnd | undefined } | { readonly failure: string } | 'ended early';

async function playOut({ job, plan }: Context, phases: Phases): Promise<Outcome> {
  try {
    const end = await phases.play();
    if (plan.script.status === 'Stopped' && !plan.isReal) job.end(stopCause(plan));
    return job.cause === undefined ? { end } : 'ended early';
  } catch (error) {
    if (error instanceof EndedEarly) return 'ended early';
    if (error instanceof JobFailure) return { failure: error.message };
    throw error;
  }
}

/** Who or what a script wants to have stopped the job. */
function stopCause({ script: { secondaryStatus } }: Plan): EndCause {
  const isLimit = secondaryStatus === 'MaxRuntimeExceeded' || secondaryStatus === 'MaxWaitTimeExceeded';
  return isLimit ? secondaryStatus : 'Stopped';
}

async function conclude(context: Context, trainer: Trainer, phases: Phases, outcome: Outcome): Promise<void> {
  const { job, plan } = context;
  const { status } = plan.script;
  if (outcome === 'ended early') return stopped(context, trainer, phases.hasTrained);
  if ('failure' in outcome) return finish(context, 'Failed', 'Failed', outcome.failure);
  const exitCode = outcome.end?.exitCode ?? scriptedExitCode(plan);
  const succeeded = status === undefined || plan.isReal ? exitCode === 0 : status === 'Completed';
  const failure = await upload(context, trainer, succeeded);
  if (job.cause === 'closed') return;
  if (job.cause === 'Stopped') return finish(context, 'Stopped', 'Stopped');
  if (succeeded && failure === undefined) finish(context, 'Completed', 'Completed');
  else finish(context, 'Failed', 'Failed', failure ?? failureReason(plan, outcome.end));
}

async function stopped(context: Context, trainer: Trainer, hasTrained: boolean): Promise<void> {
  const { job, plan, cloud } = context;
  if (job.cause === undefined || job.cause === 'closed') return;
  job.enter('Stopping', 'Stopping the training job', 'Stopping');
  await cloud.clock.sleep(phaseSeconds(plan, 'Stopping'), job.closing);
  if (hasTrained) await upload(context, trainer, true);
  if (!job.closing.aborted) finish(context, 'Stopped', job.cause);
}

/** Resolves with the reason when the upload fails. Jobs whose script has no `Uploading` never show that status. */
async function upload(context: Context, trainer: Trainer, succeeded: boolean): Promise<string | undefined> {
  const { job, plan, cloud } = context;
  const phase = plan.phases.find(({ status }) => status === 'Uploading');
  if (phase) job.enter('Uploading', phase.message ?? 'Uploading generated training model');
  try {
    await trainer.upload(context, succeeded);
  } catch (error) {
    if (error instanceof JobFailure) return error.message;
    throw error;
  }
  if (phase) await cloud.clock.sleep(phase.seconds, job.closing);
  return undefined;
}

const FINAL_MESSAGES: Readonly<Record<FinalStatus, string>> = {
  Completed: 'Training job completed',
  Failed: 'Training job failed',
  Stopped: 'Training job stopped',
  MaxRuntimeExceeded: 'Training job runtime exceeded MaxRuntimeInSeconds provided',
  MaxWaitTimeExceeded: 'Training job runtime exceeded MaxWaitTimeInSeconds provided',
};

function finish(context: Context, status: JobStatus, final: FinalStatus, failureReason?: string): void {
  const { job, plan, metrics, cloud } = context;
  const now = cloud.clock.now();
  // The service's model knows no 0 here: what ran at all ran for a second.
  const measured = Math.max(1, Math.round(ranSeconds(job.state.transitions, now, ON_INSTANCES)));
  const ran = plan.script.trainingSeconds ?? measured;
  const started = job.state.trainingStart !== undefined;
  const rest: Partial<JobState> = {
    ...(started
      ? { trainingEnd: now, trainingSeconds: ran, billableSeconds: billableSeconds(plan, job.request, ran) }
      : {}),
    ...(failureReason === undefined ? {} : { failureReason: failureReason.slice(0, 1024) }),
    finalMetrics: plan.script.finalMetrics === false ? [] : metrics.final(),
  };
  job.finish(status, final, FINAL_MESSAGES[final], rest);
}

/** Whatever the program itself said, also when only a child of it was killed. */
const OUT_OF_MEMORY =
  'ClientError: Please use an instance type with more memory, or reduce the size of job data processed on an instance.';

/** `AlgorithmError: <failure file>, exit code: N`, cut so that the exit code survives; undefined when a script wants none. */
function failureReason({ script }: Plan, end: RunEnd | undefined): string | undefined {
  if (script.failureReason === null) return undefined;
  if (script.failureReason !== undefined) return script.failureReason;
  if (end?.outOfMemory) return OUT_OF_MEMORY;
  const tail = `, exit code: ${end?.exitCode ?? 1}`;
  const head = 'AlgorithmError: ';
  return head + (end?.failure ?? '').slice(0, 1024 - head.length - tail.length) + tail;
}

function limitWait({ job, cloud }: Context, over: AbortSignal): void {
  const { EnableManagedSpotTraining, StoppingCondition } = job.request;
  const most = StoppingCondition?.MaxWaitTimeInSeconds;
  if (!EnableManagedSpotTraining || most === undefined) return;
  void cloud.clock.sleep(most, over).then(() => over.aborted || job.end('MaxWaitTimeExceeded'));
}
