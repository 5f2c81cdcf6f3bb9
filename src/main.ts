/** The product's table of contents: one line a stage, one short function a mode. */
import { explainRefused, openLiveLog } from './diagnose/explaining.ts';
import { note, tellEnding } from './ending.ts';
import { ensureImage } from './image/ensure.ts';
import type { Inputs } from './inputs/inputs.ts';
import { takeInputs } from './inputs/take-inputs.ts';
import { refuseSharedDefault } from './job/other-workflow.ts';
import { tellQuota } from './job/quota.ts';
import { startJob } from './job/start.ts';
import { findSubject, headMovedTo, inputsFor } from './plan/find-subject.ts';
import { workflowRun } from './plan/plan.ts';
import { awsConfig, fingerprintChannels, planTraining } from './plan/plan-training.ts';
import { planJob } from './plan/request.ts';
import type { Subject } from './plan/subject.ts';
import { planOnly } from './planning.ts';
import type { Aws, Ports } from './ports.ts';
import { type Facts, toFailure } from './report/make-report.ts';
import { TrainingRecord } from './report/record.ts';
import { skip } from './report/skip.ts';
import { ensureSource } from './source/ensure-source.ts';
import { followAloud } from './watch/follow-aloud.ts';
import { watch } from './watching.ts';

export type ExitCode = 0 | 1;

/** Bad input and foreign code end before AWS is as much as loaded. */
export async function main(ports: Ports, signal: AbortSignal): Promise<ExitCode> {
  const inputs = await takeInputs(ports);
  const found = await findSubject(inputs, ports);
  if (found.kind !== 'subject') return skip(found, inputs, ports);
  return MODES[inputs.mode](inputsFor(found, inputs), found.subject, ports, signal);
}

const MODES = { train, plan: planOnly, watch } as const;

/** Image → job → watch → metrics → gates → diagnosis → report. What goes wrong on the way is reported like everything else. */
async function train(inputs: Inputs, subject: Subject, ports: Ports, signal: AbortSignal): Promise<ExitCode> {
  const facts: Facts = { inputs, subject, startedAt: ports.clock.now(), notes: [] };
  const record = new TrainingRecord(facts, ports);
  let doors: (Ports & Aws) | undefined;
  try {
    // A commit that `/train` names may be outdated by now: its status is left alone until the second look at the head.
    if (subject.event !== 'issue_comment') await record.tellBegun();
    doors = { ...ports, ...(await ports.aws(awsConfig(inputs, workflowRun(ports.runner.env).id))) };
    await stages(record, doors, signal);
  } catch (error) {
    facts.failure = toFailure(error);
    const { failure, jobPlan, started } = facts;
    const { region } = inputs.aws;
    if (doors && jobPlan && !started) note(await explainRefused(failure, jobPlan, region, { ...doors, signal }), facts);
  }
  return record.tellEnd(signal);
}

async function stages(record: TrainingRecord, doors: Ports & Aws, signal: AbortSignal): Promise<void> {
  const { facts } = record;
  const plan = await planTraining(facts.inputs, facts.subject, doors);
  facts.plan = plan;
  facts.notes.push(...(await refuseSharedDefault(plan, doors)), ...(await tellQuota(plan, doors)));
  const image = await ensureImage(plan, doors, signal);
  facts.image = image;
  const channels = await fingerprintChannels(plan, doors);
  facts.notes.push(...image.notes, ...channels.notes);
  const source = await ensureSource(plan, doors);
  facts.notes.push(...(source?.notes ?? []));
  const ingredients = { image, fingerprints: channels.fingerprints, source };
  const jobPlan = planJob(plan, ingredients, doors.secrets.redactValue);
  facts.jobPlan = jobPlan;

  const moved = await headMovedTo(facts.subject, facts.inputs, doors);
  if (moved !== undefined) {
    facts.outcome = { kind: 'head-moved', head: moved };
    return;
  }
  if (facts.subject.event === 'issue_comment') await record.tellBegun();
  const start = await startJob({ plan, job: jobPlan, fingerprinted: channels.complete }, { ...doors, signal });
  if (start.kind === 'superseded') {
    facts.outcome = { kind: 'superseded', by: start.by.tags['train-commit'] ?? '' };
    return;
  }
  facts.started = start.job;
  facts.notes.push(...start.notes);
  if (!signal.aborted) await record.tellRunning();

  const until = facts.startedAt + facts.inputs.run.waitTimeoutSeconds;
  const log = await openLiveLog(facts.inputs.compute.instanceCount);
  const watched = await followAloud({ plan, job: start.job, until, listen: log.listen }, { ...doors, signal });
  await tellEnding(facts, { plan, job: { ...jobPlan, jobName: start.job.name }, watched }, log, { ...doors, signal });
}
