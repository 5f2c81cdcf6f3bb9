/** Everything that can be known of a job that went wrong. Each part is optional: an old job may have left only a sentence. */
import type { Untrusted } from '../hostile/text.ts';
import type { Transition } from '../job/status.ts';
import type { LogExcerpt } from './log/excerpt.ts';
import type { RequestFacts } from './request-facts.ts';

export interface Evidence {
  readonly job: JobEvidence;
  readonly log: LogExcerpt;
  readonly request: RequestFacts;
  /** Series of Amazon CloudWatch, by name. */
  readonly metrics: readonly MetricSeries[];
  /** What probing the S3 URIs of the request answered. */
  readonly data?: readonly DataProbe[];
  /** What simulating the execution role's policies answered. */
  readonly role?: readonly RoleDecision[];
  readonly image?: ImageEvidence;
  readonly quotas?: readonly QuotaEvidence[];
  /** What was asked for and could not be seen, and why; a part that is neither here nor above was not looked at. */
  readonly unseen?: Readonly<Partial<Record<Surrounding, string>>>;
}

/** What lies around a job. */
export type Surrounding = 'metrics' | 'role' | 'image' | 'quotas';

export interface JobEvidence {
  /** `Failed`, `Stopped`, `InProgress`, `Completed`; `not-created` when the API refused the request. */
  readonly status: string | undefined;
  readonly secondaryStatus: string | undefined;
  readonly failureReason: Untrusted | undefined;
  readonly transitions: readonly Transition[];
}

export interface MetricSeries {
  /** As the source names it: `MemoryUtilization`, `algo-1/GPUMemoryUtilization`, … One-minute samples miss short peaks. */
  readonly name: string;
  /** Epoch seconds and value; percentages run to 100 × cores or GPUs. */
  readonly points: readonly (readonly [number, number])[];
}

/** What this workflow's own credentials were shown; the execution role may see more or less. */
export interface DataProbe {
  readonly uri: string;
  readonly use: 'input' | 'output' | 'checkpoint' | 'source';
  readonly answer: 'found' | 'empty' | 'denied' | 'no-bucket' | 'other-region' | 'unknown';
  /** What the service said, or how much was found. */
  readonly detail: string;
}

/** By the policies of the role itself: those of buckets, keys and repositories may allow or deny it all the same. */
export interface RoleDecision {
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  /** The answer in IAM's own word. */
  readonly detail: string;
}

export interface ImageEvidence {
  readonly uri: string;
  /** `undefined`: it could not be asked. */
  readonly exists: boolean | undefined;
  /** `amd64`, `arm64`, … */
  readonly architecture?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
}

export interface QuotaEvidence {
  readonly name: string;
  readonly limit: number;
}

/** Where a quoted proof comes from. */
export type ProofSource =
  | 'log'
  | 'failure-reason'
  | 'transitions'
  | 'metrics'
  | 'data-access'
  | 'image'
  | 'quota'
  | 'request';

export interface Proof {
  readonly source: ProofSource;
  /** At most 400 characters, as it was written, white space aside. */
  readonly quote: Untrusted;
  /** 1-based line of the log. */
  readonly line?: number;
}
