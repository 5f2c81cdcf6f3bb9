/** The job that `mode: watch` was told: what SageMaker, its tags and its run file say of it. */
import { Failure } from '../failure.ts';
import { tagValue } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import { type ReadRunFile, readRunFile } from '../plan/read-run-file.ts';
import { runFileUri } from '../plan/run-file.ts';
import type { Aws, DescribeTrainingJobResponse, Filter } from '../ports.ts';
import { toKnownJob } from './known-job.ts';
import { rejection } from './rejection.ts';
import { readServiceError } from './service-errors.ts';

export interface WatchedJob {
  readonly name: string;
  readonly arn: string;
  readonly job: DescribeTrainingJobResponse;
  /** The `train-*` tags. */
  readonly tags: Readonly<Record<string, string>>;
  readonly runFile: ReadRunFile | undefined;
  /** Why something of it could not be read. */
  readonly notes: readonly string[];
}

type Doors = Pick<Aws, 'trainer' | 'store'>;

/** Throws a Failure where there is no such job, or it may not be seen. */
export async function findWatched(name: string, plan: Pick<Plan, 's3Uri'>, doors: Doors): Promise<WatchedJob> {
  const job = await doors.trainer.describe(name).catch((error) => {
    throw readServiceError('DescribeTrainingJob', error) === 'unknown-job'
      ? new Failure(
          'JOB_NOT_FOUND',
          `There is no training job ${name} in this account and region.`,
          'Correct `job-name` and `aws-region`; the name stands in the comment and in the output `job-name` of the run that started it.',
          error,
        )
      : rejection('DescribeTrainingJob', error);
  });
  const notes: string[] = [];
  const arn = job.TrainingJobArn ?? '';
  const tags = await doors.trainer.tags(arn).catch(() => {
    notes.push('The tags of the job could not be read: the role of this workflow needs sagemaker:ListTags.');
    return [];
  });
  const known = toKnownJob(job, tags);
  const uri = runFileUri(plan, name);
  const text = known.tags['train-repository'] && (await doors.store.get(uri).catch(() => undefined));
  const runFile = text ? readRunFile(text) : undefined;
  if (known.tags['train-repository'] && runFile === undefined)
    notes.push(`The run file ${uri} could not be read: gates and metrics are those of this step.`);
  return { name, arn, job, tags: known.tags, runFile, notes };
}

const COMMIT = /^[0-9a-f]{40,64}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

/** Whether this repository's workflow made it, and said so in whole. */
export function isOf(repository: string, { tags }: Pick<WatchedJob, 'tags'>): boolean {
  return (
    tags['train-repository'] === tagValue(repository) &&
    COMMIT.test(tags['train-commit'] ?? '') &&
    NAME.test(tags['train-name'] ?? '')
  );
}

/**
 * Whether the pull request, or without one the commit, has a newer job of this name: then that one's result stands there, and an
 * older one must not take its place. True where it cannot be asked.
 */
export async function isOutdated({ job, name, tags }: WatchedJob, { trainer }: Pick<Aws, 'trainer'>): Promise<boolean> {
  const scope = tags['train-pull-request'] === undefined ? 'train-commit' : 'train-pull-request';
  const filters = ['train-repository', 'train-name', scope].map(
    (key): Filter => ({ Name: `Tags.${key}`, Operator: 'Equals', Value: tags[key] ?? '' }),
  );
  const found = await trainer.search(filters).catch(() => undefined);
  const createdAt = job.CreationTime?.getTime() ?? 0;
  return found?.some((one) => one.TrainingJobName !== name && (one.CreationTime?.getTime() ?? 0) > createdAt) ?? true;
}
