/** Jobs of earlier runs, as Describe and Search show them, in our words. Pure. */
import type { DescribeTrainingJobResponse, Tag, TrainingJob } from '../ports.ts';
import { type JobStatus, toJobStatus } from './status.ts';

/** A training job that this action (in this or another run) made. */
export interface KnownJob {
  readonly name: string;
  readonly arn: string;
  readonly status: JobStatus;
  /** Epoch seconds; 0 when not said. */
  readonly createdAt: number;
  readonly checkpointUri: string;
  /** `train-*` tags by their key; empty when they were not read. */
  readonly tags: Readonly<Record<string, string>>;
}

/** An answer of Describe (no tags in it) or a hit of Search (tags in it). */
export function toKnownJob(job: DescribeTrainingJobResponse | TrainingJob, tags: readonly Tag[] = []): KnownJob {
  const all = 'Tags' in job && job.Tags ? job.Tags : tags;
  return {
    name: job.TrainingJobName ?? '',
    arn: job.TrainingJobArn ?? '',
    status: toJobStatus(job as DescribeTrainingJobResponse),
    createdAt: (job.CreationTime?.getTime() ?? 0) / 1000,
    checkpointUri: job.CheckpointConfig?.S3Uri ?? '',
    tags: Object.fromEntries(all.flatMap(({ Key, Value }) => (Key?.startsWith('train-') ? [[Key, Value ?? '']] : []))),
  };
}

/** Still holds machines, or is giving them back. */
export function isLive({ status }: KnownJob): boolean {
  return status.kind === 'live';
}

/** On its way to the end: it cannot be followed to a result any more, but still writes to its checkpoint. */
export function isStopping({ status }: KnownJob): boolean {
  return status.kind === 'live' && status.isStopping;
}
