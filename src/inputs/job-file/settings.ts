/** Fields of CreateTrainingJob that inputs set as well: what a job file says of them is what the input would say. */
import type { Json } from '../json.ts';
import type { InputName } from '../specs.ts';
import type { Places } from './place.ts';

export interface Setting {
  readonly path: string;
  readonly input: InputName;
  /** The value as one would write it into the input. */
  readonly text: (value: Json) => string;
}

const plain = (value: Json) => String(value);
const seconds = (value: Json) => `${value}s`;
/** JSON is YAML. */
const yaml = (value: Json) => JSON.stringify(value);

/** Fields with one value. */
export const SETTINGS: readonly Setting[] = [
  { path: 'RoleArn', input: 'execution-role', text: plain },
  { path: 'AlgorithmSpecification.TrainingImage', input: 'image', text: plain },
  { path: 'ResourceConfig.InstanceType', input: 'instance-type', text: plain },
  { path: 'ResourceConfig.InstanceCount', input: 'instance-count', text: plain },
  { path: 'ResourceConfig.VolumeSizeInGB', input: 'volume-size', text: plain },
  { path: 'ResourceConfig.VolumeKmsKeyId', input: 'volume-kms-key', text: plain },
  { path: 'ResourceConfig.KeepAlivePeriodInSeconds', input: 'keep-alive', text: seconds },
  { path: 'StoppingCondition.MaxRuntimeInSeconds', input: 'max-run', text: seconds },
  { path: 'StoppingCondition.MaxWaitTimeInSeconds', input: 'max-wait', text: seconds },
  { path: 'EnableManagedSpotTraining', input: 'spot', text: plain },
  { path: 'CheckpointConfig.S3Uri', input: 'checkpoint-uri', text: plain },
  { path: 'CheckpointConfig.LocalPath', input: 'checkpoint-path', text: plain },
  { path: 'OutputDataConfig.S3OutputPath', input: 'output-uri', text: plain },
  { path: 'OutputDataConfig.KmsKeyId', input: 'kms-key', text: plain },
  { path: 'VpcConfig.Subnets', input: 'subnets', text: yaml },
  { path: 'VpcConfig.SecurityGroupIds', input: 'security-groups', text: yaml },
  { path: 'EnableNetworkIsolation', input: 'network-isolation', text: plain },
  { path: 'EnableInterContainerTrafficEncryption', input: 'encrypt-inter-container-traffic', text: plain },
];

/** Fields whose entries have names: they are merged with those of the input, name by name. */
export interface NamedSetting {
  readonly path: string;
  readonly input: 'hyperparameters' | 'environment' | 'tags' | 'metrics' | 'channels';
  /** The members of an entry of a list that hold its name and its value; absent for maps. */
  readonly entry?: { readonly name: string; readonly value?: string };
}

export const NAMED_SETTINGS: readonly NamedSetting[] = [
  { path: 'HyperParameters', input: 'hyperparameters' },
  { path: 'Environment', input: 'environment' },
  { path: 'Tags', input: 'tags', entry: { name: 'Key', value: 'Value' } },
  { path: 'AlgorithmSpecification.MetricDefinitions', input: 'metrics', entry: { name: 'Name', value: 'Regex' } },
  { path: 'InputDataConfig', input: 'channels', entry: { name: 'ChannelName' } },
];

/** What two places say, though each may be right alone. */
export function setTwice(input: InputName, name?: string): { readonly message: string; readonly remedy: string } {
  const entry = name === undefined ? '' : ` (${name})`;
  return { message: `is also set by the input ${input}${entry}`, remedy: 'Keep one of the two.' };
}

/** The inputs that a job file speaks of, rightly or wrongly. */
export function inputsIn(places: Pick<Places, 'has'>): readonly InputName[] {
  return [...SETTINGS, ...NAMED_SETTINGS].filter(({ path }) => places.has(path)).map(({ input }) => input);
}
