/**
 * What the user asked for, parsed and checked: no later stage reads a raw input.
 * Durations are seconds, sizes GiB-style GB as SageMaker counts them, money USD.
 */
import type { Direction } from '../metrics/direction.ts';
import type { Gate } from '../metrics/gate.ts';
import type { PresetName } from '../metrics/presets.ts';
import type { ProfileName } from '../plan/profiles.ts';
import type { Channel } from '../ports.ts';
import type { Distribution } from './distribution.ts';
import type { JsonObject } from './json.ts';
import type { Mode } from './specs/general.ts';

/** Input data in the API's own words; its name is the key. */
export type ChannelSettings = Omit<Channel, 'ChannelName'>;

/** A program that the training toolkit of the image gets from S3 and starts. */
export interface ScriptMode {
  /** Unset = the script alone. */
  readonly sourceDir: string | undefined;
  /** Below `sourceDir`, or in the checkout. */
  readonly entryPoint: string;
  readonly requirements: string | undefined;
}

/** A metric: its name and the regular expression SageMaker applies to each log line (one capture group: the value). */
export interface MetricDefinition {
  readonly name: string;
  readonly regex: string;
}

export interface Inputs {
  readonly mode: Mode;
  /** Unset = derived from the job id and the matrix by the plan. */
  readonly name: string | undefined;
  readonly githubToken: string | undefined;
  /** The matrix values of this job, as the runner gave them; `{}` without a matrix. */
  readonly matrix: Readonly<Record<string, unknown>>;
  /** How many jobs of the matrix may run at once; 1 without a matrix. */
  readonly matrixJobs: number;

  readonly aws: {
    readonly region: string;
    readonly roleToAssume: string | undefined;
    readonly audience: string;
    readonly roleDurationSeconds: number;
    readonly roleSessionName: string | undefined;
  };

  readonly image: {
    /** An existing image, `dlc:` resolved; excludes the build inputs. */
    readonly uri: string | undefined;
    readonly context: string;
    readonly dockerfile: string;
    readonly target: string | undefined;
    readonly buildArgs: Readonly<Record<string, string>>;
    readonly buildSecrets: Readonly<Record<string, string>>;
    readonly platform: string;
    readonly repository: string | undefined;
    /** Empty = the commit, and `latest` on the default branch. */
    readonly tags: readonly string[];
    /** Whether the build cache is kept in a repository of its own. */
    readonly cache: 'auto' | 'off';
  };

  readonly script: ScriptMode | undefined;

  readonly compute: {
    readonly instanceType: string;
    /** Set = the type was chosen by this profile. */
    readonly profile: ProfileName | undefined;
    readonly instanceCount: number;
    readonly volumeSizeGb: number;
    readonly spot: boolean;
    readonly maxRunSeconds: number;
    /** Absent without spot. */
    readonly maxWaitSeconds: number | undefined;
    /** How long a warm pool is kept. */
    readonly keepAliveSeconds: number | undefined;
    readonly distribution: Distribution | undefined;
  };

  readonly data: {
    readonly executionRole: string;
    readonly s3Uri: string | undefined;
    readonly channels: Readonly<Record<string, ChannelSettings>>;
    /** As they are sent: strings raw (in script mode as JSON), other values as JSON. */
    readonly hyperparameters: Readonly<Record<string, string>>;
    readonly environment: Readonly<Record<string, string>>;
    readonly checkpointUri: string | undefined;
    readonly checkpointPath: string;
    readonly outputUri: string | undefined;
    readonly tags: Readonly<Record<string, string>>;
  };

  readonly network: {
    /** Both are empty outside of a VPC. */
    readonly subnets: readonly string[];
    readonly securityGroups: readonly string[];
    readonly isolation: boolean;
    readonly encryptTraffic: boolean;
    readonly kmsKey: string | undefined;
    readonly volumeKmsKey: string | undefined;
  };

  /** What the job file asks for and no input can, in the field names of CreateTrainingJob. */
  readonly jobFile: JsonObject;

  readonly judge: {
    /** From `metrics`, then one for every other name that the gates use. */
    readonly metrics: readonly MetricDefinition[];
    /** Frameworks of which every metric in the log is read. */
    readonly presets: readonly PresetName[];
    readonly gates: readonly Gate[];
    readonly missingMetric: 'fail' | 'warn';
    /** Metric name → which way is better. */
    readonly objective: Readonly<Record<string, Direction>>;
    /** `base`, `none`, a branch or a job name. */
    readonly baseline: string;
    readonly missingBaseline: 'pass' | 'fail';
    /** USD; unset = no limit. */
    readonly maxCostUsd: number | undefined;
  };

  readonly run: {
    /** `watch`: the job to follow. */
    readonly jobName: string | undefined;
    readonly onUntrusted: 'skip' | 'fail';
    readonly onCancel: 'stop' | 'leave';
    readonly onSuperseded: 'stop' | 'leave';
    readonly resume: 'auto' | 'never';
    readonly reuse: 'auto' | 'never';
    readonly waitTimeoutSeconds: number;
    readonly onTimeout: 'fail' | 'pending';
    /** Unset = adaptive. */
    readonly pollSeconds: number | undefined;
  };

  readonly report: {
    readonly comment: 'auto' | 'off';
    readonly logLines: number;
    /** Unset = `train-on-sagemaker / <name>`. */
    readonly statusContext: string | undefined;
    /** Regular expressions of what is not shown. */
    readonly redact: readonly string[];
    /** Unset = hidden unless the repository is private. */
    readonly hideAccountId: boolean | undefined;
  };
}
