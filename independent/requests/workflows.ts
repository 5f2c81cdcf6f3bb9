/** Inputs and job files as people write them: every profile, short form, distribution and family of fields, alone and mixed. */
import { profiles } from '../../src/plan/profiles.ts';
import type { Workflow } from './build-request.ts';

const VPC = { subnets: 'subnet-0a1b subnet-0c1d', 'security-groups': 'sg-0a1b' };
const SCRIPT = { 'source-dir': 'src', 'entry-point': 'train.py' };
const ON_DEMAND = { spot: 'false' };
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const CHANNELS: Readonly<Record<string, string>> = {
  uri: 'train: s3://acme-data/train/',
  'two channels': 'train: s3://acme-data/train/\nval.2: s3://acme-data/val/',
  'fast file': 'train: { uri: s3://acme-data/train/, mode: FastFile }',
  pipe: 'train: { uri: s3://acme-data/train/, mode: Pipe, compression: Gzip, record-wrapper: RecordIO }',
  sharded: 'train: { uri: s3://acme-data/train/, sharding: ShardedByS3Key, content-type: text/csv }',
  shuffled: 'train: { uri: s3://acme-data/train/, shuffle-seed: 9007199254740991 }',
  manifest: 'train: { uri: s3://acme-data/a.manifest, data-type: ManifestFile }',
  augmented:
    'train: { uri: s3://acme-data/a.manifest, data-type: AugmentedManifestFile, mode: Pipe, attribute-names: [source-ref, label] }',
  lustre: 'train: { file-system-id: fs-0123456789abcdef0, file-system-type: FSxLustre, directory-path: /fsx/train }',
  efs: 'train: { file-system-id: fs-01234567, file-system-type: EFS, directory-path: /data, access-mode: rw }',
};

const COMPUTE: Readonly<Record<string, Record<string, string>>> = {
  defaults: {},
  'on demand': ON_DEMAND,
  'many nodes': { 'instance-count': '16', 'volume-size': '500' },
  'a warm pool': { ...ON_DEMAND, 'keep-alive': '6h' },
  'long limits': { 'max-run': '28d', 'max-wait': '30d' },
  'a short limit': { 'max-run': '1s' },
};

const NETWORK: Readonly<Record<string, Record<string, string>>> = {
  vpc: VPC,
  isolated: { 'network-isolation': 'true' },
  encrypted: { 'encrypt-inter-container-traffic': 'true', 'instance-count': '2', ...VPC },
  keys: { 'kms-key': 'alias/acme-output', 'volume-kms-key': KEY },
  'isolated script mode': { 'network-isolation': 'true', ...SCRIPT },
};

const DISTRIBUTIONS: Readonly<Record<string, Record<string, string>>> = {
  torchrun: { distribution: 'torchrun', 'instance-type': 'large' },
  'torchrun on two nodes': { distribution: 'torchrun', 'instance-type': 'ml.p5.48xlarge', 'instance-count': '2' },
  mpi: { distribution: 'mpi' },
  'mpi with options': { distribution: 'mpi: { processes-per-host: 8, custom-mpi-options: "-x NCCL_DEBUG=\\"é\\"" }' },
  smddp: { distribution: 'smddp', 'instance-type': 'ml.p4d.24xlarge', 'instance-count': '2' },
  'smddp below torchrun': {
    distribution: '{ torchrun: , smddp: { custom-mpi-options: -x A } }',
    'instance-type': 'ml.p5.48xlarge',
  },
};

