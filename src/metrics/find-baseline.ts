/** Finds the training to compare with: the last completed one of the same repository and name on the base branch. */
import { messageOf } from '../failure.ts';
import { findByName } from '../job/find-jobs.ts';
import { type KnownJob, toKnownJob } from '../job/known-job.ts';
import { branchSlug, tagValue } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import type { Filter, GitHub, Trainer } from '../ports.ts';

export interface BaselineDoors {
  readonly trainer: Pick<Trainer, 'describe' | 'search'>;
  /** Undefined without a token: pull requests cannot be asked about. */
  readonly github: () => Promise<Pick<GitHub, 'pullRequest'> | undefined>;
}

export type FoundBaseline =
  | { readonly kind: 'none' }
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'found'; readonly job: KnownJob; readonly branch: string | undefined };

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
    const job = await lastOf(branch, plan, current, doors);
    if (job !== undefined) return { kind: 'found', job, branch };
    return { kind: 'missing', why: `${branch} has no completed training named ${plan.name} yet` };
  } catch (error) {
    return { kind: 'missing', why: `it could not be looked for: ${messageOf(error)}` };
  }
}

function ofName(job: KnownJob): FoundBaseline {
  if (job.status.kind === 'completed') return { kind: 'found', job, branch: undefined };
  return { kind: 'missing', why: `the job ${job.name} has not completed` };
}

/** Newest first: trained on the branch itself, or as the head or the merge commit of a pull request merged into it. */
async function lastOf(
  branch: string,
  plan: Plan,
  current: string,
  doors: BaselineDoors,
): Promise<KnownJob | undefined> {
  const hits = await doors.trainer.search([
    tag('train-repository', plan.subject.repository),
    tag('train-name', plan.name),
    { Name: 'TrainingJobStatus', Operator: 'Equals', Value: 'Completed' },
  ]);
  const merged = mergedInto(branch, doors);
  for (const job of hits.map((hit) => toKnownJob(hit))) {
    if (job.name === current || job.status.kind !== 'completed') continue;
    const number = Number(job.tags['train-pull-request']) || undefined;
    const isOfBranch = job.tags['train-branch'] === tagValue(branchSlug(branch));
    if (number === undefined ? isOfBranch : await merged(number, job)) return job;
  }
  return undefined;
}

/** A group of the merge queue that was thrown out, and a head that was pushed over, never came to the branch. */
function mergedInto(branch: string, { github }: BaselineDoors) {
  const known = new Map<number, readonly (string | undefined)[]>();
  const commitsOf = async (number: number) => {
    if (known.size >= MOST_PULL_REQUESTS) return [];
    const pull = await (await github())?.pullRequest(number).catch(() => undefined);
    return pull?.merged && pull.baseRef === branch ? [pull.headSha, pull.mergeCommitSha] : [];
  };
  return async (number: number, job: KnownJob): Promise<boolean> => {
    const commits = known.get(number) ?? (await commitsOf(number));
    known.set(number, commits);
    return job.tags['train-commit'] !== undefined && commits.includes(job.tags['train-commit']);
  };
}

function tag(key: string, value: string): Filter {
  return { Name: `Tags.${key}`, Operator: 'Equals', Value: tagValue(value) };
}
