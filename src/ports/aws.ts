/** The doors to AWS, in each service's own words. */
import type {
  Channel,
  CreateTrainingJobRequest,
  DescribeTrainingJobResponse,
  Filter,
  Tag,
  TrainingJob,
} from '@aws-sdk/client-sagemaker';

import type { Inspection } from './inspection.ts';

export type { Channel, CreateTrainingJobRequest, DescribeTrainingJobResponse, Filter, Tag, TrainingJob };

/** `attempts`: how often the client had to ask. */
export type DescribedJob = DescribeTrainingJobResponse & { readonly $metadata?: { readonly attempts?: number } };

/** Amazon SageMaker training jobs. */
export interface Trainer {
  /** Answers the ARN. The name is the idempotency token. */
  create(request: CreateTrainingJobRequest): Promise<string>;
  describe(name: string): Promise<DescribedJob>;
  stop(name: string): Promise<void>;
  tags(arn: string): Promise<readonly Tag[]>;
  addTags(arn: string, tags: readonly Tag[]): Promise<void>;
  /** Training jobs that pass all filters, newest first, at most 100. The index is seconds to minutes behind. */
  search(filters: readonly Filter[]): Promise<readonly TrainingJob[]>;
}

export interface LogStream {
  /** `<job>/algo-<n>-<epoch seconds>` */
  readonly name: string;
}

export interface LogPage {
  readonly events: readonly { readonly timestamp: number; readonly message: string }[];
  /** Pass it to the next read; equal to the one sent = end of what there is. */
  readonly nextToken: string;
}

/** Amazon CloudWatch Logs, group `/aws/sagemaker/TrainingJobs`. */
export interface Logs {
  /** All streams below a prefix (every page). A group that never existed has none. */
  streams(prefix: string): Promise<readonly LogStream[]>;
  /** One page, oldest first. `token` undefined = from the head. */
  events(stream: string, token: string | undefined): Promise<LogPage>;
}

export interface RegistryImage {
  readonly digest: string;
  readonly mediaType: string | undefined;
  /** As it was pushed, byte for byte. */
  readonly manifest: string;
  /** The tag it was asked for by. */
  readonly tag: string | undefined;
  /** The account whose registry holds it. */
  readonly registryId: string | undefined;
}

export type ImageId = { readonly tag: string } | { readonly digest: string };

export interface RegistryLogin {
  /** Host (and port) to log in to, without scheme. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

/** Amazon ECR, private registries. */
export interface Registry {
  login(): Promise<RegistryLogin>;
  /** The repository's URI as ECR states it; `undefined` when it does not exist. */
  repositoryUri(name: string): Promise<string | undefined>;
  createRepository(name: string, tags: readonly { Key: string; Value: string }[]): Promise<string>;
  /** The image behind a tag or digest; `undefined` when there is none. */
  image(repository: string, id: ImageId, registryId?: string): Promise<RegistryImage | undefined>;
  /** Those of the images that exist, in one call. */
  images(repository: string, ids: readonly ImageId[], registryId?: string): Promise<readonly RegistryImage[]>;
  /**
   * The configuration that an image's manifest names, as JSON text; `undefined` for an index, which names none. Rejects when
   * it is not to be had within ten seconds.
   */
  configuration(repository: string, image: RegistryImage): Promise<string | undefined>;
  /** Gives an image one more tag. `kept`: the tag is immutable and stays at another image. */
  putTag(repository: string, image: RegistryImage, tag: string): Promise<'tagged' | 'kept'>;
  /**
   * The host of an account's registry as AWS names it, known without a call; `undefined` where another endpoint stands in
   * for AWS: then only ECR's own answers tell.
   */
  hostOf(registryId: string): string | undefined;
  /** Whether a registry host is this one by another name: on loopback, where another endpoint stands in for AWS. */
  standsBehind(host: string): boolean;
}

export interface StoredObject {
  readonly key: string;
  readonly etag: string;
  readonly sizeBytes: number;
  /** Epoch seconds. */
  readonly modifiedAt: number;
}

/** Amazon S3. URIs are `s3://bucket/key`. */
export interface Store {
  put(uri: string, body: string | Uint8Array): Promise<void>;
  get(uri: string): Promise<string | undefined>;
  exists(uri: string): Promise<boolean>;
  /** One listing page below a textual prefix. */
  list(uri: string, after?: string): Promise<{ readonly objects: readonly StoredObject[]; readonly next?: string }>;
}

/** Service Quotas: how much of SageMaker this account may use at once. */
export interface Quotas {
  /** By its code; `undefined` for a quota that the region does not have. */
  value(code: string): Promise<number | undefined>;
}

/** AWS STS: who the credentials are. */
export interface Identity {
  caller(): Promise<{ readonly account: string; readonly arn: string }>;
}

export interface AwsConfig {
  readonly region: string;
  /** Assumed with a fresh GitHub OIDC token at each refresh; without it the environment's credentials are used. */
  readonly role?: {
    readonly arn: string;
    readonly audience: string;
    readonly durationSeconds: number;
    readonly sessionName: string;
  };
}

/** The AWS doors share one region and one self-refreshing credentials provider. */
export interface Aws {
  readonly trainer: Trainer;
  readonly logs: Logs;
  readonly registry: Registry;
  /** ECR of another region: its login tokens are valid only there. */
  registryIn(region: string): Registry;
  readonly store: Store;
  readonly identity: Identity;
  readonly quotas: Quotas;
  /** Opened when something is to be explained. */
  inspection(): Promise<Inspection>;
}
