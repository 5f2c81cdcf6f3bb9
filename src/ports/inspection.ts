/** The doors that an explanation opens: what AWS knows about the surroundings of a job. Asked once, never in a loop. */
import type { ImageId, Store } from './aws.ts';

/** One metric of one host of a job, as CloudWatch keeps it in `/aws/sagemaker/TrainingJobs`. */
export interface HostMetric {
  /** `algo-1` */
  readonly host: string;
  /** `CPUUtilization`, … */
  readonly name: string;
  readonly statistic: 'Average' | 'Maximum';
}

export interface HostSeries extends HostMetric {
  /** Epoch seconds and percent, oldest first; percentages of CPUs and GPUs run to 100 × their number. */
  readonly points: readonly (readonly [number, number])[];
}

export interface MetricsQuestion {
  readonly jobName: string;
  readonly metrics: readonly HostMetric[];
  /** Epoch seconds. */
  readonly from: number;
  readonly to: number;
  /** Of one point; a multiple of 60. Seconds. */
  readonly period: number;
}

/** Amazon CloudWatch. */
export interface Metrics {
  /** A metric without points was not published (yet): the service makes no difference. */
  series(question: MetricsQuestion): Promise<readonly HostSeries[]>;
}

export interface PolicyQuestion {
  readonly roleArn: string;
  readonly actions: readonly string[];
  /** ARNs, or `*`. */
  readonly resources: readonly string[];
}

export interface PolicyDecision {
  readonly action: string;
  readonly resource: string;
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Condition keys that a statement asks for and the question does not give: then `implicitDeny` is no proof. */
  readonly missingContext: readonly string[];
}

/** AWS IAM. */
export interface Policies {
  /** What a role's own policies say; those of buckets, keys and repositories are not asked. */
  simulate(question: PolicyQuestion): Promise<readonly PolicyDecision[]>;
}

/** What an image was built for and starts with. */
export interface ImageConfig {
  /** `amd64`, `arm64`, … */
  readonly architecture: string | undefined;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

export interface Inspection {
  readonly metrics: Metrics;
  readonly policies: Policies;
  /** Does not follow a bucket into another region: that it lies there is what one wants to know. */
  readonly store: Pick<Store, 'list'>;
  /** The configuration of an image in ECR; `undefined` when there is no such image. */
  imageConfig(repository: string, id: ImageId, registryId: string | undefined): Promise<ImageConfig | undefined>;
}