const JOB_FILES: Readonly<Record<string, string>> = {
  entrypoint:
    'AlgorithmSpecification: { ContainerEntrypoint: [python3, -m, train], ContainerArguments: ["--epochs", "3"] }',
  'all fast': 'AlgorithmSpecification: { TrainingInputMode: FastFile, EnableSageMakerMetricsTimeSeries: true }',
  'private registry':
    'AlgorithmSpecification:\n  TrainingImageConfig:\n    TrainingRepositoryAccessMode: Vpc\n    TrainingRepositoryAuthConfig: { TrainingRepositoryCredentialsProviderArn: "arn:aws:lambda:us-east-1:111122223333:function:login" }\nVpcConfig: { Subnets: [subnet-1], SecurityGroupIds: [sg-1] }',
  'metrics, tags, maps':
    'AlgorithmSpecification: { MetricDefinitions: [{ Name: "val:loss", Regex: "val_loss=([0-9.]+)" }] }\nTags: [{ Key: team, Value: forecasting }]\nHyperParameters: { lr: 1e-3, name: "007", sizes: [64, 32] }\nEnvironment: { A: 1, B: "x y" }',
  retries: 'RetryStrategy: { MaximumRetryAttempts: 30 }',
  debugger:
    'DebugHookConfig:\n  S3OutputPath: s3://acme-ml/debug/\n  HookParameters: { save_interval: 100 }\n  CollectionConfigurations: [{ CollectionName: losses, CollectionParameters: { include_regex: loss } }]\nDebugRuleConfigurations:\n- { RuleConfigurationName: Loss, RuleEvaluatorImage: 503895931360.dkr.ecr.us-east-1.amazonaws.com/sagemaker-debugger-rules:latest, RuleParameters: { rule_to_invoke: LossNotDecreasing } }',
  profiler:
    'ProfilerConfig: { S3OutputPath: s3://acme-ml/profile/, ProfilingIntervalInMilliseconds: 500, ProfilingParameters: { DataloaderProfilingConfig: "{}" } }',
  'no profiler': 'ProfilerConfig: { DisableProfiler: true }',
  tensorboard:
    'TensorBoardOutputConfig: { S3OutputPath: s3://acme-ml/tensorboard/, LocalPath: /opt/ml/output/tensorboard }',
  experiment:
    'ExperimentConfig: { ExperimentName: forecast, TrialName: a-1, TrialComponentDisplayName: Training, RunName: run-1 }',
  'remote debugging':
    'RemoteDebugConfig: { EnableRemoteDebug: true }\nInfraCheckConfig: { EnableInfraCheck: true }\nSessionChainingConfig: { EnableSessionTagChaining: true }',
  mlflow:
    'MlflowConfig: { MlflowResourceArn: "arn:aws:sagemaker:us-east-1:111122223333:mlflow-tracking-server/acme", MlflowExperimentName: forecast, MlflowRunName: r1 }',
  'model package':
    'ModelPackageConfig: { ModelPackageGroupArn: "arn:aws:sagemaker:us-east-1:111122223333:model-package-group/acme" }',
  'uncompressed output': 'OutputDataConfig: { CompressionType: NONE, S3OutputPath: s3://acme-ml/out/ }',
  'a channel by halves':
    'InputDataConfig:\n- { ChannelName: train, InputMode: FastFile, DataSource: { S3DataSource: { S3DataDistributionType: ShardedByS3Key } } }\n- { ChannelName: val, DataSource: { S3DataSource: { S3Uri: s3://acme-data/val/ } } }',
  'everything an input can say':
    'StoppingCondition: { MaxRuntimeInSeconds: 600, MaxWaitTimeInSeconds: 1200 }\nEnableManagedSpotTraining: true\nCheckpointConfig: { S3Uri: s3://acme-ml/own/, LocalPath: /opt/ml/own }\nResourceConfig: { InstanceCount: 2, VolumeSizeInGB: 40 }\nEnableNetworkIsolation: true\nEnableInterContainerTrafficEncryption: true',
};

