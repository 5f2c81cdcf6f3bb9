/**
 * Everything the surfaces (comment, summary, status, outputs) say about one training, as plain facts.
 * Built once by the pipeline; the writers of this room only word and arrange it. Strings from outside are
 * `Untrusted` until a writer escapes them.
 */
import type { Advice } from '../diagnose/advice.ts';
import type { Explained } from '../diagnose/explain-job.ts';
import type { FailureCode } from '../failure.ts';
import type { Untrusted } from '../hostile/text.ts';
import type { BaselineJob, Comparison } from '../metrics/baseline.ts';
import type { GateResult, MetricValue } from '../metrics/judge.ts';

/** Contract: what a run of the action comes to. */
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'pending' | 'skipped';

export type StopCause = 'max-runtime' | 'max-wait' | 'max-cost' | 'user';

/** How the training job ended, why this run no longer knows, or why there is none. */
export type Outcome =
  | { readonly kind: 'running'; readonly phase: string }
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly reason: Untrusted | undefined }
  | { readonly kind: 'stopped'; readonly by: StopCause }
  /** This run was cancelled. `unstopped`: SageMaker did not take the request to stop the job, so that it may go on. */
  | { readonly kind: 'cancelled'; readonly job: 'stopping' | 'left' | 'unstopped' }
  /** The observer is gone, not the job: credentials expired, or AWS unreachable for too long. */
  | { readonly kind: 'lost'; readonly why: Untrusted; readonly remedy: string }
  /** `wait-timeout` is over: the job goes on, and a later run finds it. */
  | { readonly kind: 'handed-over' }
  /** A newer commit of the pull request took this one's place; `by` is that commit, '' when not known. */
  | { readonly kind: 'superseded'; readonly by: string }
  /** The pull request got a newer commit before the job was created: nothing was started for this one. */
  | { readonly kind: 'head-moved'; readonly head: string }
  /** Nothing was trained on purpose. `untrusted`: the code or its author is not trusted with credentials (contract: `on-untrusted`). */
  | { readonly kind: 'skipped'; readonly why: Untrusted; readonly untrusted: boolean };

/** The spot receipt. Seconds are wall-clock per job, not multiplied by instances. */
export interface Receipt {
  readonly instanceType: string;
  /** Where the job ran; absent before it has an ARN. The price may be another region's. */
  readonly region: string | undefined;
  readonly instanceCount: number;
  readonly spot: boolean;
  readonly interruptions: number;
  /** Absent until SageMaker states them. */
  readonly trainingSeconds: number | undefined;
  readonly billableSeconds: number | undefined;
  /** (1 − billable / training) × 100; absent without both or without spot. */
  readonly savingPercent: number | undefined;
  /** billable / 3600 × instances × on-demand price; absent without a price or billable seconds. */
  readonly costUsd: number | undefined;
  /** What the training seconds would have cost on demand. */
  readonly onDemandUsd: number | undefined;
  readonly price:
    | {
        readonly usdPerHour: number;
        readonly kind: 'listed' | 'estimated';
        readonly date: string;
        readonly region: string;
      }
    | undefined;
}

/** What happened after the last interruption, as the training log and S3 tell it. */
export interface Resume {
  /** The log line that speaks of resuming, verbatim; absent when none does. */
  readonly quote: Untrusted | undefined;
  /** Objects below the checkpoint URI after the end (marker files not counted); absent when they could not be listed. */
  readonly checkpointObjects: number | undefined;
}

/** What the metrics were compared with. */
export type ReportedBaseline =
  | { readonly kind: 'missing'; readonly why: Untrusted }
  | {
      readonly kind: 'found';
      readonly job: BaselineJob;
      /** Absent for a job given by name. */
      readonly branch: Untrusted | undefined;
      readonly consoleUrl: string;
      readonly comparisons: readonly Comparison[];
    };

export interface JobFacts {
  readonly name: string;
  readonly arn: string | undefined;
  /** TrainingJobStatus and SecondaryStatus, in SageMaker's own words; absent before the first answer. */
  readonly status: string | undefined;
  readonly secondaryStatus: string | undefined;
  readonly imageUri: string;
  /** Absent where another run knows. */
  readonly imageSource: 'given' | 'reused' | 'built' | undefined;
  /** Why; a sentence without its full stop. */
  readonly imageReason?: string;
  readonly checkpointUri: string;
  /** Where the container sees the checkpoints, `/opt/ml/checkpoints` unless the input says otherwise. */
  readonly checkpointPath: string;
  readonly consoleUrl: string;
  readonly logsUrl: string;
  readonly checkpointConsoleUrl: string;
  /** `s3://…/model.tar.gz`, only when the object exists. */
  readonly modelArtifacts: string | undefined;
  readonly modelConsoleUrl: string | undefined;
  /** `started` by this run; `adopted` = another run's live job is followed; `reused` = an earlier Completed one is reported; `watched` by its name. */
  readonly origin: 'started' | 'adopted' | 'reused' | 'watched';
  /** ISO date of the job's creation, for reused ones. */
  readonly createdAt: string | undefined;
}

export interface Report {
  readonly name: string;
  readonly repository: string;
  /** Links to this run in the Actions tab. */
  readonly runUrl: string;
  /** Id of this workflow run: ids grow, so the newest run's word stands in the comment. */
  readonly runId: string;
  /** The commit the report is about, its branch, and the merge commit when that was trained. */
  readonly commit: {
    readonly sha: string;
    readonly branch: Untrusted;
    readonly merge: { readonly sha: string; readonly base: Untrusted } | undefined;
  };
  /** The values of the workflow's matrix, by which this comment is told from the others of the run. */
  readonly matrix?: Readonly<Record<string, Untrusted>> | undefined;
  /** The job is none of this repository's trainings, as far as its tags tell: then the commit above is not its own. */
  readonly isForeign?: boolean | undefined;
  readonly conclusion: Conclusion | 'running';
  readonly job: JobFacts | undefined;
  readonly outcome: Outcome | undefined;
  readonly metrics: readonly MetricValue[];
  readonly gates: readonly GateResult[];
  /** Absent where none was asked for, or the job has not completed. */
  readonly baseline: ReportedBaseline | undefined;
  readonly receipt: Receipt | undefined;
  readonly resume: Resume | undefined;
  /** The last lines of the training log, oldest first, each with its node. */
  readonly logTail: readonly { readonly node: string; readonly line: Untrusted }[];
  /** The action itself could not do its work. */
  readonly failure: { readonly code: FailureCode; readonly message: Untrusted; readonly remedy: Untrusted } | undefined;
  /** Sentences the reader must not miss (a channel not fingerprinted, an OCI manifest, no log stream …). */
  readonly notes: readonly Untrusted[];
  /** Why the job failed, stopped or was refused. */
  readonly explained?: Explained | undefined;
  /** What could be better about a training that succeeded; at most three. */
  readonly advice?: readonly Advice[];
  /** What was asked of SageMaker, for the collapsed section; the environment by name only. */
  readonly request:
    | {
        readonly hyperparameters: Readonly<Record<string, string>>;
        readonly environmentNames: readonly string[];
        readonly channels: Readonly<Record<string, string>>;
        /** Script mode: the script, by its path in the checkout. */
        readonly script?: string | undefined;
        /** How the toolkit starts it: `torchrun`, … */
        readonly distribution?: string | undefined;
        readonly maxRunSeconds: number;
        readonly maxWaitSeconds: number | undefined;
        readonly volumeSizeGb: number;
        /** USD; undefined = no limit. */
        readonly maxCostUsd: number | undefined;
      }
    | undefined;
}
