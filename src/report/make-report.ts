/** The facts of a training, gathered stage by stage, become a Report. Pure. */

import { posix } from 'node:path';
import type { Advice } from '../diagnose/advice.ts';
import type { Explained } from '../diagnose/explain-job.ts';
import { Failure, messageOf } from '../failure.ts';
import type { Image } from '../image/ensure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { rejection } from '../job/rejection.ts';
import type { StartedJob } from '../job/started.ts';
import type { GateResult, MetricValue } from '../metrics/judge.ts';
import { jobLink, logsLink, storeLink } from '../plan/links.ts';
import { nameOf, type Plan, workflowRun } from '../plan/plan.ts';
import type { JobPlan } from '../plan/request.ts';
import type { Subject } from '../plan/subject.ts';
import type { DescribeTrainingJobResponse, Runner } from '../ports.ts';
import type { TailLine } from '../watch/recorder.ts';
import { conclude } from './conclude.ts';
import { matrixTexts } from './job-lines.ts';
import { receiptFor } from './receipt.ts';
import type { JobFacts, Outcome, Report, ReportedBaseline, Resume } from './report.ts';

/** What is known so far; every stage adds its part. */
export interface Facts {
  readonly inputs: Inputs;
  readonly subject: Subject;
  /** When the run began, epoch seconds. */
  readonly startedAt: number;
  plan?: Plan;
  image?: Image;
  jobPlan?: JobPlan;
  started?: StartedJob;
  /** SageMaker's last description of the job. */
  job?: DescribeTrainingJobResponse;
  outcome?: Outcome;
  metrics?: readonly MetricValue[];
  gates?: readonly GateResult[];
  baseline?: ReportedBaseline | undefined;
  resume?: Resume;
  tail?: readonly TailLine[];
  modelArtifacts?: string | undefined;
  failure?: Failure;
  explained?: Explained;
  advice?: readonly Advice[];
  readonly notes: string[];
  /** Told in the log, the summary and the outputs; the comment and the commit status are another run's. */
  readonly onlyHere?: boolean;
  readonly isForeign?: boolean;
}

/** The report as it stands; `running` until an outcome or a failure decides it. */
export function makeReport(facts: Facts, env: Runner['env']): Report {
  const { inputs, subject, plan, failure, outcome } = facts;
  const decided = failure !== undefined || (outcome !== undefined && outcome.kind !== 'running');
  const verdict = conclude({
    outcome,
    gatesHold: (facts.gates ?? []).every(({ holds }) => holds),
    failure,
    ...inputs.run,
    statusWritten: false,
  });
  return {
    name: plan?.name ?? nameOf(inputs, env),
    repository: subject.repository,
    runUrl: (plan?.run ?? workflowRun(env)).url,
    runId: (plan?.run ?? workflowRun(env)).id,
    commit: {
      sha: subject.sha,
      branch: subject.branch,
      merge: plan?.trained.isMerge ? { sha: plan.trained.sha, base: subject.base ?? 'its base' } : undefined,
    },
    matrix: matrixTexts(inputs.matrix),
    isForeign: facts.isForeign,
    conclusion: decided ? verdict.conclusion : 'running',
    job: jobFacts(facts),
    outcome,
    metrics: facts.metrics ?? [],
    gates: facts.gates ?? [],
    baseline: facts.baseline,
    receipt: facts.job && receiptFor(facts.job),
    resume: facts.resume,
    logTail: facts.tail ?? [],
    failure: failure && { code: failure.code, message: failure.message, remedy: failure.remedy },
    notes: facts.notes,
    explained: facts.explained,
    advice: facts.advice ?? [],
    request: requested(inputs),
  };
}

function requested(inputs: Inputs): NonNullable<Report['request']> {
  const { script, compute } = inputs;
  return {
    hyperparameters: inputs.data.hyperparameters,
    environmentNames: Object.keys(inputs.data.environment),
    channels: channelTexts(inputs.data.channels),
    script: script && posix.join(script.sourceDir ?? '', script.entryPoint),
    distribution: compute.distribution && Object.keys(compute.distribution).join(', '),
    maxRunSeconds: inputs.compute.maxRunSeconds,
    maxWaitSeconds: inputs.compute.maxWaitSeconds,
    volumeSizeGb: inputs.compute.volumeSizeGb,
    maxCostUsd: inputs.judge.maxCostUsd,
  };
}

/** Where each channel's data lies, in a few words. */
function channelTexts(channels: Inputs['data']['channels']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(channels).map(([name, { DataSource: source, InputMode: mode }]) => {
      const { FileSystemDataSource: files, S3DataSource: s3, DatasetSource: dataset } = source ?? {};
      const place = s3?.S3Uri ?? dataset?.DatasetArn ?? `${files?.FileSystemId}:${files?.DirectoryPath}`;
      return [name, mode === undefined ? place : `${place} (${mode})`];
    }),
  );
}

function jobFacts({ inputs, plan, image, started, job, modelArtifacts }: Facts): JobFacts | undefined {
  if (!plan || !started) return undefined;
  const place = { region: inputs.aws.region, partition: plan.partition };
  // A reused job was trained with the request it was created by.
  const checkpointUri = job?.CheckpointConfig?.S3Uri ?? started.checkpointUri;
  return {
    name: started.name,
    arn: started.arn,
    status: job?.TrainingJobStatus,
    secondaryStatus: job?.SecondaryStatus,
    imageUri: job?.AlgorithmSpecification?.TrainingImage ?? image?.uri ?? '',
    imageSource: image?.source,
    ...(image && { imageReason: image.reason }),
    checkpointUri,
    checkpointPath: inputs.data.checkpointPath,
    consoleUrl: jobLink(place, started.name),
    logsUrl: logsLink(place, started.name),
    checkpointConsoleUrl: storeLink(place, checkpointUri),
    modelArtifacts,
    modelConsoleUrl: modelArtifacts && storeLink(place, modelArtifacts),
    origin: started.origin,
    createdAt: started.createdAt === undefined ? undefined : job?.CreationTime?.toISOString(),
  };
}

/** Whatever was thrown, as a Failure: an AWS client's error by the table of service errors, anything else is a defect of ours. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  // The clients put it on every error they throw, those of the network included.
  if (error instanceof Error && '$metadata' in error) return rejection('other', error, 'AWS');
  return new Failure(
    'INTERNAL',
    `Unexpected: ${messageOf(error)}`,
    'This is a defect of the action: please report it with the log of this step.',
    error,
  );
}
