/**
 * The doors to the outside, types only, in each service's own words.
 * `src/adapters/` implements them against the world; tests implement them as plain objects.
 * A function asks for the slice it uses: `{ trainer, clock }`.
 */
import type { CreateTrainingJobRequest, DescribeTrainingJobResponse, Tag } from '@aws-sdk/client-sagemaker';
import type { Clean } from './hostile/text.ts';

export type { CreateTrainingJobRequest, DescribeTrainingJobResponse, Tag };

/** Time. Every wait has an end and hears cancellation. */
export interface Clock {
  /** Epoch seconds, fractional. */
  now(): number;
  /** Resolves after so many seconds, or at once (without throwing) when the signal aborts. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
}

/** The secrets of this run: they grow while it runs (STS, OIDC, ECR), before their first use. */
export interface Secrets {
  /** Registers a value to be redacted everywhere, and masks it in the runner's log. */
  add(value: string): void;
  /** The text with every known value, and its URL and base64 forms, replaced by `***`. */
  redact(text: string): string;
}

/** Where an annotation points: a file of the repository, 1-based lines. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly title?: Clean;
}

/** The GitHub Actions runner: its environment, log, and command files. */
export interface Runner {
  /** The environment of the step, as the runner gave it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The webhook payload of the event (`GITHUB_EVENT_PATH`), or an empty object. */
  event(): unknown;
  /** Prints lines that can never act as workflow commands. */
  print(text: Clean): void;
  /** Opens a folded group in the log; groups do not nest. */
  group(title: Clean): void;
  endGroup(): void;
  notice(message: Clean, place?: Place): void;
  warning(message: Clean, place?: Place): void;
  error(message: Clean, place?: Place): void;
  output(name: string, value: string): void;
  /** Appends Markdown to the job summary (at most 1 MiB a step). */
  summary(markdown: Clean): Promise<void>;
  /** Keeps a value for the post step of this action; never a secret. */
  save(name: string, value: string): void;
  saved(name: string): string;
}

/** Files of the runner's machine. Paths are absolute or relative to the workspace. */
export interface Files {
  read(path: string): Promise<string | undefined>;
  exists(path: string): Promise<boolean>;
  /** A fresh directory only this user can read, below the runner's temp. */
  temporaryDirectory(prefix: string): Promise<string>;
  /** Only this user can read what is written. */
  write(path: string, text: string): Promise<void>;
  /** A symbolic link at `path` that leads to `target`. */
  link(target: string, path: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** The checked-out commit, read from Git's object store; `undefined` when there is no checkout. */
export interface CheckedOut {
  readonly sha: string;
  readonly parents: readonly string[];
}

export interface Checkout {
  head(): Promise<CheckedOut | undefined>;
}

/** A finished child process. `tail` is the last lines of stdout and stderr together. */
export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly tail: readonly string[];
}

export interface DockerRun {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Called for every line of stdout and stderr as it arrives. */
  readonly onLine?: (line: string) => void;
}

/** The docker command line client. Ends its child when the signal aborts. */
export interface Docker {
  run(command: DockerRun, signal: AbortSignal): Promise<ProcessResult>;
}

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

export interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly headRef: string;
  /** `owner/name`, or null when the fork was deleted. */
  readonly headRepository: string | null;
  readonly baseRef: string;
  readonly state: string;
}

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly url: string;
  readonly author: { readonly login: string; readonly type: string };
}

export type StatusState = 'pending' | 'success' | 'failure' | 'error';

export interface CommitStatus {
  readonly sha: string;
  readonly state: StatusState;
  readonly context: string;
  /** At most 140 characters. */
  readonly description: Clean;
  readonly targetUrl?: string;
}

/** GitHub's REST API for this repository. */
export interface GitHub {
  pullRequest(number: number): Promise<PullRequest>;
  pullRequestsOfCommit(sha: string): Promise<readonly PullRequest[]>;
  /** `admin` | `write` | `read` | `none` */
  permission(user: string): Promise<string>;
  /** Every comment of every page, oldest first. */
  comments(issue: number): AsyncIterable<Comment>;
  createComment(issue: number, body: Clean): Promise<Comment>;
  updateComment(id: number, body: Clean): Promise<Comment>;
  setStatus(status: CommitStatus): Promise<void>;
  react(commentId: number, content: 'eyes' | 'confused'): Promise<void>;
}

/** Every door. AWS and GitHub open lazily: bad input must fail before their clients are loaded. */
export interface Ports {
  readonly runner: Runner;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly files: Files;
  readonly checkout: Checkout;
  readonly docker: Docker;
  aws(config: AwsConfig): Promise<Aws>;
  github(token: string): Promise<GitHub>;
}
