/** The body of CreateTrainingJob. */
import { isObject, type JsonObject, merged, valueAt } from '../inputs/json.ts';
import type { CreateTrainingJobRequest } from '../ports.ts';
import { distributionHyperparameters } from './distribution.ts';
import { joinUri } from './names.ts';
import type { Plan } from './plan.ts';
import { codeChannel, type Submitted, scriptHyperparameters } from './script-mode.ts';

/** A request that has no name yet, nor the tags that belong to it. */
export type UntitledRequest = Omit<CreateTrainingJobRequest, 'TrainingJobName' | 'Tags'>;

/** What is known only when the job is about to be made. */
export interface Made extends Submitted {
  readonly imageUri: string;
  readonly checkpointUri: string;
}

/** What the inputs ask for, and over it what the job file does. */
export function requestBody(plan: Plan, made: Made): UntitledRequest {
  const { jobFile } = plan.inputs;
  const derived = derivedBody(plan, made);
  if (Object.keys(jobFile).length === 0) return derived;
  // The job file was held against the service model, so that what comes of it is a request again.
  return merged(derived as unknown as JsonObject, jobFile) as unknown as UntitledRequest;
}

function derivedBody(plan: Plan, made: Made): UntitledRequest {
  const { data, compute, judge } = plan.inputs;
  const channels = Object.entries({ ...data.channels, ...codeChannel(plan.inputs, made.source) });
  const hyperparameters = hyperparametersOf(plan, made);
  return {
    RoleArn: data.executionRole,
    AlgorithmSpecification: {
      TrainingImage: made.imageUri,
      TrainingInputMode: 'File',
      ...(judge.metrics.length > 0 && {
        MetricDefinitions: judge.metrics.map(({ name, regex }) => ({ Name: name, Regex: regex })),
      }),
    },
    ResourceConfig: resources(plan),
    StoppingCondition: {
      MaxRuntimeInSeconds: compute.maxRunSeconds,
      ...(compute.maxWaitSeconds !== undefined && { MaxWaitTimeInSeconds: compute.maxWaitSeconds }),
    },
    EnableManagedSpotTraining: compute.spot,
    CheckpointConfig: { S3Uri: made.checkpointUri, LocalPath: data.checkpointPath },
    OutputDataConfig: outputOf(plan),
    // The API refuses empty lists; an empty map is left out as well, to send only what was asked for.
    ...(channels.length > 0 && {
      InputDataConfig: channels.map(([name, settings]) => ({ ChannelName: name, ...settings })),
    }),
    ...(Object.keys(hyperparameters).length > 0 && { HyperParameters: hyperparameters }),
    ...(Object.keys(data.environment).length > 0 && { Environment: { ...data.environment } }),
    ...networkOf(plan),
  };
}

type Resources = NonNullable<CreateTrainingJobRequest['ResourceConfig']>;

function resources({ inputs: { compute, network, jobFile } }: Plan): Resources {
  const preferences = valueAt(jobFile, 'ResourceConfig.InstancePreferences');
  const isGrouped = valueAt(jobFile, 'ResourceConfig.InstanceGroups') !== undefined;
  const counted = Array.isArray(preferences) && preferences.some((each) => isObject(each) && 'InstanceCount' in each);
  return {
    ...(!isGrouped && !preferences && { InstanceType: compute.instanceType as Resources['InstanceType'] }),
    ...(!isGrouped && !counted && { InstanceCount: compute.instanceCount }),
    VolumeSizeInGB: compute.volumeSizeGb,
    ...(network.volumeKmsKey !== undefined && { VolumeKmsKeyId: network.volumeKmsKey }),
    ...(compute.keepAliveSeconds !== undefined && { KeepAlivePeriodInSeconds: compute.keepAliveSeconds }),
  };
}

function outputOf({ inputs: { data, network }, s3Uri }: Plan): UntitledRequest['OutputDataConfig'] {
  return {
    S3OutputPath: data.outputUri ?? joinUri(s3Uri, 'output', ''),
    ...(network.kmsKey !== undefined && { KmsKeyId: network.kmsKey }),
  };
}

function hyperparametersOf({ inputs }: Plan, submitted: Submitted): Record<string, string> {
  const { distribution, instanceType } = inputs.compute;
  return {
    ...inputs.data.hyperparameters,
    ...(distribution && distributionHyperparameters(distribution, instanceType)),
    ...scriptHyperparameters(inputs, submitted),
  };
}

/** Only what was asked for: the API's defaults are no VPC, no isolation, no encryption between hosts. */
function networkOf({ inputs: { network } }: Plan): Partial<UntitledRequest> {
  const { subnets, securityGroups, isolation, encryptTraffic } = network;
  return {
    ...(subnets.length > 0 && { VpcConfig: { Subnets: [...subnets], SecurityGroupIds: [...securityGroups] } }),
    ...(isolation && { EnableNetworkIsolation: true }),
    ...(encryptTraffic && { EnableInterContainerTrafficEncryption: true }),
  };
}
