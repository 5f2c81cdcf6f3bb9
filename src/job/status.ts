/** DescribeTrainingJob's strings become one closed union, here and nowhere else. */
import type { DescribeTrainingJobResponse } from '../ports.ts';

/** SageMaker's secondary status while a job lives; `Other` for a value this version does not know. */
export type Phase =
  | 'Starting'
  | 'Pending'
  | 'Downloading'
  | 'Training'
  | 'Interrupted'
  | 'Uploading'
  | 'Stopping'
  | 'Restarting'
  | 'Other';

export interface Transition {
  readonly status: string;
  readonly message: string;
  /** Epoch seconds. */
  readonly startedAt: number;
}

interface Common {
  readonly secondaryStatus: string;
  readonly transitions: readonly Transition[];
  readonly interruptions: number;
}

export type JobStatus = Common &
  (
    | {
        readonly kind: 'live';
        readonly phase: Phase;
        /** Somebody has asked for its end; its phase may be Uploading by then. */
        readonly isStopping: boolean;
      }
    | { readonly kind: 'completed' }
    /** The reason can be absent even then: it points to the service, not the container. */
    | { readonly kind: 'failed'; readonly reason: string | undefined }
    /** Never a success, whoever or whatever stopped it. */
    | { readonly kind: 'stopped'; readonly by: 'max-runtime' | 'max-wait' | 'user' }
  );

export type EndedStatus = Exclude<JobStatus, { kind: 'live' }>;

const PHASES: ReadonlyMap<string, Phase> = new Map<string, Phase>([
  ['Starting', 'Starting'],
  ['LaunchingMLInstances', 'Starting'],
  ['PreparingTrainingStack', 'Starting'],
  ['Pending', 'Pending'],
  ['Downloading', 'Downloading'],
  ['DownloadingTrainingImage', 'Downloading'],
  ['Training', 'Training'],
  ['Interrupted', 'Interrupted'],
  ['Uploading', 'Uploading'],
  ['Stopping', 'Stopping'],
  ['Restarting', 'Restarting'],
  ['Updating', 'Other'],
]);

/** AWS: values are subject to change. An unknown status is a live job, never an end. */
export function toJobStatus(job: DescribeTrainingJobResponse): JobStatus {
  const secondaryStatus = job.SecondaryStatus ?? '';
  const transitions = toTransitions(job);
  const common = {
    secondaryStatus,
    transitions,
    interruptions: transitions.filter(({ status }) => status === 'Interrupted').length,
  };
  switch (job.TrainingJobStatus) {
    case 'Completed':
      return { ...common, kind: 'completed' };
    case 'Failed':
      return { ...common, kind: 'failed', reason: job.FailureReason };
    case 'Stopped':
      return { ...common, kind: 'stopped', by: stoppedBy(secondaryStatus) };
    default:
      return {
        ...common,
        kind: 'live',
        phase: PHASES.get(secondaryStatus) ?? 'Other',
        isStopping: job.TrainingJobStatus === 'Stopping' || secondaryStatus === 'Stopping',
      };
  }
}

function stoppedBy(secondaryStatus: string) {
  if (secondaryStatus === 'MaxRuntimeExceeded') return 'max-runtime';
  return secondaryStatus === 'MaxWaitTimeExceeded' ? 'max-wait' : 'user';
}

function toTransitions(job: DescribeTrainingJobResponse): Transition[] {
  return (job.SecondaryStatusTransitions ?? []).map(({ Status, StatusMessage, StartTime }) => ({
    status: Status ?? '',
    message: StatusMessage ?? '',
    startedAt: (StartTime?.getTime() ?? 0) / 1000,
  }));
}
