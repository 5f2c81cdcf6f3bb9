/**
 * The same training twice: as inputs of the action, and as an estimator of the SageMaker Python SDK 2. What the SDK
 * sends of its own (no profiler, its metrics) stands in the job file; checkpoints are named, for the action always has some.
 */
import { CHECKPOINTS, IMAGE, ROLE, SOURCE, type Workflow } from './build-request.ts';

export interface Compared extends Workflow {
  readonly estimator: {
    /** Of `sagemaker.estimator` or `sagemaker.pytorch`. */
    readonly kind: 'Estimator' | 'PyTorch';
    readonly arguments: Readonly<Record<string, unknown>>;
    /** Channel → arguments of `TrainingInput` or `FileSystemInput`, or an S3 URI. */
    readonly inputs: Readonly<Record<string, unknown>>;
  };
}

type Arguments = Compared['estimator']['arguments'];

const BASE: Arguments = {
  role: ROLE,
  image_uri: IMAGE,
  instance_count: 1,
  instance_type: 'ml.m5.2xlarge',
  output_path: 's3://acme-ml/train/output/',
  checkpoint_s3_uri: CHECKPOINTS,
  checkpoint_local_path: '/opt/ml/checkpoints',
  use_spot_instances: true,
  max_run: 3600,
  max_wait: 7200,
  debugger_hook_config: false,
  disable_profiler: true,
};
/** Without which the SDK checks versions of frameworks that the image does not have to be. */
const SCRIPT: Arguments = {
  entry_point: 'train.py',
  source_dir: SOURCE.uri,
  framework_version: '2.2.0',
  py_version: 'py310',
};
const SCRIPT_MODE = { 'source-dir': 'src', 'entry-point': 'train.py' };
const GPU = { instance_type: 'ml.p4d.24xlarge' };
const GPU_INPUT = { 'instance-type': 'ml.p4d.24xlarge' };

const NO_PROFILER = 'ProfilerConfig: { DisableProfiler: true }';
/** The SDK's PyTorch estimator asks for it. */
const TIME_SERIES = 'AlgorithmSpecification: { EnableSageMakerMetricsTimeSeries: true }';

const own = (
  name: string,
  inputs: Workflow['inputs'],
  more: Arguments = {},
  channels: Arguments = {},
  jobFile = '',
): Compared => ({
  name,
  inputs,
  jobFile: `${jobFile}\n${NO_PROFILER}`,
  estimator: { kind: 'Estimator', arguments: { ...BASE, ...more }, inputs: channels },
});
const torch = (name: string, inputs: Workflow['inputs'], more: Arguments = {}, channels: Arguments = {}): Compared => ({
  name,
  inputs: { ...SCRIPT_MODE, ...inputs },
  jobFile: `${TIME_SERIES}\n${NO_PROFILER}`,
  estimator: { kind: 'PyTorch', arguments: { ...BASE, ...SCRIPT, ...more }, inputs: channels },
});

const TRAIN = { train: 's3://acme-data/train/' };
const ON_DEMAND: Arguments = { use_spot_instances: false, max_wait: null };

