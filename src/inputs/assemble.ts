/** Accepted values → the record that all stages read. */
import type { ChannelInput } from './channel.ts';
import { containerUri, readContainer } from './deep-learning-containers.ts';
import type { ChannelSettings, Inputs } from './inputs.ts';
import { isObject, type JsonObject, jsonText } from './json.ts';
import { metricDefinitions } from './metric-limits.ts';
import { chooseDistribution } from './profile-distribution.ts';
import type { Values } from './specs.ts';

export function assemble(values: Values, rest: JsonObject): Inputs {
  return {
    mode: values.mode,
    name: values.name,
    githubToken: values['github-token'],
    matrix: values.matrix ?? {},
    matrixJobs: jobsAtOnce(values.strategy ?? {}),
    aws: awsOf(values),
    image: imageOf(values),
    script: scriptOf(values),
    compute: computeOf(values),
    data: dataOf(values),
    network: networkOf(values),
    jobFile: rest,
    judge: {
      metrics: metricDefinitions(values),
      presets: values.metrics?.presets ?? [],
      gates: values.gates ?? [],
      missingMetric: values['missing-metric'],
      objective: values.objective ?? {},
      baseline: values.baseline,
      missingBaseline: values['missing-baseline'],
      maxCostUsd: values['max-cost'],
    },
    run: {
      jobName: values['job-name'],
      onUntrusted: values['on-untrusted'],
      onCancel: values['on-cancel'],
      onSuperseded: values['on-superseded'],
      resume: values.resume,
      reuse: values.reuse,
      waitTimeoutSeconds: values['wait-timeout'],
      onTimeout: values['on-timeout'],
      pollSeconds: values['poll-interval'],
    },
    report: {
      comment: values.comment,
      logLines: values['log-lines'],
      statusContext: values['status-context'],
      redact: values.redact ?? [],
      hideAccountId: values['hide-account-id'],
    },
  };
}

/** https://docs.github.com/actions/reference/workflows-and-actions/contexts#strategy-context */
function jobsAtOnce({ 'job-total': total, 'max-parallel': most }: Readonly<Record<string, unknown>>): number {
  const counts = [total, most].filter((each) => typeof each === 'number' && each >= 1) as number[];
  return counts.length === 0 ? 1 : Math.min(...counts);
}

function awsOf(values: Values): Inputs['aws'] {
  return {
    region: values['aws-region'],
    roleToAssume: values['role-to-assume'],
    audience: values.audience,
    roleDurationSeconds: values['role-duration'],
    roleSessionName: values['role-session-name'],
  };
}

function imageOf(values: Values): Inputs['image'] {
  return {
    uri: resolved(values),
    context: values.context,
    dockerfile: values.dockerfile ?? `${values.context.replace(/(?<=.)\/+$/, '')}/Dockerfile`,
    target: values.target,
    buildArgs: values['build-args'] ?? {},
    buildSecrets: values['build-secrets'] ?? {},
    platform: values.platform,
    repository: values.repository,
    tags: values['image-tags'] ?? [],
    cache: values.cache,
  };
}

/** The URI of a Deep Learning Container depends on the region. */
function resolved({ image, 'aws-region': region }: Values): string | undefined {
  const container = image === undefined ? undefined : readContainer(image);
  return container === undefined ? image : containerUri(container, region);
}

function scriptOf(values: Values): Inputs['script'] {
  const { 'source-dir': sourceDir, 'entry-point': entryPoint, requirements } = values;
  return entryPoint === undefined ? undefined : { sourceDir, entryPoint, requirements };
}

function computeOf(values: Values): Inputs['compute'] {
  const maxRunSeconds = values['max-run'];
  return {
    instanceType: values['instance-type'].type,
    profile: values['instance-type'].profile,
    instanceCount: values['instance-count'],
    volumeSizeGb: values['volume-size'],
    spot: values.spot,
    maxRunSeconds,
    maxWaitSeconds: values.spot ? (values['max-wait'] ?? defaultMaxWait(maxRunSeconds)) : undefined,
    keepAliveSeconds: values['keep-alive'],
    distribution: chooseDistribution(values).distribution,
  };
}

const SLACK_SECONDS = 30 * 60;
const LONGEST_JOB_SECONDS = 30 * 86_400;

/** Time for waiting and for runs lost to interruptions: without slack, each second of waiting is taken from the run. */
function defaultMaxWait(maxRunSeconds: number): number {
  return Math.min(Math.max(2 * maxRunSeconds, maxRunSeconds + SLACK_SECONDS), LONGEST_JOB_SECONDS);
}

function dataOf(values: Values): Inputs['data'] {
  return {
    executionRole: values['execution-role'],
    s3Uri: values['s3-uri'],
    channels: channelsOf(values.channels ?? {}),
    hyperparameters: hyperparametersOf(values),
    environment: values.environment ?? {},
    checkpointUri: values['checkpoint-uri'],
    checkpointPath: values['checkpoint-path'],
    outputUri: values['output-uri'],
    tags: values.tags ?? {},
  };
}

/** In script mode a text is quoted: the toolkit reads what looks like a number, true or null as one. */
function hyperparametersOf({ hyperparameters = {}, 'entry-point': script }: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(hyperparameters).map(([name, { text, isText }]) => [
      name,
      script !== undefined && isText ? jsonText(text) : text,
    ]),
  );
}

function channelsOf(channels: Readonly<Record<string, ChannelInput>>): Inputs['data']['channels'] {
  return Object.fromEntries(Object.entries(channels).map(([name, { settings }]) => [name, completed(settings)]));
}

/** With what the API wants to be told and the Python SDK tells it: whole prefixes, a copy for every instance, read-only. */
function completed(settings: JsonObject): ChannelSettings {
  const { DataSource } = settings;
  const source = isObject(DataSource) ? DataSource : {};
  const { S3DataSource: s3, FileSystemDataSource: files } = source;
  const whole = {
    ...settings,
    DataSource: {
      ...source,
      ...(isObject(s3) && {
        S3DataSource: { S3DataType: 'S3Prefix', S3DataDistributionType: 'FullyReplicated', ...s3 },
      }),
      ...(isObject(files) && { FileSystemDataSource: { FileSystemAccessMode: 'ro', ...files } }),
    },
  };
  // The channel rules (channel-rules.ts) have seen to it that this is one.
  return whole as unknown as ChannelSettings;
}

function networkOf(values: Values): Inputs['network'] {
  return {
    subnets: values.subnets ?? [],
    securityGroups: values['security-groups'] ?? [],
    isolation: values['network-isolation'],
    encryptTraffic: values['encrypt-inter-container-traffic'],
    kmsKey: values['kms-key'],
    volumeKmsKey: values['volume-kms-key'],
  };
}
