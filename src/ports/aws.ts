/** The doors to AWS, in each service's own words. */
import type { CreateTrainingJobRequest, DescribeTrainingJobResponse, Tag } from '@aws-sdk/client-sagemaker';

export type { CreateTrainingJobRequest, DescribeTrainingJobResponse, Tag };

/** Amazon SageMaker training jobs. */
export interface Trainer {
  /** Answers the ARN. The name is the idempotency token. */
  create(request: CreateTrainingJobRequest): Promise<string>;
  describe(name: string): Promise<DescribeTrainingJobResponse>;
  stop(name: string): Promise<void>;
  tags(arn: string): Promise<readonly Tag[]>;
  addTags(arn: string, tags: readonly Tag[]): Promise<void>;
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
  readonly sizeBytes: number | undefined;
}

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
  image(
    repository: string,
    id: { tag: string } | { digest: string },
    registryId?: string,
  ): Promise<RegistryImage | undefined>;
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
  put(uri: string, body: string): Promise<void>;
  get(uri: string): Promise<string | undefined>;
  exists(uri: string): Promise<boolean>;
  /** One listing page below a textual prefix. */
  list(uri: string, after?: string): Promise<{ readonly objects: readonly StoredObject[]; readonly next?: string }>;
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
  readonly store: Store;
  readonly identity: Identity;
}