/** In place of `instance-type`, and on demand. */
const CLUSTERS: Readonly<Record<string, string>> = {
  groups:
    'ResourceConfig:\n  InstanceGroups:\n  - { InstanceType: ml.c5.4xlarge, InstanceCount: 2, InstanceGroupName: data }\n  - { InstanceType: ml.p3.2xlarge, InstanceCount: 1, InstanceGroupName: gpu }\nInputDataConfig:\n- { ChannelName: train, DataSource: { S3DataSource: { S3Uri: s3://acme-data/x/, InstanceGroupNames: [data, gpu] } } }',
  preferences:
    'ResourceConfig: { InstancePreferences: [{ InstanceType: ml.g5.xlarge }, { InstanceType: ml.g6.xlarge }] }',
  'preferences with counts':
    'ResourceConfig: { InstancePreferences: [{ InstanceType: ml.g5.xlarge, InstanceCount: 2 }, { InstanceType: ml.g5.2xlarge, InstanceCount: 1 }] }',
  'a training plan':
    'ResourceConfig: { InstanceType: ml.p5.48xlarge, TrainingPlanArn: "arn:aws:sagemaker:us-east-1:111122223333:training-plan/acme" }\nStoppingCondition: { MaxPendingTimeInSeconds: 7200 }',
};

const REST: Readonly<Record<string, Record<string, string>>> = {
  'script mode': { ...SCRIPT, hyperparameters: 'opt: adam\nlr: 1e-3\nunits: [64, 32]\nflag: true' },
  'script mode on large': { ...SCRIPT, 'instance-type': 'large' },
  'a lone script': { 'entry-point': 'jobs/train.py' },
  hyperparameters: { hyperparameters: Array.from({ length: 100 }, (_, at) => `h${at}: ${at / 10}`).join('\n') },
  environment: { environment: 'A: "line 1\\nline 2"\nB_2: ""\nC: ü' },
  tags: { tags: Array.from({ length: 38 }, (_, at) => `"tag ${at}": a+b=c@d`).join('\n') },
  metrics: { metrics: "lightgbm:\nval_loss: 'val_loss=([0-9.]+)'", gates: '"val/mape" <= 0.1\nmax(acc) > 0.5' },
  places: { 'checkpoint-uri': 's3://acme-ml/own', 'checkpoint-path': '/opt/ml/own', 'output-uri': 's3://acme-ml/out' },
};

const named = (group: string, table: Readonly<Record<string, Record<string, string>>>): Workflow[] =>
  Object.entries(table).map(([name, inputs]) => ({ name: `${group}: ${name}`, inputs }));
const typeOf = (channels: string): Record<string, string> => (channels.includes('file-system') ? VPC : {});

const PROFILES = Object.keys(profiles).flatMap((profile) =>
  Object.entries(COMPUTE).map(([name, inputs]) => ({
    name: `profile ${profile}: ${name}`,
    inputs: { 'instance-type': profile, ...inputs },
  })),
);
const CHANNEL_FORMS = Object.entries(CHANNELS).flatMap(([name, channels]) => [
  { name: `channels: ${name}`, inputs: { channels, ...typeOf(channels) } },
  {
    name: `channels: ${name}, isolated, in script mode`,
    inputs: { channels, ...VPC, 'network-isolation': 'true', ...SCRIPT },
  },
]);
const FILES = Object.entries(JOB_FILES).flatMap(([name, jobFile]) => [
  { name: `job file: ${name}`, inputs: { channels: 'train: s3://acme-data/train/' }, jobFile },
  {
    name: `job file: ${name}, in script mode, distributed`,
    inputs: {
      channels: 'train: s3://acme-data/train/',
      ...SCRIPT,
      distribution: 'torchrun',
      'instance-type': 'ml.g5.12xlarge',
    },
    jobFile,
  },
]);
const WHOLE_CLUSTERS = Object.entries(CLUSTERS).map(([name, jobFile]) => ({
  name: `cluster: ${name}`,
  inputs: { 'instance-type': '', ...ON_DEMAND },
  jobFile,
}));

export const WORKFLOWS: readonly Workflow[] = [
  ...PROFILES,
  ...CHANNEL_FORMS,
  ...named('network', NETWORK),
  ...named('distribution', DISTRIBUTIONS),
  ...named(
    'distribution in script mode',
    Object.fromEntries(Object.entries(DISTRIBUTIONS).map(([name, inputs]) => [name, { ...inputs, ...SCRIPT }])),
  ),
  ...FILES,
  ...WHOLE_CLUSTERS,
  ...named('inputs', REST),
];
