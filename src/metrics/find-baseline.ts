/** Finds the training to compare with: the last completed one of the same repository and name on the base branch. */
import { messageOf } from '../failure.ts';
import { findByName } from '../job/find-jobs.ts';
import { type KnownJob, toKnownJob } from '../job/known-job.ts';
import { branchSlug, tagValue } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import type { Checkout, Filter, GitHub, Trainer } from '../ports.ts';

export interface BaselineDoors {
  readonly trainer: Pick<Trainer, 'describe' | 'search'>;
  /** Undefined without a token: pull requests cannot be asked about. */
  readonly github: () => Promise<Pick<GitHub, 'pullRequest'> | undefined>;
  readonly checkout: Pick<Checkout, 'contains'>;
}

export type FoundBaseline =
  | { readonly kind: 'none' }
  | { readonly kind: 'missing'; readonly why: string }
  | {
      readonly kind: 'found';
      readonly job: KnownJob;
      readonly branch: string | undefined;
      /** Newer ones are on the branch, but what is trained here does not hold them. */
      readonly passedOver: boolean;
    };

/** Candidates that Git is asked about. */
const MOST_CANDIDATES = 50;
/** Pull requests that are asked about, one call each. */
const MOST_PULL_REQUESTS = 10;

/** Never throws: a baseline that cannot be looked for is missing, and says why. `current` is the job that is judged. */
export async function findBaseline(plan: Plan, current: string, doors: BaselineDoors): Promise<FoundBaseline> {
  const { baseline } = plan.inputs.judge;
  if (baseline === 'none') return { kind: 'none' };
  try {
    const named = baseline.startsWith('train-') ? await findByName(baseline, doors) : undefined;
    if (named !== undefined) return ofName(named);
    const branch = baseline === 'base' ? (plan.subject.base ?? plan.subject.defaultBranch) : baseline;
    if (branch === undefined) return { kind: 'missing', why: 'this event names no base branch' };
    const found = await nearestOf(branch, plan, current, doors);
    if (found !== undefined) return { kind: 'found', branch, ...found };
    return { kind: 'missing', why: `${branch} has no completed training named ${plan.name} yet` };
  } catch (error) {
    return { kind: 'missing', why: `it could not be looked for: ${messageOf(error)}` };
  }
}

function ofName(job: KnownJob): FoundBaseline {
  if (job.status.kind === 'completed') return { kind: 'found', job, branch: undefined, passedOver: false };
  return { kind: 'missing', why: `the job ${job.name} has not completed` };
}

/**
 * The newest one that what is trained here holds: it is nearest to the merge base, and what others have changed on the branch
 * since is not held against this change. Where Git does not know (a shallow clone, no checkout), the newest of all.
 */
async function nearestOf(
  branch: string,
  plan: Plan,
  current: string,
  doors: BaselineDoors,
): Promise<{ readonly job: KnownJob; readonly passedOver: boolean } | undefined> {
  let newest: KnownJob | undefined;
  let asked = 0;
  for await (const { job, commits } of candidatesOf(branch, plan, current, doors)) {
    const answers = await Promise.all(commits.map((commit) => doors.checkout.contains(plan.trained.sha, commit)));
    if (answers.includes(true)) return { job, passedOver: newest !== undefined };
    newest ??= job;
    if (answers.every((answer) => answer === undefined) || ++asked >= MOST_CANDIDATES) break;
  }
  return newest && { job: newest, passedOver: false };
}

/**
 * Newest first, with the commits by which each came to the branch: trained on the branch itself, or as the head or the merge
 * commit of a pull request merged into it.
 */
async function* candidatesOf(
  branch: string,
  plan: Plan,
  current: string,
  doors: BaselineDoors,
): AsyncGenerator<{ readonly job: KnownJob; readonly commits: readonly string[] }> {
  const hits = await doors.trainer.search([
    tag('train-repository', plan.subject.repository),
    tag('train-name', plan.name),
    { Name: 'TrainingJobStatus', Operator: 'Equals', Value: 'Completed' },
  ]);
  const merged = mergedInto(branch, doors);
  for (const job of hits.map((hit) => toKnownJob(hit))) {
    if (job.name === current || job.status.kind !== 'completed') continue;
    const commits = await commitsOnBranch(job, branch, merged);
    if (commits !== undefined) yield { job, commits };
  }
}

/** Undefined for a job that never came to the branch. */
async function commitsOnBranch(
  { tags }: KnownJob,
  branch: string,
  merged: (pullRequest: number) => Promise<readonly string[]>,
): Promise<readonly string[] | undefined> {
  const commit = tags['train-commit'];
  const number = Number(tags['train-pull-request']) || undefined;
  if (number !== undefined) {
    const commits = await merged(number);
    return commit !== undefined && commits.includes(commit) ? commits : undefined;
  }
  if (tags['train-branch'] !== tagValue(branchSlug(branch))) return undefined;
  return commit === undefined ? [] : [commit];
}

/** A group of the merge queue that was thrown out, and a head that was pushed over, never came to the branch. */
function mergedInto(branch: string, { github }: BaselineDoors) {
  const known = new Map<number, readonly string[]>();
  const commitsOf = async (number: number) => {
    if (known.size >= MOST_PULL_REQUESTS) return [];
    const pull = await (await github())?.pullRequest(number).catch(() => undefined);
    if (!pull?.merged || pull.baseRef !== branch) return [];
    return [pull.headSha, pull.mergeCommitSha].filter((sha) => sha !== undefined);
  };
  return async (number: number): Promise<readonly string[]> => {
    const commits = known.get(number) ?? (await commitsOf(number));
    known.set(number, commits);
    return commits;
  };
}

function tag(key: string, value: string): Filter {
  return { Name: `Tags.${key}`, Operator: 'Equals', Value: tagValue(value) };
}
