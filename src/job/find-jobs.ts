/** Finds what earlier runs made: by name, which is never outdated, and by tag, which is seconds to minutes behind. */
import { Failure, messageOf } from '../failure.ts';
import { tagValue } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import type { JobPlan } from '../plan/request.ts';
import type { Clock, Filter, Trainer } from '../ports.ts';
import { isLive, type KnownJob, toKnownJob } from './known-job.ts';
import { rejection } from './rejection.ts';
import { PROPAGATION_SECONDS, readServiceError } from './service-errors.ts';

type Doors = { readonly trainer: Pick<Trainer, 'describe' | 'search'> };

/** One job by its name, without tags; `undefined` when there is none. Throws a Failure for what AWS refuses. */
export async function findByName(name: string, { trainer }: Doors): Promise<KnownJob | undefined> {
  try {
    return { ...toKnownJob(await trainer.describe(name)), name };
  } catch (error) {
    switch (readServiceError('DescribeTrainingJob', error)) {
      case 'unknown-job':
        return undefined;
      case 'denied':
        throw new Failure('AWS_ACCESS_DENIED', `DescribeTrainingJob: ${messageOf(error)}`, MAY_NOT_DESCRIBE, error);
      default:
        throw rejection('DescribeTrainingJob', error);
    }
  }
}

const MAY_NOT_DESCRIBE =
  'Allow sagemaker:DescribeTrainingJob on training-job/train-* for the role of this workflow, without a condition on tags: a job that does not exist yet has none.';

const TAKEN_PAUSE = 5;

/**
 * Waits until a job whose name a create was refused for can be seen. It may have been made this very moment (the answer
 * to the first attempt got lost), so that its tags, and with them the right to see it, have not spread yet.
 */
export async function awaitTaken(
  name: string,
  doors: Doors & { clock: Clock; signal: AbortSignal },
): Promise<KnownJob> {
  const giveUpAt = doors.clock.now() + PROPAGATION_SECONDS.DescribeTrainingJob;
  for (;;) {
    const found = await findByName(name, doors).catch((error: Failure) => error);
    if (found !== undefined && !(found instanceof Failure)) return found;
    if (found && found.code !== 'AWS_ACCESS_DENIED') throw found;
    if (doors.clock.now() >= giveUpAt || doors.signal.aborted) throw found ?? invisible(name);
    await doors.clock.sleep(TAKEN_PAUSE, doors.signal);
  }
}

function invisible(name: string): Failure {
  return new Failure(
    'JOB_NAME_TAKEN',
    `SageMaker says that the name ${name} is taken, but shows no such job.`,
    'Run the job again in a minute.',
  );
}

/** The plan's own jobs, by ordinal from 1 to the first name that is free. */
export async function findChain(job: JobPlan, doors: Doors): Promise<readonly KnownJob[]> {
  const chain: KnownJob[] = [];
  while (chain.length < MOST_ORDINALS) {
    const known = await findByName(job.name(chain.length + 1), doors);
    if (known === undefined) return chain;
    chain.push(known);
  }
  throw new Failure(
    'JOB_NAME_TAKEN',
    `${MOST_ORDINALS} jobs of this commit and configuration exist already.`,
    'Change the `name` input.',
  );
}

/** More tries of one plan mean that something is wrong with the names, not that somebody is patient. */
const MOST_ORDINALS = 500;

export interface Relatives {
  readonly sameConfig: readonly KnownJob[];
  readonly samePullRequest: readonly KnownJob[];
  readonly liveJobs: readonly KnownJob[];
  /** Why they could not be searched for; then only the plan's own names are known. */
  readonly notes: readonly string[];
}

/** Jobs of this repository and name: with the same configuration, and the live ones of the same pull request. */
export async function findRelatives(plan: Plan, job: JobPlan, doors: Doors): Promise<Relatives> {
  const { subject, name, inputs } = plan;
  const find = async (...filters: Filter[]) => (await doors.trainer.search(filters)).map((found) => toKnownJob(found));
  const ours = [tag('train-repository', subject.repository), tag('train-name', name)];
  try {
    const sameConfig = await find(...ours, tag('train-config-hash', job.configHash));
    const samePullRequest = maySupersede(plan)
      ? await find(...ours, tag('train-pull-request', String(subject.pullRequest)), LIVE)
      : [];
    const liveJobs = inputs.data.checkpointUri === undefined ? [] : await find(LIVE);
    return { sameConfig: await refreshed(sameConfig, doors), samePullRequest, liveJobs, notes: [] };
  } catch (error) {
    const note = `Earlier trainings could not be searched for (${messageOf(error)}): one of another commit is neither reused nor stopped. The role of this workflow needs sagemaker:Search.`;
    return { sameConfig: [], samePullRequest: [], liveJobs: [], notes: [note] };
  }
}

/** What Search calls live may have ended since. */
async function refreshed(jobs: readonly KnownJob[], doors: Doors): Promise<KnownJob[]> {
  const now: KnownJob[] = [];
  for (const job of jobs) {
    const present = isLive(job) ? await findByName(job.name, doors) : job;
    if (present) now.push({ ...present, tags: job.tags });
  }
  return now;
}

/** Events that stand for the present state of one pull request. */
const SUPERSEDING: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_target',
  'issue_comment',
  'workflow_run',
  'workflow_dispatch',
]);

function maySupersede({ subject }: Plan): boolean {
  return subject.pullRequest !== undefined && SUPERSEDING.has(subject.event);
}

/** Holds machines, or gives them back. */
export const LIVE: Filter = { Name: 'TrainingJobStatus', Operator: 'In', Value: 'InProgress,Stopping' };

function tag(key: string, value: string): Filter {
  return { Name: `Tags.${key}`, Operator: 'Equals', Value: tagValue(value) };
}
