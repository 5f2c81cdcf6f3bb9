/** `mode: plan`: what a training would be. It reads only: nothing is built, pushed, uploaded, created, tagged or stopped. */
import { Failure } from './failure.ts';
import { foretellImage } from './image/foretell.ts';
import type { Inputs } from './inputs/inputs.ts';
import { foretellStart } from './job/foretell-start.ts';
import { refuseSharedDefault } from './job/other-workflow.ts';
import { impossible, type QuotaReading, quotaUnread, quotaWarning, readQuotas } from './job/quota.ts';
import { workflowRun } from './plan/plan.ts';
import { awsConfig, fingerprintChannels, planTraining } from './plan/plan-training.ts';
import { planJob } from './plan/request.ts';
import type { Subject } from './plan/subject.ts';
import type { Aws, Ports } from './ports.ts';
import { toFailure } from './report/make-report.ts';
import { makePlanReport, type PlanFacts } from './report/plan/make-plan-report.ts';
import { tellPlan } from './report/plan/tell-plan.ts';
import { isStored, packSource } from './source/ensure-source.ts';

/** What goes wrong is told like the plan itself. */
export async function planOnly(inputs: Inputs, subject: Subject, ports: Ports): Promise<0 | 1> {
  const facts: PlanFacts = { inputs, subject, notes: [] };
  try {
    const aws = await ports.aws(awsConfig(inputs, workflowRun(ports.runner.env).id));
    await stages(facts, { ...ports, ...aws });
  } catch (error) {
    facts.failure = toFailure(error);
  }
  return tellPlan(makePlanReport(facts, ports.runner.env), inputs, subject, ports);
}

/** The stages of a training up to its start, each in its reading half. */
async function stages(facts: PlanFacts, doors: Ports & Aws): Promise<void> {
  const plan = await planTraining(facts.inputs, facts.subject, doors);
  facts.plan = plan;
  facts.notes.push(...(await refuseSharedDefault(plan, doors)));
  const image = await foretellImage(plan, doors);
  const channels = await fingerprintChannels(plan, doors);
  const source = await packSource(plan, doors);
  const program = source && { uri: source.uri, isStored: await isStored(source, doors.store) };
  const ingredients = { image: requested(image), fingerprints: channels.fingerprints, source };
  const job = planJob(plan, ingredients, doors.secrets.redactValue);
  const foretold = await foretellStart({ plan, job, fingerprinted: channels.complete }, doors);
  facts.notes.push(...image.notes, ...channels.notes, ...(source?.notes ?? []), ...foretold.notes);
  facts.foretold = { image, program, ...foretold };
  const quota = await readQuotas(plan, doors).catch((error) => {
    facts.notes.push(quotaUnread(error));
  });
  if (quota) judgeQuota(quota, facts);
}

/** An image that does not exist yet has no digest: its place stands for it in the request. */
function requested<Image extends { readonly uri: string; readonly exists: boolean }>(image: Image): Image {
  return image.exists ? image : { ...image, uri: `${image.uri}@sha256:…` };
}

/** A quota that one job alone does not fit is a blocker; one that is tight for now is not. */
function judgeQuota(quota: QuotaReading, facts: PlanFacts): void {
  facts.quota = quota;
  const blocker = impossible(quota);
  const warning = quotaWarning(quota);
  if (blocker !== undefined && facts.foretold?.start.kind === 'create') {
    facts.failure = new Failure(
      'JOB_QUOTA_EXCEEDED',
      `The account's quota \`${blocker.name}\` is ${blocker.value}, and one job asks for ${quota.instances}: SageMaker would refuse it.`,
      'Request an increase in Service Quotas, or take another `instance-type` (spot and on-demand have quotas of their own).',
    );
  } else if (warning !== undefined) facts.notes.push(warning);
}
