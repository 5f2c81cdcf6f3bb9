/** Job files that the API would refuse, or that this action cannot take: one mistake each, unless told otherwise. */
export interface Refused {
  readonly yaml: string;
  /** `line:column` of the mistake. */
  readonly at: string;
  readonly message: string;
  readonly remedy: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

const one = (yaml: string, at: string, message: string, remedy: string, inputs?: Refused['inputs']): Refused => ({
  yaml,
  at,
  message,
  remedy,
  ...(inputs && { inputs }),
});

const ON_DEMAND = { spot: 'false' };
const NO_TYPE = { 'instance-type': '' };
const NO_ROLE = { 'execution-role': '' };

/** The text itself. */
const SYNTAX = [
  one('- a', '1:1', 'is not a map', 'fields of CreateTrainingJob'),
  one('RoleArn', '1:1', 'is not a map', 'fields of CreateTrainingJob'),
  one('Tags: [', '1:8', 'is not valid YAML', 'Write YAML'),
  one('RetryStrategy:\n  MaximumRetryAttempts: 1\nRetryStrategy: {}', '3:1', 'Map keys must be unique', 'Write YAML'),
  one('A: &a [*a]', '1:1', 'is not usable YAML', 'Write YAML'),
];

/** Names. */
const NAMES = [
  one('ResourceConf: {}', '1:1', '"ResourceConf" is no field of CreateTrainingJob', 'Did you mean ResourceConfig?'),
  one('resource_config: {}', '1:1', '"resource_config" is no field', 'Did you mean ResourceConfig?'),
  one('Environments: {A: b}', '1:1', '"Environments" is no field', 'Did you mean Environment?'),
  one('Epochs: 3', '1:1', '"Epochs" is no field of CreateTrainingJob', 'Write TrainingJobName'),
  one(
    'ResourceConfig:\n  InstanceTyp: ml.m5.large',
    '2:3',
    '"InstanceTyp" is no field of ResourceConfig',
    'InstanceType?',
  ),
  one('StoppingCondition:\n  MaxRuntime: 3600', '2:3', 'is no field of StoppingCondition', 'Write MaxRuntimeInSeconds'),
  one(
    'InputDataConfig:\n- ChannelName: x\n  S3Uri: s3://bucket/x/',
    '3:3',
    '"S3Uri" is no field of InputDataConfig[0]',
    'Write ChannelName',
  ),
  one('TrainingJobName: mine', '1:1', 'TrainingJobName is made by this action', 'the input name'),
  one(
    'ServerlessJobConfig:\n  BaseModelArn: arn:aws:sagemaker:us-east-1:aws:hub-content/h/Model/m/1.0.0\n  JobType: FineTuning',
    '1:1',
    'is a job without instances',
    'Remove it',
  ),
  one(
    'AlgorithmSpecification:\n  AlgorithmName: deep-ar',
    '2:3',
    'is an algorithm without an image',
    'by the input image',
  ),
  one('ResourceConfig: { SelectedInstanceType: ml.m5.large }', '1:19', 'is an answer of the API', 'write InstanceType'),
];

/** Types. */
const TYPES = [
  one('ResourceConfig: ml.m5.large', '1:1', 'ResourceConfig is one value, where a map is needed', 'Write InstanceType'),
  one('Tags: {team: a}', '1:1', 'Tags is a map, where a list is needed', 'Write a list'),
  one('Environment: [A]', '1:1', 'Environment is a list, where a map is needed', 'name: value'),
  one('RoleArn: [a]', '1:1', 'RoleArn is a list, where one value is needed', 'Write one value', NO_ROLE),
  one('RetryStrategy: { MaximumRetryAttempts: "3" }', '1:18', 'is the text "3"', 'from 1 to 30, without quotes'),
  one('RetryStrategy: { MaximumRetryAttempts: 1.5 }', '1:18', 'is 1.5', 'whole number from 1 to 30'),
  one('RetryStrategy: { MaximumRetryAttempts: 1h }', '1:18', 'is the text "1h"', 'without quotes and units'),
  one('InfraCheckConfig: { EnableInfraCheck: yes }', '1:21', 'is the text "yes"', 'Write true or false'),
  one('EnableManagedSpotTraining: "true"', '1:1', 'is the text "true"', 'without quotes'),
  one('RemoteDebugConfig:', '1:1', 'RemoteDebugConfig has no value', 'drop the line'),
  one('HyperParameters:\n  lr:', '2:3', 'HyperParameters.lr has no value', "Write ''"),
];

/** Lengths, ranges, patterns, enums, required members. */
const CONSTRAINTS = [
  one('RetryStrategy: { MaximumRetryAttempts: 31 }', '1:18', 'MaximumRetryAttempts is 31', 'from 1 to 30'),
  one('RetryStrategy: {}', '1:1', 'RetryStrategy has no MaximumRetryAttempts', 'Add MaximumRetryAttempts'),
  one('ResourceConfig:\n  InstanceType: ml.g5.huge', '2:3', 'is "ml.g5.huge"', 'one that the API knows', NO_TYPE),
  one('ResourceConfig:\n  InstanceType: ml.g5.xlarg', '2:3', 'is "ml.g5.xlarg"', 'Did you mean ml.g5.xlarge?', NO_TYPE),
  one('AlgorithmSpecification: { TrainingInputMode: fastfile }', '1:27', 'is "fastfile"', 'Did you mean FastFile?'),
  one('AlgorithmSpecification: { TrainingInputMode: Stream }', '1:27', 'is "Stream"', 'Write FastFile, File or Pipe'),
  one('OutputDataConfig: { CompressionType: ZIP }', '1:21', 'is "ZIP"', 'GZIP'),
  one('AlgorithmSpecification: { ContainerEntrypoint: [] }', '1:27', 'has 0 entries', 'At least 1 is needed'),
  one(
    `AlgorithmSpecification:\n  ContainerArguments:\n  - ${'x'.repeat(257)}`,
    '3:5',
    'is 257 characters long',
    '0 to 256 characters',
  ),
  one('AlgorithmSpecification:\n  ContainerArguments: ["a\\nb"]', '2:24', 'holds a line break', 'on one line'),
  one(`HyperParameters:\n  p: ${'x'.repeat(2501)}`, '2:3', 'is 2501 characters long', '2500 characters'),
  one('Environment:\n  my-var: x', '2:3', 'has a name that holds characters', 'another name'),
  one(
    'ExperimentConfig: { ExperimentName: my_experiment }',
    '1:21',
    'holds characters that the API forbids',
    'of the form [a-zA-Z0-9]',
  ),
  one(
    'MlflowConfig: { MlflowExperimentName: x }',
    '1:1',
    'MlflowConfig has no MlflowResourceArn',
    'Add MlflowResourceArn',
  ),
  one('ModelPackageConfig: { ModelPackageGroupArn: group }', '1:23', 'is "group"', 'model-package-group'),
  one(
    'TensorBoardOutputConfig: { LocalPath: /opt/ml/output/tensorboard }',
    '1:1',
    'has no S3OutputPath',
    'Add S3OutputPath',
  ),
  one('TensorBoardOutputConfig: { S3OutputPath: bucket/x }', '1:28', 'is "bucket/x"', 'characters'),
  one('DebugHookConfig: { S3OutputPath: s3://My_Bucket/x }', '1:20', 'only lower-case letters', 's3://<bucket>'),
  one('StoppingCondition: { MaxPendingTimeInSeconds: 60 }', '1:22', 'is 60', 'from 1800 to 2419200', {
    'instance-type': 'medium',
  }),
  one(
    'ResourceConfig: { TrainingPlanArn: "arn:aws:iam::1:plan" }',
    '1:19',
    'characters long, at least 50',
    '50 to 2048',
    ON_DEMAND,
  ),
  one(
    'InputDataConfig:\n- DataSource: { S3DataSource: { S3Uri: s3://bucket/x/ } }',
    '2:3',
    'has no ChannelName',
    'Add ChannelName',
  ),
  one(
    'InputDataConfig:\n- ChannelName: a b\n  DataSource: { S3DataSource: { S3Uri: s3://bucket/x/ } }',
    '2:3',
    'InputDataConfig[0].ChannelName is "a b"',
    '1 to 64',
  ),
  one('Tags: [{ Key: team }]', '1:8', 'Tags[0] has no Value', 'Add Value'),
  one('Tags:\n- { Key: "a#b", Value: x }', '2:5', 'Tags[0].Key is "a#b"', '1 to 128'),
];

/** What an input would refuse as well, and what two places say. */
const SETTINGS = [
  one(
    'RoleArn: arn:aws:iam::111122223333:user/me',
    '1:1',
    'RoleArn is "arn:aws:iam::111122223333:user/me"',
    'characters',
  ),
  one('Tags: [{ Key: train-name, Value: x }]', '1:8', 'Tags[0] the name is "train-name"', 'set by this action'),
  one('Tags: [{ Key: "aws:x", Value: x }]', '1:8', 'Tags[0] the name is "aws:x"', 'reserved by AWS'),
  one('Tags: [{ Key: a, Value: x }, { Key: a, Value: y }]', '1:30', 'names "a" a second time', 'once'),
  one(
    'AlgorithmSpecification:\n  MetricDefinitions:\n  - { Name: loss, Regex: "loss" }',
    '3:5',
    'with 0 capture groups',
    'round brackets',
  ),
  one('AlgorithmSpecification: { TrainingImage: ubuntu }', '1:27', 'is no image URI', 'with its registry'),
  one('CheckpointConfig: { LocalPath: /opt/ml/model }', '1:21', 'collides with /opt/ml/model', '/opt/ml/checkpoints'),
  one('VpcConfig: { Subnets: [net-1], SecurityGroupIds: [sg-1] }', '1:14', 'holds "net-1"', 'subnet-'),
  one('VpcConfig: { Subnets: [subnet-1] }', '1:14', 'is set without security-groups', 'Set security-groups'),
  one('StoppingCondition: { MaxRuntimeInSeconds: 60 }', '1:22', 'is also set by the input max-run', 'Keep one', {
    'max-run': '2h',
  }),
  one('HyperParameters: { lr: 1 }', '1:20', 'is also set by the input hyperparameters (lr)', 'Keep one', {
    hyperparameters: 'lr: 2',
  }),
  one('Environment: { A: x }', '1:16', 'is also set by the input environment (A)', 'Keep one', { environment: 'A: y' }),
  one(
    'AlgorithmSpecification:\n  MetricDefinitions:\n  - { Name: loss, Regex: "l=(.*)" }',
    '3:5',
    'is also set by the input metrics (loss)',
    'Keep one',
    { metrics: 'loss: "loss=(.*)"' },
  ),
  one(
    'InputDataConfig:\n- ChannelName: train\n  DataSource:\n    S3DataSource: { S3Uri: s3://bucket/y/ }',
    '4:21',
    'S3Uri is also set by the input channels (train)',
    'Keep one',
    { channels: 'train: s3://bucket/x/' },
  ),
  one('InputDataConfig:\n- ChannelName: train\n  InputMode: Pipe', '2:3', 'train has no source of data', 'Write uri'),
  one(
    'InputDataConfig:\n- ChannelName: train\n  CompressionType: Gzip',
    '2:3',
    'train has compression: Gzip',
    'mode: Pipe',
    { channels: 'train: s3://bucket/x/' },
  ),
];

/** What does not go together. */
const COMBINATIONS = [
  one('EnableManagedSpotTraining: false', '', 'is set, but spot is false', 'Remove max-wait', { 'max-wait': '3h' }),
  one('StoppingCondition: { MaxWaitTimeInSeconds: 60 }', '1:22', 'shorter than max-run', 'Write at least'),
  one(
    'StoppingCondition: { MaxWaitTimeInSeconds: 9000 }',
    '1:22',
    'is set, but spot is false',
    'Remove max-wait',
    ON_DEMAND,
  ),
  one(
    'StoppingCondition: { MaxPendingTimeInSeconds: 7200 }',
    '1:22',
    'is for accelerated types, not for ml.m5.2xlarge',
    'GPUs',
  ),
  one('ResourceConfig: { KeepAlivePeriodInSeconds: 600 }', '1:19', 'cannot be kept as a warm pool', 'spot: false'),
  one(
    'ResourceConfig: { InstancePreferences: [{ InstanceType: ml.m5.large }] }',
    '1:19',
    'but so is spot',
    'spot: false',
    { 'instance-type': '' },
  ),
  one(
    'ResourceConfig:\n  InstancePreferences: [{ InstanceType: ml.m5.large, InstanceCount: 1 }, { InstanceType: ml.m5.xlarge }]',
    '2:3',
    'at some types only',
    'at none',
    { ...ON_DEMAND, 'instance-type': '' },
  ),
  one(
    'ResourceConfig:\n  InstanceGroups: [{ InstanceType: ml.m5.large, InstanceCount: 1, InstanceGroupName: a }]',
    '2:3',
    'is also set by the input instance-type',
    'Keep one',
  ),
  one(
    'ResourceConfig:\n  InstanceGroups: [{ InstanceType: ml.m5.large, InstanceCount: 1, InstanceGroupName: a }]',
    '2:3',
    'instance-count is set',
    'Remove instance-count',
    { 'instance-type': '', 'instance-count': '2' },
  ),
  one(
    'ResourceConfig: { TrainingPlanArn: "arn:aws:sagemaker:us-east-1:111122223333:training-plan/p" }',
    '1:19',
    'a training plan is reserved capacity',
    'spot: false',
  ),
  one('ResourceConfig: { VolumeKmsKeyId: alias/k }', '1:19', 'ml.g5.xlarge has NVMe disks', 'Remove volume-kms-key', {
    'instance-type': 'medium',
  }),
  one(
    'InputDataConfig:\n- ChannelName: a\n  DataSource: { S3DataSource: { S3Uri: s3://bucket/x/, InstanceGroupNames: [gpu] } }',
    '1:1',
    'names the instance group gpu',
    'InstanceGroups',
  ),
];

export const MISTAKES: readonly Refused[] = [
  ...SYNTAX,
  ...NAMES,
  ...TYPES,
  ...CONSTRAINTS,
  ...SETTINGS,
  ...COMBINATIONS,
];
