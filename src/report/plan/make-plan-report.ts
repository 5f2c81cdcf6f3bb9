/** The facts of a plan become its report. Pure. */
import { posix } from 'node:path';
import type { Failure } from '../../failure.ts';
import type { ForetoldImage } from '../../image/foretell.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { isMixedCluster } from '../../inputs/job-file/cluster.ts';
import type { Foretold } from '../../job/foretell-start.ts';
import type { QuotaReading } from '../../job/quota.ts';
import { worstCaseUsd } from '../../plan/cost.ts';
import { jobLink } from '../../plan/links.ts';
import { nameOf, type Plan, workflowRun } from '../../plan/plan.ts';
import { profiles } from '../../plan/profiles.ts';
import type { Subject } from '../../plan/subject.ts';
import type { Runner } from '../../ports.ts';
import { matrixTexts } from '../job-lines.ts';
import { hourlyPrice } from '../prices.ts';
import type { Planned, PlannedStart, PlanReport } from './plan-report.ts';

/** What is known so far; every stage adds its part. */
export interface PlanFacts {
  readonly inputs: Inputs;
  readonly subject: Subject;
  plan?: Plan;
  foretold?: Foretold & {
    readonly image: ForetoldImage;
    readonly program: { readonly uri: string; readonly isStored: boolean } | undefined;
  };
  quota?: QuotaReading;
  failure?: Failure;
  readonly notes: string[];
}

export function makePlanReport(facts: PlanFacts, env: Runner['env']): PlanReport {
  const { inputs, subject, plan, failure, notes } = facts;
  const run = plan?.run ?? workflowRun(env);
  return {
    name: plan?.name ?? nameOf(inputs, env),
    repository: subject.repository,
    runUrl: run.url,
    runId: run.id,
    commit: {
      sha: subject.sha,
      branch: subject.branch,
      merge: plan?.trained.isMerge ? { sha: plan.trained.sha, base: subject.base ?? 'its base' } : undefined,
    },
    matrix: matrixTexts(inputs.matrix),
    planned: planned(facts),
    failure: failure && { code: failure.code, message: failure.message, remedy: failure.remedy, place: failure.place },
    notes,
  };
}

function planned({ inputs, plan, foretold, quota }: PlanFacts): Planned | undefined {
  if (!plan || !foretold) return undefined;
  const { image, program, request } = foretold;
  const { script } = inputs;
  return {
    start: startOf(plan, foretold),
    image: { uri: image.uri, source: image.source, reason: image.reason, exists: image.exists },
    program: script && program && { ...program, script: posix.join(script.sourceDir ?? '', script.entryPoint) },
    machines: machinesOf(inputs),
    worstCase: worstCase(inputs),
    maxCostUsd: inputs.judge.maxCostUsd,
    quota,
    request,
  };
}

function startOf(plan: Plan, { start, request }: Foretold): PlannedStart {
  const { kind, supersede } = start;
  const stops = supersede.map(({ name }) => name);
  if (start.kind === 'create') {
    const { name: jobName, checkpointUri, continues } = start;
    return {
      kind,
      jobName,
      jobArn: undefined,
      consoleUrl: undefined,
      checkpointUri,
      continues: continues?.name,
      stops,
    };
  }
  const { name: jobName, arn: jobArn, checkpointUri } = start.job;
  const consoleUrl = jobLink({ region: plan.inputs.aws.region, partition: plan.partition }, jobName);
  const place = checkpointUri || (request.CheckpointConfig?.S3Uri ?? '');
  return { kind, jobName, jobArn, consoleUrl, checkpointUri: place, continues: undefined, stops };
}

function machinesOf({ compute }: Inputs): Planned['machines'] {
  const { instanceType, instanceCount, spot, profile, distribution, maxRunSeconds, maxWaitSeconds } = compute;
  return {
    instanceType,
    instanceCount,
    spot,
    profile: profile && { name: profile, ...profiles[profile] },
    distribution: distribution && Object.keys(distribution).join(', '),
    maxRunSeconds,
    maxWaitSeconds,
  };
}

function worstCase({ compute, jobFile }: Inputs): Planned['worstCase'] {
  const price = hourlyPrice(compute.instanceType);
  const usd = worstCaseUsd(compute);
  return price === undefined || usd === undefined || isMixedCluster(jobFile) ? undefined : { usd, price };
}
