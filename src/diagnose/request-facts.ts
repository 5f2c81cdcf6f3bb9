/** What was asked for: read from a loose JSON object (`explain`) or from DescribeTrainingJob's answer. */
import type { CreateTrainingJobRequest, DescribeTrainingJobResponse } from '../ports.ts';

export interface RequestFacts {
  readonly instanceType?: string;
  readonly instanceCount?: number;
  readonly spot?: boolean;
  readonly region?: string;
  readonly roleArn?: string;
  readonly image?: string;
  readonly channels?: readonly { readonly name: string; readonly uri?: string }[];
  readonly hyperparameters?: Readonly<Record<string, string>>;
  readonly volumeSizeGb?: number;
  readonly maxRunSeconds?: number;
  readonly maxWaitSeconds?: number;
  readonly networkIsolation?: boolean;
  readonly inVpc?: boolean;
  readonly checkpointUri?: string;
  readonly hasCheckpoints?: boolean;
  readonly outputUri?: string;
  readonly kmsKeyId?: string;
  /** What people noted beside the request; weak proof. */
  readonly notes?: readonly string[];
}

/** Drops the keys whose value is undefined, as `exactOptionalPropertyTypes` wants it. */
export function known<T extends object>(facts: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}

/** Reads `request_facts`; a field of another type than expected counts as not given. */
export function readRequestFacts(loose: unknown): RequestFacts {
  const facts = asObject(loose);
  const vpc = facts.vpc ?? facts.subnets ?? facts.vpc_config;
  return known<RequestFacts>({
    instanceType: instanceTypeIn(facts.instance_type),
    instanceCount: asNumber(facts.instance_count),
    spot: asBoolean(facts.spot),
    region: asText(facts.region),
    roleArn: asText(facts.role) ?? asText(facts.role_arn) ?? asText(facts.execution_role),
    image: asText(facts.image) ?? asText(facts.image_uri),
    channels: readChannels(facts.channels),
    hyperparameters: asTexts(facts.hyperparameters),
    volumeSizeGb: asNumber(facts.volume_size) ?? asNumber(facts.volume_size_gb),
    maxRunSeconds: asNumber(facts.max_run),
    maxWaitSeconds: asNumber(facts.max_wait),
    networkIsolation: asBoolean(facts.network_isolation),
    inVpc: vpc === undefined ? undefined : !/^(none|no\b|false|$)/i.test(String(vpc)),
    checkpointUri: asText(facts.checkpoint_uri) ?? asText(facts.checkpoint_s3_uri),
    hasCheckpoints: asBoolean(facts.checkpoint_config),
    outputUri: asText(facts.output_uri) ?? asText(facts.output_path),
    kmsKeyId: asText(facts.kms_key),
    notes: [facts.author_notes, facts.note, facts.notes].map(asText).filter((note) => note !== undefined),
  });
}

/** The request as it was sent, or as Amazon SageMaker repeats it; only then its ARN tells the region. */
export function requestFactsOf(job: CreateTrainingJobRequest | DescribeTrainingJobResponse): RequestFacts {
  const checkpoints = job.CheckpointConfig?.S3Uri;
  return known<RequestFacts>({
    instanceType: job.ResourceConfig?.InstanceType,
    instanceCount: job.ResourceConfig?.InstanceCount,
    volumeSizeGb: job.ResourceConfig?.VolumeSizeInGB,
    spot: job.EnableManagedSpotTraining,
    region: 'TrainingJobArn' in job ? job.TrainingJobArn?.split(':')[3] : undefined,
    roleArn: job.RoleArn,
    image: job.AlgorithmSpecification?.TrainingImage,
    channels: (job.InputDataConfig ?? []).map(({ ChannelName, DataSource }) =>
      known<{ name: string; uri?: string }>({ name: ChannelName ?? '', uri: DataSource?.S3DataSource?.S3Uri }),
    ),
    hyperparameters: job.HyperParameters,
    maxRunSeconds: job.StoppingCondition?.MaxRuntimeInSeconds,
    maxWaitSeconds: job.StoppingCondition?.MaxWaitTimeInSeconds,
    networkIsolation: job.EnableNetworkIsolation,
    inVpc: job.VpcConfig !== undefined,
    checkpointUri: checkpoints,
    hasCheckpoints: checkpoints !== undefined,
    outputUri: job.OutputDataConfig?.S3OutputPath,
    kmsKeyId: job.OutputDataConfig?.KmsKeyId || job.ResourceConfig?.VolumeKmsKeyId || undefined,
  });
}

function readChannels(value: unknown): RequestFacts['channels'] {
  if (Array.isArray(value)) return value.map((name) => ({ name: String(name) }));
  if (typeof value === 'string') return value.split(/[\s,]+/).map((name) => ({ name }));
  const entries = Object.entries(asObject(value));
  return entries.length === 0 ? undefined : entries.map(([name, uri]) => ({ name, uri: String(uri) }));
}

/** People write `p2.xlarge`, `2 x ml.p3dn.24xlarge`, or prose; the first type named is meant. */
function instanceTypeIn(value: unknown): string | undefined {
  const found = /\b(?:ml\.)?([a-z]\d[a-z0-9-]*\.(?:\d*x?large|medium|small|metal)|trn\d\w*\.\w+)\b/.exec(String(value));
  return found ? `ml.${found[1]}` : undefined;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function asTexts(value: unknown): Record<string, string> | undefined {
  const entries = Object.entries(asObject(value));
  return entries.length === 0 ? undefined : Object.fromEntries(entries.map(([key, one]) => [key, String(one)]));
}

function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
