/** What the local cloud knows of the jobs that runs left behind. */
import type { Job } from '../../local-cloud/training/job.ts';
import { jobStore } from '../../local-cloud/training/jobs.ts';
import type { Stage } from '../e2e/stage.ts';

export function jobsOf({ local }: Stage): readonly Job[] {
  return [...local.cloud.shared(jobStore).jobs.values()];
}

/** Live: neither at an end nor on the way to one. */
export function inProgress(stage: Stage): readonly Job[] {
  return jobsOf(stage).filter(({ state }) => state.status === 'InProgress');
}

/** Who waits for a job, by its tag. */
export function waitTag({ state }: Job): string {
  return state.tags.get('train-wait') ?? '';
}

/** The plan of a job: its name without the ordinal. */
function planOf({ name }: Job): string {
  return name.replace(/-\d+$/, '');
}

/** Epoch milliseconds of a job's end; infinite while it lives. */
function endOf(job: Job): number {
  const last = job.state.transitions.at(-1);
  return job.isTerminal && last ? last.start : Number.POSITIVE_INFINITY;
}

/** Two jobs of one plan that lived at the same time, and a second Completed one. */
export function duplicates(stage: Stage): string[] {
  const jobs = jobsOf(stage);
  const pairs = jobs.flatMap((one, index) => jobs.slice(index + 1).map((other) => [one, other] as const));
  const ofOnePlan = pairs.filter(([one, other]) => planOf(one) === planOf(other));
  return [
    ...ofOnePlan
      .filter(([one, other]) => one.created < endOf(other) && other.created < endOf(one))
      .map(([one, other]) => `${one.name} and ${other.name} lived at the same time`),
    ...ofOnePlan
      .filter((pair) => pair.every(({ state }) => state.status === 'Completed'))
      .map(([one, other]) => `${one.name} and ${other.name} both completed`),
  ];
}

/** Lets every live job come to a good end now, whatever its script says. */
export function completeJobs(stage: Stage): void {
  const { s3, clock } = stage.local.cloud;
  for (const job of inProgress(stage)) {
    const { S3OutputPath } = job.request.OutputDataConfig;
    const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*?)\/?$/.exec(S3OutputPath) ?? [];
    s3.put(bucket, `${prefix}/${job.name}/output/model.tar.gz`, 'model');
    const now = clock.now();
    job.finish('Completed', 'Completed', 'Training job completed', {
      trainingEnd: now,
      trainingSeconds: 60,
      billableSeconds: 21,
      finalMetrics: [{ name: 'val_mape', value: 0.05, at: now }],
    });
  }
}
