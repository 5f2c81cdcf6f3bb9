import { type Channel, parseS3Uri, type ResourceConfig, type TrainingRequest } from '../training/request.ts';
import { validationError } from './errors.ts';
import { instanceType } from './instance-types.ts';

/** Refuses what the model's shapes allow but SageMaker does not. Throws ValidationException. */
export function checkCombinations(request: TrainingRequest): void {
  if ((request as { ServerlessJobConfig?: object }).ServerlessJobConfig) {
    throw validationError('ServerlessJobConfig is not supported by the local cloud');
  }
  for (const field of ['AlgorithmSpecification', 'ResourceConfig', 'StoppingCondition'] as const) {
    if (request[field] === undefined) throw validationError(`${field} is required for a training job on instances`);
  }
  checkAlgorithm(request);
  checkStopping(request);
  checkInstances(request.ResourceConfig, request);
  checkVolume(request.ResourceConfig);
  checkChannels(request.InputDataConfig ?? [], request);
  checkCheckpoints(request);
}

function checkAlgorithm({ AlgorithmSpecification: { TrainingImage, AlgorithmName } }: TrainingRequest): void {
  if ((TrainingImage === undefined) === (AlgorithmName === undefined)) {
    throw validationError('Exactly one of TrainingImage and AlgorithmName must be provided in AlgorithmSpecification');
  }
  if (AlgorithmName !== undefined) throw validationError(`Could not find algorithm ${AlgorithmName}`);
}

function checkStopping({
  StoppingCondition = {},
  EnableManagedSpotTraining: spot,
  ResourceConfig,
}: TrainingRequest): void {
  const { MaxWaitTimeInSeconds: wait, MaxRuntimeInSeconds: run = 86_400 } = StoppingCondition;
  if (!spot && wait !== undefined) {
    throw validationError(
      'Invalid MaxWaitTimeInSeconds. It is only supported when EnableManagedSpotTraining is set to true',
    );
  }
  if (spot && wait === undefined) {
    throw validationError('Invalid MaxWaitTimeInSeconds. It is required when EnableManagedSpotTraining is set to true');
  }
  if (wait !== undefined && wait < run) {
    throw validationError('Invalid MaxWaitTimeInSeconds. It must be equal to or greater than MaxRuntimeInSeconds');
  }
  const { MaxPendingTimeInSeconds: pending } = StoppingCondition as { MaxPendingTimeInSeconds?: number };
  if (pending !== undefined && instanceType(ResourceConfig.InstanceType ?? '').accelerators === 0) {
    throw validationError('Invalid MaxPendingTimeInSeconds. It is only supported for accelerated instance types');
  }
}

function checkInstances(resources: ResourceConfig, { EnableManagedSpotTraining: spot }: TrainingRequest): void {
  const { InstanceType, InstanceCount, InstanceGroups, InstancePreferences, KeepAlivePeriodInSeconds } = resources;
  const ways = [InstanceType, InstanceGroups, InstancePreferences].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    throw validationError(
      'Exactly one of InstanceType, InstanceGroups and InstancePreferences must be provided in ResourceConfig',
    );
  }
  if (InstanceType !== undefined && (InstanceCount === undefined || InstanceCount < 1)) {
    throw validationError('InstanceCount must be 1 or more when InstanceType is provided');
  }
  if (InstanceGroups !== undefined && InstanceCount !== undefined) {
    throw validationError('InstanceCount cannot be provided together with InstanceGroups');
  }
  if (spot && InstancePreferences !== undefined) {
    throw validationError('InstancePreferences is not supported when EnableManagedSpotTraining is set to true');
  }
  if (spot && KeepAlivePeriodInSeconds) {
    throw validationError('KeepAlivePeriodInSeconds is not supported when EnableManagedSpotTraining is set to true');
  }
  if (InstanceGroups !== undefined && KeepAlivePeriodInSeconds) {
    throw validationError('KeepAlivePeriodInSeconds is not supported for heterogeneous clusters');
  }
  for (const field of ['SelectedInstanceType', 'SelectedInstanceCount'] as const) {
    if (field in resources) throw validationError(`${field} is read-only and cannot be provided in ResourceConfig`);
  }
}

function checkVolume({ InstanceType, VolumeSizeInGB, VolumeKmsKeyId }: ResourceConfig): void {
  if (InstanceType === undefined) return;
  const { localStorage } = instanceType(InstanceType);
  if (!localStorage && !VolumeSizeInGB) {
    throw validationError(`VolumeSizeInGB is required for the instance type ${InstanceType}`);
  }
  if (localStorage && VolumeKmsKeyId !== undefined) {
    throw validationError(
      `VolumeKmsKeyId is not supported for the instance type ${InstanceType}, which has local storage encrypted by its hardware`,
    );
  }
}

function checkChannels(channels: readonly Channel[], request: TrainingRequest): void {
  const names = channels.map(({ ChannelName }) => ChannelName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw validationError(`Duplicate channel name '${twice}' in InputDataConfig`);
  for (const { ChannelName, DataSource, CompressionType, InputMode } of channels) {
    const mode = InputMode ?? request.AlgorithmSpecification.TrainingInputMode;
    const { S3DataSource, FileSystemDataSource } = DataSource;
    if (FileSystemDataSource !== undefined && !(request as { VpcConfig?: object }).VpcConfig) {
      throw validationError(`VpcConfig is required for the file system data source of channel '${ChannelName}'`);
    }
    if (CompressionType === 'Gzip' && mode !== 'Pipe') {
      throw validationError(`Compression type Gzip of channel '${ChannelName}' is supported in Pipe mode only`);
    }
    if (mode === 'FastFile' && S3DataSource !== undefined && S3DataSource.S3DataType !== 'S3Prefix') {
      throw validationError(`FastFile mode of channel '${ChannelName}' supports the data type S3Prefix only`);
    }
    if (S3DataSource?.S3DataType === 'AugmentedManifestFile' && mode !== 'Pipe') {
      throw validationError(`AugmentedManifestFile of channel '${ChannelName}' is supported in Pipe mode only`);
    }
  }
}

/** Paths a checkpoint directory may not be or lie in. */
const TAKEN = /^\/opt\/ml\/(input|model|output)(\/|$)/;

function checkCheckpoints({ CheckpointConfig }: TrainingRequest): void {
  if (CheckpointConfig === undefined) return;
  const { LocalPath = '', S3Uri } = CheckpointConfig;
  if (TAKEN.test(LocalPath))
    throw validationError(`CheckpointConfig LocalPath ${LocalPath} is used by SageMaker itself`);
  try {
    parseS3Uri(S3Uri);
  } catch {
    throw validationError(`Invalid S3Uri in CheckpointConfig: ${S3Uri}`);
  }
}
