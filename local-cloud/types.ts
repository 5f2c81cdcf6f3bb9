/**
 * The shared words of the local cloud. It shares no code with `src/`: the action and this cloud are two
 * independent readings of the same facts, so that one wrong belief cannot confirm itself.
 */

/** Services the router knows. `registry` is the OCI distribution API, `local` the `/_local` control plane. */
export type ServiceName =
  | 'sagemaker'
  | 'ecr'
  | 's3'
  | 'logs'
  | 'cloudwatch'
  | 'sts'
  | 'iam'
  | 'servicequotas'
  | 'oidc'
  | 'github'
  | 'registry'
  | 'local';

/** Who is calling, as far as the credentials of the request tell. */
export interface Principal {
  /** Access key id (AWS), token suffix (GitHub, OIDC), user name (registry), or `anonymous`. */
  readonly id: string;
  /** ARN of the identity for AWS callers. */
  readonly arn?: string;
}

/** One request, decoded by its protocol: JSON body, form fields, or S3/GitHub path parts. */
export interface Call {
  readonly service: ServiceName;
  /** The service's own operation name: `CreateTrainingJob`, `PutObject`, `GET /repos/{owner}/{repo}/pulls/{pull_number}` … */
  readonly operation: string;
  readonly principal: Principal;
  readonly region: string;
  /** Decoded input in the service's own field names. S3: `{Bucket, Key, …}`; GitHub: path parameters, query and JSON body merged. */
  readonly input: Record<string, unknown>;
  readonly headers: Readonly<Record<string, string>>;
  /** The raw body; empty when there is none. S3 bodies are already decoded from `aws-chunked`. */
  readonly body: Buffer;
}

/** What a handler answers. `output` is in the service's own field names and is encoded by the protocol's writer. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly output?: unknown;
  /** A raw body (S3 objects, registry blobs) instead of `output`. */
  readonly body?: Buffer;
}

/** Thrown by a handler for every refusal that AWS or GitHub would make: their error name and wording. */
export class CloudError extends Error {
  readonly code: string;
  readonly status: number;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.extra = extra;
  }
}

export type Handler = (call: Call) => Promise<Answer> | Answer;

/** A service: its operations by the service's own names. */
export type Service = Readonly<Record<string, Handler>>;

/** Time inside the cloud: `scale` of its seconds pass in one of ours. */
export interface CloudClock {
  /** Epoch milliseconds, in the cloud's own time. */
  now(): number;
  /** Resolves after so many of the cloud's seconds, or at once when aborted. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
  readonly scale: number;
}
