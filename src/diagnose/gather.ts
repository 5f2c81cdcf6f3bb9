/** Gathers the evidence of a job that ran: what SageMaker says of it, and the logs of all its nodes in bounded memory. */
import { toJobStatus } from '../job/status.ts';
import type { DescribeTrainingJobResponse, Logs } from '../ports.ts';
import type { Evidence } from './evidence.ts';
import { type ExcerptLimits, type LogExcerpt, NO_LOG } from './log/excerpt.ts';
import { inOrderOfTime, makeStreamExcerpter, shareOf } from './log/streams.ts';
import { requestFactsOf } from './request-facts.ts';
import { type LookDoors, lookAround } from './surroundings/look-around.ts';

/** Streams read at a time: a job of many nodes must not use up the account's rate of GetLogEvents. */
const AT_ONCE = 4;

/** `job` is DescribeTrainingJob's answer; errors of the log service are the caller's. */
export async function gatherEvidence(
  job: DescribeTrainingJobResponse,
  doors: LookDoors & { readonly logs: Pick<Logs, 'streams' | 'events'> },
): Promise<Evidence> {
  const evidence = evidenceOfJob(job, await gatherLog(job.TrainingJobName ?? '', doors.logs));
  return { ...evidence, ...(await lookAround(evidence.request, job, doors)) };
}

/** `job` is DescribeTrainingJob's answer; `log` was gathered while the job ran, or afterwards. */
export function evidenceOfJob(job: DescribeTrainingJobResponse, log: LogExcerpt): Evidence {
  return {
    job: {
      status: job.TrainingJobStatus,
      secondaryStatus: job.SecondaryStatus,
      failureReason: job.FailureReason,
      transitions: toJobStatus(job).transitions,
    },
    log,
    request: requestFactsOf(job),
    metrics: [],
  };
}

/** The excerpts of all streams, in the order of time: what failed first comes first, whichever node it was. */
export async function gatherLog(jobName: string, logs: Pick<Logs, 'streams' | 'events'>): Promise<LogExcerpt> {
  // With the slash: `job-1` must not take the streams of `job-10`.
  const streams = await logs.streams(`${jobName}/`);
  if (streams.length === 0) return NO_LOG;
  const limits = shareOf(streams.length);
  const excerpts: LogExcerpt[] = [];
  for (let start = 0; start < streams.length; start += AT_ONCE) {
    const some = streams.slice(start, start + AT_ONCE);
    excerpts.push(...(await Promise.all(some.map(({ name }) => readStream(name, logs, limits)))));
  }
  return inOrderOfTime(excerpts);
}

async function readStream(stream: string, logs: Pick<Logs, 'events'>, limits: ExcerptLimits): Promise<LogExcerpt> {
  const excerpter = makeStreamExcerpter(stream, limits);
  let token: string | undefined;
  for (;;) {
    const page = await logs.events(stream, token);
    for (const { timestamp, message } of page.events)
      excerpter.write(timestamp, message.replace(/\r?\n$/, '').split('\n'));
    if (page.nextToken === token) break;
    token = page.nextToken;
  }
  return excerpter.end();
}
