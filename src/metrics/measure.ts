/** Metrics, artifacts and checkpoints of an ended job. */
import type { MetricDefinition } from '../inputs/inputs.ts';
import { PROPAGATION_SECONDS } from '../job/service-errors.ts';
import type { Clock, DescribeTrainingJobResponse, Store, Trainer } from '../ports.ts';
import type { Observed } from './observe.ts';

export interface FinalDescription {
  readonly jobName: string;
  readonly job: DescribeTrainingJobResponse;
  readonly definitions: readonly MetricDefinition[];
  readonly observed: ReadonlyMap<string, Observed>;
  /** Whether the log was readable: a metric it never showed will not come later either. */
  readonly sawLog: boolean;
}

/** Final metrics and billable seconds can follow the status by some seconds: the description is read again until they are there. */
export async function settledDescription(
  facts: FinalDescription,
  { trainer, clock, signal }: { trainer: Pick<Trainer, 'describe'>; clock: Clock; signal: AbortSignal },
): Promise<DescribeTrainingJobResponse> {
  const giveUpAt = clock.now() + PROPAGATION_SECONDS.FinalMetrics;
  let { job } = facts;
  while (!isSettled({ ...facts, job }) && clock.now() < giveUpAt && !signal.aborted) {
    await clock.sleep(5, signal);
    // What is known already counts more than a describe that fails now.
    job = await trainer.describe(facts.jobName).catch(() => job);
  }
  return job;
}

function isSettled({ job, definitions, observed, sawLog }: FinalDescription): boolean {
  if (job.TrainingJobStatus !== 'Completed') return true;
  const final = new Set((job.FinalMetricDataList ?? []).map(({ MetricName }) => MetricName));
  const expected = definitions.filter(({ name }) => !sawLog || (observed.get(name)?.points ?? 0) > 0);
  return expected.every(({ name }) => final.has(name)) && job.BillableTimeInSeconds !== undefined;
}

/** Files that SageMaker's uploader puts beside the checkpoints, or that are not meant to be uploaded. */
const MARKER = /\.sagemaker-(uploading|uploaded|ignore)$/;

/** How many checkpoint objects there are (first listing page); `undefined` when they cannot be listed. */
export async function countCheckpoints(
  uri: string,
  { store }: { store: Pick<Store, 'list'> },
): Promise<number | undefined> {
  try {
    const { objects } = await store.list(uri);
    return objects.filter(({ key }) => !MARKER.test(key)).length;
  } catch {
    return undefined;
  }
}

/** SageMaker names a model artifact even when nothing was uploaded: only an object that exists counts. */
export async function existingArtifact(
  job: DescribeTrainingJobResponse,
  { store }: { store: Pick<Store, 'exists'> },
): Promise<string | undefined> {
  const uri = job.ModelArtifacts?.S3ModelArtifacts;
  if (!uri) return undefined;
  return (await store.exists(uri).catch(() => false)) ? uri : undefined;
}