export const COMPARED: readonly Compared[] = [
  own('an image of one’s own', { channels: 'train: s3://acme-data/train/' }, {}, TRAIN),
  own(
    'on demand, kept warm',
    { spot: 'false', 'keep-alive': '10m' },
    { ...ON_DEMAND, keep_alive_period_in_seconds: 600 },
  ),
  own(
    'profile medium, larger, longer',
    { 'instance-type': 'medium', 'instance-count': '2', 'volume-size': '100', 'max-run': '2h' },
    { instance_type: 'ml.g5.xlarge', instance_count: 2, volume_size: 100, max_run: 7200, max_wait: 14_400 },
  ),
  own(
    'environment and metrics',
    { environment: 'MODE: fast', metrics: "loss: 'loss=([0-9.]+)'" },
    { environment: { MODE: 'fast' }, metric_definitions: [{ Name: 'loss', Regex: 'loss=([0-9.]+)' }] },
  ),
  own(
    'network and keys',
    {
      subnets: 'subnet-1 subnet-2',
      'security-groups': 'sg-1',
      'network-isolation': 'true',
      'encrypt-inter-container-traffic': 'true',
      'kms-key': 'alias/out',
      'volume-kms-key': 'alias/disk',
    },
    {
      subnets: ['subnet-1', 'subnet-2'],
      security_group_ids: ['sg-1'],
      enable_network_isolation: true,
      encrypt_inter_container_traffic: true,
      output_kms_key: 'alias/out',
      volume_kms_key: 'alias/disk',
    },
  ),
  own(
    'channels in full',
    {
      channels:
        'train: { uri: s3://acme-data/train/, mode: FastFile, content-type: text/csv, sharding: ShardedByS3Key, shuffle-seed: 7 }\nval: { uri: s3://acme-data/val.manifest, data-type: ManifestFile }',
    },
    {},
    {
      train: {
        s3_data: 's3://acme-data/train/',
        input_mode: 'FastFile',
        content_type: 'text/csv',
        distribution: 'ShardedByS3Key',
        shuffle_seed: 7,
      },
      val: { s3_data: 's3://acme-data/val.manifest', s3_data_type: 'ManifestFile' },
    },
  ),
  own(
    'an augmented manifest through a pipe',
    {
      channels:
        'train: { uri: s3://acme-data/a.manifest, data-type: AugmentedManifestFile, mode: Pipe, record-wrapper: RecordIO, compression: Gzip, attribute-names: [ref, label] }',
    },
    {},
    {
      train: {
        s3_data: 's3://acme-data/a.manifest',
        s3_data_type: 'AugmentedManifestFile',
        input_mode: 'Pipe',
        record_wrapping: 'RecordIO',
        compression: 'Gzip',
        attribute_names: ['ref', 'label'],
      },
    },
  ),
  own(
    'Lustre',
    {
      channels:
        'train: { file-system-id: fs-0123456789abcdef0, file-system-type: FSxLustre, directory-path: /fsx/train }',
      subnets: 'subnet-1',
      'security-groups': 'sg-1',
    },
    { subnets: ['subnet-1'], security_group_ids: ['sg-1'] },
    {
      train: { file_system_id: 'fs-0123456789abcdef0', file_system_type: 'FSxLustre', directory_path: '/fsx/train' },
    },
  ),
  own(
    'EFS, writable',
    {
      channels: 'train: { file-system-id: fs-01234567, file-system-type: EFS, directory-path: /data, access-mode: rw }',
      subnets: 'subnet-1',
      'security-groups': 'sg-1',
    },
    { subnets: ['subnet-1'], security_group_ids: ['sg-1'] },
    {
      train: {
        file_system_id: 'fs-01234567',
        file_system_type: 'EFS',
        directory_path: '/data',
        file_system_access_mode: 'rw',
      },
    },
  ),
  own(
    'an entrypoint and retries by the job file',
    {},
    { container_entry_point: ['python3', 'train.py'], container_arguments: ['--epochs', '3'], max_retry_attempts: 3 },
    {},
    'AlgorithmSpecification: { ContainerEntrypoint: [python3, train.py], ContainerArguments: [--epochs, 3] }\nRetryStrategy: { MaximumRetryAttempts: 3 }',
  ),
  own(
    'remote debugging and infrastructure checks by the job file',
    {},
    { enable_remote_debug: true, enable_infra_check: true, enable_session_tag_chaining: true },
    {},
    'RemoteDebugConfig: { EnableRemoteDebug: true }\nInfraCheckConfig: { EnableInfraCheck: true }\nSessionChainingConfig: { EnableSessionTagChaining: true }',
  ),
  own(
    'uncompressed output by the job file',
    {},
    { disable_output_compression: true },
    {},
    'OutputDataConfig: { CompressionType: NONE }',
  ),
  own(
    'a heterogeneous cluster by the job file',
    { 'instance-type': '', spot: 'false' },
    {
      ...ON_DEMAND,
      instance_type: null,
      instance_count: null,
      instance_groups: [
        ['data', 'ml.c5.4xlarge', 2],
        ['gpu', 'ml.p3.2xlarge', 1],
      ],
    },
    {},
    'ResourceConfig:\n  InstanceGroups:\n  - { InstanceGroupName: data, InstanceType: ml.c5.4xlarge, InstanceCount: 2 }\n  - { InstanceGroupName: gpu, InstanceType: ml.p3.2xlarge, InstanceCount: 1 }',
  ),
  torch('script mode', { channels: 'train: s3://acme-data/train/' }, {}, TRAIN),
  torch(
    'script mode with hyperparameters of every kind',
    { hyperparameters: 'opt: adam\nseed: "007"\nlr: 0.001\nepochs: 3\nflag: true\nnothing: null\nname: größe 天' },
    {
      hyperparameters: { opt: 'adam', seed: '007', lr: 0.001, epochs: 3, flag: true, nothing: null, name: 'größe 天' },
    },
  ),
  torch(
    'torchrun',
    { distribution: 'torchrun', ...GPU_INPUT, 'instance-count': '2' },
    { ...GPU, instance_count: 2, distribution: { torch_distributed: { enabled: true } } },
  ),
  torch('mpi', { distribution: 'mpi', ...GPU_INPUT }, { ...GPU, distribution: { mpi: { enabled: true } } }),
  torch(
    'mpi with options',
    {
      distribution: 'mpi: { processes-per-host: 8, custom-mpi-options: "-x FOO=\\"ä\\" --NCCL_DEBUG WARN" }',
      ...GPU_INPUT,
    },
    {
      ...GPU,
      distribution: {
        mpi: { enabled: true, processes_per_host: 8, custom_mpi_options: '-x FOO="ä" --NCCL_DEBUG WARN' },
      },
    },
  ),
  torch(
    'smddp',
    { distribution: 'smddp', ...GPU_INPUT, 'instance-count': '2' },
    { ...GPU, instance_count: 2, distribution: { smdistributed: { dataparallel: { enabled: true } } } },
  ),
  torch(
    'smddp with options',
    { distribution: 'smddp: { custom-mpi-options: -verbose }', ...GPU_INPUT, 'instance-count': '2' },
    {
      ...GPU,
      instance_count: 2,
      distribution: { smdistributed: { dataparallel: { enabled: true, custom_mpi_options: '-verbose' } } },
    },
  ),
  torch(
    'smddp below torchrun',
    { distribution: '{ torchrun: , smddp: }', ...GPU_INPUT, 'instance-count': '2' },
    {
      ...GPU,
      instance_count: 2,
      distribution: { torch_distributed: { enabled: true }, smdistributed: { dataparallel: { enabled: true } } },
    },
  ),
  torch(
    'profile large means torchrun',
    { 'instance-type': 'large' },
    { instance_type: 'ml.g5.12xlarge', distribution: { torch_distributed: { enabled: true } } },
  ),
];
