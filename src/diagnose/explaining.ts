/**
 * The light end of the explanation, for the pipeline: the rules behind it are loaded once a job is followed or was
 * refused. Explaining is best effort: it never changes a verdict.
 */
import { type Failure, type FailureCode, messageOf } from '../failure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { JobPlan } from '../plan/request.ts';
import type { DescribeTrainingJobResponse } from '../ports.ts';
import type { Advice } from './advice.ts';
import type { ExplainDoors, Explained } from './explain-job.ts';
import type { LiveLog } from './live-log.ts';
import type { LookDoors } from './surroundings/look-around.ts';

export interface Attempt {
  readonly explained?: Explained;
  /** What the reader should know when there is no explanation. */
  readonly note?: string;
}

/** Hears the log of a job with so many nodes, as long as it is followed. */
export async function openLiveLog(nodes: number): Promise<LiveLog> {
  return (await import('./explain-job.ts')).makeLiveLog(nodes);
}

/** Why a job failed, or stopped though this run did not stop it. */
export async function explainEnd(
  job: DescribeTrainingJobResponse,
  log: LiveLog,
  image: Inputs['image'] | undefined,
  doors: ExplainDoors,
): Promise<Attempt> {
  return attempt(async () => (await import('./explain-job.ts')).explainJob(job, log.excerpt(), image, doors));
}

/** What could be better about a completed job; nothing where nothing can be seen. */
export async function adviseOnEnd(
  job: DescribeTrainingJobResponse,
  log: LiveLog,
  resumed: boolean,
  doors: LookDoors,
): Promise<readonly Advice[]> {
  const { gatherAdvice } = await import('./explain-job.ts');
  return gatherAdvice(job, { resumed, restart: log.restart() }, doors);
}

/** The failures that CreateTrainingJob's own words stand behind. */
const REFUSALS: readonly FailureCode[] = ['JOB_REJECTED', 'JOB_QUOTA_EXCEEDED', 'AWS_ACCESS_DENIED'];

/** Why a planned job was refused; nothing for a failure of another kind. */
export async function explainRefused(
  { code, message }: Failure,
  job: JobPlan,
  region: string,
  doors: LookDoors,
): Promise<Attempt> {
  if (!REFUSALS.includes(code)) return {};
  const request = job.request(job.name(1), job.checkpointUri);
  return attempt(async () => (await import('./explain-job.ts')).explainRefusal(message, request, region, doors));
}

async function attempt(explain: () => Promise<Explained>): Promise<Attempt> {
  try {
    return { explained: await explain() };
  } catch (error) {
    return { note: `The cause could not be looked for: ${messageOf(error)}` };
  }
}
