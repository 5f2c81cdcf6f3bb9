import type { CreateTrainingJobRequest } from '../ports.ts';
import { canonicalJson, sha256 } from './hash.ts';
import { branchSlug, jobName, joinUri } from './names.ts';
import type { Plan } from './plan.ts';
import { jobTags } from './tags.ts';

/** The image that will be trained: `repo@sha256:…`, and what identifies its content across rebuilds. */
export interface PlannedImage {
  readonly uri: string;
  /** The digest of a given image; of a built one what its build was decided by, for a rebuild has another digest. */
  readonly fingerprint: string;
}

/** What S3 held under a channel when the run began; `undefined` = too much, or not listable: not fingerprinted. */
export type ChannelFingerprints = Readonly<Record<string, string | undefined>>;

/** A job ready to be started under any ordinal. */
export interface JobPlan {
  readonly configHash: string;
  readonly requestHash: string;
  /** Where this plan's checkpoints go at first; a start from zero in a used place takes another (`…-r2/`). */
  readonly checkpointUri: string;
  /** Names by ordinal, from 1. */
  name(ordinal: number): string;
  request(name: string, checkpointUri: string): CreateTrainingJobRequest;
}

/** `redact`: what the secrets of this run make of a text that others can read. */
export function planJob(
  plan: Plan,
  image: PlannedImage,
  fingerprints: ChannelFingerprints,
  redact: (text: string) => string = (text) => text,
): JobPlan {
  const { inputs, subject, name } = plan;
  const configHash = sha256(canonicalJson(configOf(plan, image, fingerprints)));
  const checkpointUri =
    inputs.data.checkpointUri ??
    joinUri(
      plan.s3Uri,
      'checkpoints',
      subject.repository,
      name,
      branchSlug(redact(subject.branch)),
      subject.sha,
      configHash.slice(0, 8),
      '',
    );
  const untitled = requestBody(plan, image, checkpointUri);
  const requestHash = sha256(canonicalJson(asWritten(plan, untitled)));
  const hashes = { configHash, requestHash };
  return {
    ...hashes,
    checkpointUri,
    name: (ordinal) => jobName({ repository: subject.repository, name, commit: subject.sha, ...hashes }, ordinal),
    request: (TrainingJobName, uri) => ({
      TrainingJobName,
      ...requestBody(plan, image, uri),
      Tags: jobTags(plan, hashes, redact),
    }),
  };
}

/** What decides the weights, and nothing else: run ids, limits, gates and report inputs stay out. */
function configOf({ inputs }: Plan, image: PlannedImage, fingerprints: ChannelFingerprints) {
  const channels = Object.entries(inputs.data.channels).map(([name, uri]) => [name, uri, fingerprints[name] ?? null]);
  return {
    image: image.fingerprint,
    hyperparameters: inputs.data.hyperparameters,
    environment: inputs.data.environment,
    channels: channels.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    instanceCount: inputs.compute.instanceCount,
  };
}

type UntitledRequest = Omit<CreateTrainingJobRequest, 'TrainingJobName' | 'Tags'>;

function requestBody(plan: Plan, image: PlannedImage, checkpointUri: string): UntitledRequest {
  const { data, compute, judge } = plan.inputs;
  const channels = Object.entries(data.channels);
  return {
    RoleArn: data.executionRole,
    AlgorithmSpecification: {
      TrainingImage: image.uri,
      TrainingInputMode: 'File',
      ...(judge.metrics.length > 0 && {
        MetricDefinitions: judge.metrics.map(({ name, regex }) => ({ Name: name, Regex: regex })),
      }),
    },
    ResourceConfig: {
      InstanceType: compute.instanceType as NonNullable<CreateTrainingJobRequest['ResourceConfig']>['InstanceType'],
      InstanceCount: compute.instanceCount,
      VolumeSizeInGB: compute.volumeSizeGb,
    },
    StoppingCondition: {
      MaxRuntimeInSeconds: compute.maxRunSeconds,
      ...(compute.maxWaitSeconds !== undefined && { MaxWaitTimeInSeconds: compute.maxWaitSeconds }),
    },
    EnableManagedSpotTraining: compute.spot,
    CheckpointConfig: { S3Uri: checkpointUri, LocalPath: data.checkpointPath },
    OutputDataConfig: { S3OutputPath: data.outputUri ?? joinUri(plan.s3Uri, 'output', '') },
    // The API refuses empty lists; an empty map is left out as well, to send only what was asked for.
    ...(channels.length > 0 && { InputDataConfig: channels.map(([name, uri]) => channel(name, uri)) }),
    ...(Object.keys(data.hyperparameters).length > 0 && { HyperParameters: { ...data.hyperparameters } }),
    ...(Object.keys(data.environment).length > 0 && { Environment: { ...data.environment } }),
  };
}

function channel(ChannelName: string, S3Uri: string) {
  return {
    ChannelName,
    DataSource: {
      S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri, S3DataDistributionType: 'FullyReplicated' as const },
    },
  };
}

/** The request without what is derived or decides nothing: name, tags, role, metric definitions, URIs of our making. */
function asWritten({ inputs }: Plan, request: UntitledRequest) {
  const { RoleArn: _role, AlgorithmSpecification, CheckpointConfig, OutputDataConfig, ...rest } = request;
  return {
    ...rest,
    inputMode: AlgorithmSpecification?.TrainingInputMode,
    checkpointUri: inputs.data.checkpointUri ?? null,
    checkpointPath: CheckpointConfig?.LocalPath,
    outputUri: inputs.data.outputUri === undefined ? null : OutputDataConfig?.S3OutputPath,
  };
}
