/** Gathers what advice on a completed job draws on. Best effort within a bound: no answer, no advice. */
import { toJobStatus } from '../job/status.ts';
import type { DescribeTrainingJobResponse, Inspection, StoredObject } from '../ports.ts';
import { type Advice, adviceOn } from './advice.ts';
import type { MetricSeries } from './evidence.ts';
import type { Progress } from './progress.ts';
import type { LookDoors } from './surroundings/look-around.ts';
import { gatherMetrics } from './surroundings/metrics.ts';

/** A person waits for the report. Seconds. */
const PATIENCE = 30;
/** Of a checkpoint prefix. */
const MOST_PAGES = 10;
/** What the uploader puts beside the checkpoints, or leaves out. */
const MARKER = /\.sagemaker-(uploading|uploaded|ignore)$/;

/** What the log says of the interruptions. */
export interface LogFacts {
  /** A line speaks of resuming. */
  readonly resumed: boolean;
  readonly restart: ReturnType<Progress['restart']>;
}

/** Never throws. */
export async function gatherAdvice(
  job: DescribeTrainingJobResponse,
  { resumed, restart }: LogFacts,
  doors: LookDoors,
): Promise<readonly Advice[]> {
  const over = new AbortController();
  const late = doors.clock.sleep(PATIENCE, AbortSignal.any([over.signal, doors.signal])).then(() => undefined);
  const inspection = doors.inspection();
  const within = <Value>(look: (doors: Inspection) => Promise<Value>) =>
    Promise.race([inspection.then(look), late]).catch(() => undefined);
  const checkpointUri = job.CheckpointConfig?.S3Uri;
  const [metrics, checkpoints] = await Promise.all([
    within<readonly MetricSeries[]>((open) => gatherMetrics(job, doors.clock.now(), open.metrics)),
    within(async ({ store }) => (checkpointUri === undefined ? undefined : newest(checkpointUri, store))),
  ]);
  over.abort();
  return adviceOn({
    instanceType: job.ResourceConfig?.InstanceType,
    createdAt: seconds(job.CreationTime),
    startedAt: seconds(job.TrainingStartTime),
    endedAt: seconds(job.TrainingEndTime),
    maxWaitSeconds: job.StoppingCondition?.MaxWaitTimeInSeconds,
    interruptions: toJobStatus(job).interruptions,
    checkpointUri,
    checkpoints,
    metrics: metrics ?? [],
    resumed,
    restart,
  });
}

/** `undefined` where a prefix holds more than is read: then the newest is not known. */
async function newest(uri: string, { list }: Inspection['store']) {
  const objects: StoredObject[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const listing = await list(uri, next);
    objects.push(...listing.objects.filter(({ key }) => !MARKER.test(key)));
    next = listing.next;
    if (next === undefined) {
      return { count: objects.length, newestAt: objects.reduce((latest, one) => Math.max(latest, one.modifiedAt), 0) };
    }
  }
  return undefined;
}

function seconds(time: DescribeTrainingJobResponse['CreationTime']): number | undefined {
  return time && time.getTime() / 1000;
}
