/** `mode: watch`: follows a job that another run started, or says what became of it. */
import { openLiveLog } from './diagnose/explaining.ts';
import { tellEnding } from './ending.ts';
import { clean } from './hostile/clean.ts';
import { hideAccounts } from './inputs/hidden-account.ts';
import type { Inputs } from './inputs/inputs.ts';
import { claim, markReported, takeWaiting } from './job/claim.ts';
import { rejection } from './job/rejection.ts';
import { toJobStatus } from './job/status.ts';
import { findWatched, isOf, isOutdated, type WatchedJob } from './job/watched.ts';
import { makePlan, type Plan, workflowRun } from './plan/plan.ts';
import { awsConfig } from './plan/plan-training.ts';
import { watchedInputs, watchedSubject, watchedTrained } from './plan/plan-watched.ts';
import type { Subject } from './plan/subject.ts';
import type { Aws, Ports } from './ports.ts';
import { type Facts, toFailure } from './report/make-report.ts';
import { TrainingRecord } from './report/record.ts';
import { followAloud } from './watch/follow-aloud.ts';

type Doors = Ports & Aws & { readonly signal: AbortSignal };

/** Until the job is known, there is nothing to report on: what goes wrong before that is this step's own failure. */
export async function watch(inputs: Inputs, subject: Subject, ports: Ports, signal: AbortSignal): Promise<0 | 1> {
  const startedAt = ports.clock.now();
  const aws = await ports.aws(awsConfig(inputs, workflowRun(ports.runner.env).id)).catch((error) => {
    throw toFailure(error);
  });
  const doors = { ...ports, ...aws, signal };
  const { found, plan, isOurs } = await findOut(inputs, subject, doors);
  const claimed = await claimOf(found, plan, isOurs, doors);
  const facts: Facts = {
    inputs: plan.inputs,
    subject: plan.subject,
    startedAt,
    notes: [...found.notes, ...claimed.notes],
    plan,
    job: found.job,
    started: startedOf(found),
    onlyHere: claimed.onlyHere,
    isForeign: !isOurs,
  };
  const record = new TrainingRecord(facts, ports);
  try {
    await follow(record, plan, claimed.isTaken, doors);
  } catch (error) {
    facts.failure = toFailure(error);
  }
  const exitCode = await record.tellEnd(signal);
  const untold = claimed.isTaken && hasEnded(facts) ? await markReported(found.arn, doors) : undefined;
  if (untold !== undefined) ports.runner.warning(clean(untold, ports.secrets));
  return exitCode;
}

/** The job, and the plan that its tags and run file make of it. */
async function findOut(inputs: Inputs, subject: Subject, doors: Doors) {
  const caller = await doors.identity.caller().catch((error) => {
    throw rejection('other', error, 'AWS did not accept the credentials');
  });
  hideAccounts([caller.account], inputs, doors);
  const { env } = doors.runner;
  const place = makePlan({ inputs, env, subject, trained: { sha: subject.sha, isMerge: false }, caller });
  const found = await findWatched(inputs.run.jobName ?? '', place, doors);
  const isOurs = isOf(subject.repository, found);
  const about = isOurs ? watchedSubject(subject, found) : subject;
  const trained = watchedTrained(isOurs ? found : { ...found, tags: {} }, about);
  const plan = makePlan({ inputs: watchedInputs(inputs, found, isOurs), env, subject: about, trained, caller });
  return { found, plan, isOurs };
}

/** What may be done about the job, and whether its pull request is told. */
async function claimOf(found: WatchedJob, plan: Plan, isOurs: boolean, doors: Doors) {
  const notes: string[] = [];
  if (!isOurs) return { isTaken: false, onlyHere: true, notes };
  const { githubToken } = plan.inputs;
  const github = async () => (githubToken ? doors.github(githubToken) : undefined);
  const { runId, attempt } = { runId: plan.run.id, attempt: plan.run.attempt };
  const { kind, note } = await claim(found.tags, { runId, attempt }, { github });
  if (note !== undefined) notes.push(note);
  const isLive = toJobStatus(found.job).kind === 'live';
  const onlyHere = kind !== 'taken' || (!isLive && (await isOutdated(found, doors)));
  if (kind !== 'taken' || !isLive) return { isTaken: kind === 'taken' && !onlyHere, onlyHere, notes };
  // From the moment this run waits for the job, the post step must know it.
  doors.runner.save('job-name', found.name);
  doors.runner.save('job-created', 'true');
  const untaken = await takeWaiting(found.arn, { runId, attempt }, doors);
  if (untaken === undefined) return { isTaken: true, onlyHere: false, notes };
  doors.runner.save('job-name', '');
  return { isTaken: false, onlyHere: true, notes: [...notes, untaken] };
}

async function follow(record: TrainingRecord, plan: Plan, isOwned: boolean, doors: Doors): Promise<void> {
  const { facts } = record;
  const { started, job } = facts;
  if (!started || !job) return;
  if (toJobStatus(job).kind === 'live') {
    await record.tellBegun();
    await record.tellRunning(job.SecondaryStatus);
  }
  const until = facts.startedAt + plan.inputs.run.waitTimeoutSeconds;
  const log = await openLiveLog(plan.inputs.compute.instanceCount);
  const watched = await followAloud({ plan, job: started, until, listen: log.listen, isOwned }, doors);
  const { name: jobName, checkpointUri } = started;
  await tellEnding(facts, { plan, job: { jobName, checkpointUri }, watched }, log, doors);
}

function startedOf({ name, arn, job }: WatchedJob): NonNullable<Facts['started']> {
  const checkpointUri = job.CheckpointConfig?.S3Uri ?? '';
  const createdAt = job.CreationTime && job.CreationTime.getTime() / 1000;
  return { name, arn, origin: 'watched', checkpointUri, createdAt };
}

function hasEnded({ outcome }: Facts): boolean {
  return outcome?.kind === 'completed' || outcome?.kind === 'failed' || outcome?.kind === 'stopped';
}
