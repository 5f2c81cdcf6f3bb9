import { type JsonObject, valueAt } from '../inputs/json.ts';
import type { CreateTrainingJobRequest } from '../ports.ts';
import { canonicalJson, sha256 } from './hash.ts';
import { branchSlug, jobName, joinUri } from './names.ts';
import type { Plan } from './plan.ts';
import { requestBody, type UntitledRequest } from './request-body.ts';
import { jobTags } from './tags.ts';

/** The image that will be trained: `repo@sha256:…`, and what identifies its content across rebuilds. */
export interface PlannedImage {
  readonly uri: string;
  /** The digest of a given image; of a built one what its build was decided by, for a rebuild has another digest. */
  readonly fingerprint: string;
}

/** The packed program of script mode. */
export interface PlannedSource {
  readonly uri: string;
  /** Hex sha256 of what is packed. */
  readonly hash: string;
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

/** What the job is made of besides the inputs. */
export interface Ingredients {
  readonly image: PlannedImage;
  readonly fingerprints: ChannelFingerprints;
  /** Script mode only. */
  readonly source?: PlannedSource | undefined;
}

/** `redact`: what the secrets of this run make of a text that others can read. */
export function planJob(
  plan: Plan,
  ingredients: Ingredients,
  redact: (text: string) => string = (text) => text,
): JobPlan {
  const { inputs, subject, name } = plan;
  const { image, source } = ingredients;
  const configHash = sha256(canonicalJson(configOf(plan, ingredients)));
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
  // As it was written: where this action puts the program, and what it calls the job, decide nothing.
  const unplaced = { imageUri: image.uri, checkpointUri, jobName: '', source: source && { ...source, uri: '' } };
  const requestHash = sha256(canonicalJson(asWritten(plan, requestBody(plan, unplaced))));
  const hashes = { configHash, requestHash };
  return {
    ...hashes,
    checkpointUri,
    name: (ordinal) => jobName({ repository: subject.repository, name, commit: subject.sha, ...hashes }, ordinal),
    request: (TrainingJobName, uri) => ({
      TrainingJobName,
      ...requestBody(plan, { imageUri: image.uri, checkpointUri: uri, jobName: TrainingJobName, source }),
      Tags: jobTags(plan, hashes, redact),
    }),
  };
}

/** What decides the weights, and nothing else: run ids, limits, gates and report inputs stay out. */
function configOf({ inputs }: Plan, { image, fingerprints, source }: Ingredients) {
  const { channels, hyperparameters, environment } = inputs.data;
  return {
    image: image.fingerprint,
    source: source?.hash,
    entryPoint: inputs.script?.entryPoint,
    hyperparameters,
    environment,
    channels: Object.entries(channels)
      .map(([name, settings]) => [name, settings, fingerprints[name] ?? null])
      .sort(byName),
    distribution: inputs.compute.distribution,
    instanceCount: inputs.compute.instanceCount,
    ...decidingParts(inputs.jobFile),
  };
}

/** Of what only a job file can say, what the container does: how it is started, and how its instances are grouped. */
function decidingParts(jobFile: JsonObject) {
  return {
    entrypoint: valueAt(jobFile, 'AlgorithmSpecification.ContainerEntrypoint'),
    arguments: valueAt(jobFile, 'AlgorithmSpecification.ContainerArguments'),
    groups: valueAt(jobFile, 'ResourceConfig.InstanceGroups'),
  };
}

function byName([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return String(one) < String(other) ? -1 : 1;
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
    kmsKey: OutputDataConfig?.KmsKeyId,
    jobFile: inputs.jobFile,
  };
}
