/** The fields of CreateTrainingJob that decide how a job runs; all others are only echoed. */
export interface TrainingRequest {
  readonly TrainingJobName: string;
  readonly RoleArn: string;
  readonly AlgorithmSpecification: AlgorithmSpecification;
  readonly ResourceConfig: ResourceConfig;
  readonly OutputDataConfig: { readonly S3OutputPath: string; readonly CompressionType?: 'GZIP' | 'NONE' };
  readonly StoppingCondition?: { readonly MaxRuntimeInSeconds?: number; readonly MaxWaitTimeInSeconds?: number };
  readonly InputDataConfig?: readonly Channel[];
  readonly HyperParameters?: Readonly<Record<string, string>>;
  readonly Environment?: Readonly<Record<string, string>>;
  readonly CheckpointConfig?: { readonly S3Uri: string; readonly LocalPath?: string };
  readonly EnableManagedSpotTraining?: boolean;
  readonly EnableNetworkIsolation?: boolean;
  readonly Tags?: readonly Tag[];
}

export interface AlgorithmSpecification {
  readonly TrainingImage?: string;
  readonly AlgorithmName?: string;
  readonly TrainingInputMode: InputMode;
  readonly MetricDefinitions?: readonly MetricDefinition[];
  readonly ContainerEntrypoint?: readonly string[];
  readonly ContainerArguments?: readonly string[];
  readonly TrainingImageConfig?: { readonly TrainingRepositoryAccessMode: 'Platform' | 'Vpc' };
}

export interface MetricDefinition {
  readonly Name: string;
  readonly Regex: string;
}

export type InputMode = 'File' | 'Pipe' | 'FastFile';

export interface Channel {
  readonly ChannelName: string;
  readonly ContentType?: string;
  readonly CompressionType?: string;
  readonly RecordWrapperType?: string;
  readonly InputMode?: InputMode;
  readonly DataSource: { readonly S3DataSource?: S3DataSource; readonly FileSystemDataSource?: object };
}

export interface S3DataSource {
  readonly S3DataType: 'S3Prefix' | 'ManifestFile' | 'AugmentedManifestFile' | 'Converse';
  readonly S3Uri: string;
  readonly S3DataDistributionType?: 'FullyReplicated' | 'ShardedByS3Key';
}

export interface ResourceConfig {
  readonly InstanceType?: string;
  readonly InstanceCount?: number;
  readonly VolumeSizeInGB?: number;
  readonly VolumeKmsKeyId?: string;
  readonly KeepAlivePeriodInSeconds?: number;
  readonly InstanceGroups?: readonly InstanceGroup[];
  readonly InstancePreferences?: readonly { readonly InstanceType: string; readonly InstanceCount?: number }[];
  readonly TrainingPlanArn?: string;
  readonly InstancePlacementConfig?: object;
}

export interface InstanceGroup {
  readonly InstanceType: string;
  readonly InstanceCount: number;
  readonly InstanceGroupName: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Instances a job runs on, in the order of their host names. */
export interface Host {
  /** `algo-1` */
  readonly name: string;
  readonly instanceType: string;
  readonly group: string;
}

/** Group name SageMaker gives to a job without instance groups. */
const ONE_GROUP = 'homogeneousCluster';

/** The hosts of a job, numbered through all instance groups. */
export function hostsOf({ ResourceConfig: resources }: TrainingRequest): Host[] {
  const { InstanceType = '', InstanceCount, InstanceGroups, InstancePreferences } = resources;
  const first = InstancePreferences?.[0];
  const groups = InstanceGroups ?? [
    {
      InstanceType: first?.InstanceType ?? InstanceType,
      InstanceCount: InstanceCount ?? first?.InstanceCount ?? 1,
      InstanceGroupName: ONE_GROUP,
    },
  ];
  return groups
    .flatMap(({ InstanceType: instanceType, InstanceCount: count, InstanceGroupName: group }) =>
      Array.from({ length: count }, () => ({ instanceType, group })),
    )
    .map((host, index) => ({ name: `algo-${index + 1}`, ...host }));
}

/** Bucket and key (or prefix) of an `s3://` address. Throws TypeError for anything else. */
export function parseS3Uri(uri: string): { readonly bucket: string; readonly key: string } {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri);
  if (!match) throw new TypeError(`${uri} is no S3 address`);
  return { bucket: match[1] ?? '', key: match[2] ?? '' };
}

/** The same with a slash at the end of a key that is not empty: the address of a folder. */
export function parseS3Folder(uri: string): { readonly bucket: string; readonly key: string } {
  const { bucket, key } = parseS3Uri(uri);
  return { bucket, key: key === '' || key.endsWith('/') ? key : `${key}/` };
}
