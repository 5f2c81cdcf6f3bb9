/** Accepted values → the record that all stages read. */
import type { Inputs } from './inputs.ts';
import { metricDefinitions } from './metric-limits.ts';
import type { Values } from './specs.ts';

export function assemble(values: Values): Inputs {
  return {
    mode: values.mode,
    name: values.name,
    githubToken: values['github-token'],
    matrix: values.matrix ?? {},
    aws: awsOf(values),
    image: imageOf(values),
    compute: computeOf(values),
    data: dataOf(values),
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
    uri: values.image,
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

function computeOf(values: Values): Inputs['compute'] {
  const maxRunSeconds = values['max-run'];
  return {
    instanceType: values['instance-type'],
    instanceCount: values['instance-count'],
    volumeSizeGb: values['volume-size'],
    spot: values.spot,
    maxRunSeconds,
    maxWaitSeconds: values.spot ? (values['max-wait'] ?? defaultMaxWait(maxRunSeconds)) : undefined,
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
    channels: values.channels ?? {},
    hyperparameters: values.hyperparameters ?? {},
    environment: values.environment ?? {},
    checkpointUri: values['checkpoint-uri'],
    checkpointPath: values['checkpoint-path'],
    outputUri: values['output-uri'],
    tags: values.tags ?? {},
  };
}
