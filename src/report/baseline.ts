/** Finds and measures the baseline, and puts it beside the metrics. */
import { messageOf } from '../failure.ts';
import { type Baseline, compare } from '../metrics/baseline.ts';
import { findBaseline } from '../metrics/find-baseline.ts';
import type { MetricValue } from '../metrics/judge.ts';
import { measureBaseline } from '../metrics/measure-baseline.ts';
import { jobLink } from '../plan/links.ts';
import type { Plan } from '../plan/plan.ts';
import type { Aws, Ports } from '../ports.ts';
import type { ReportedBaseline } from './report.ts';

type Doors = Pick<Aws, 'trainer' | 'logs'> & Pick<Ports, 'checkout' | 'github' | 'withinTime'>;

/** Never throws: a baseline that cannot be read is missing. Undefined where none is wanted. */
export async function baselineFor(plan: Plan, current: string, doors: Doors): Promise<Baseline | undefined> {
  const { githubToken, judge } = plan.inputs;
  const github = async () => (githubToken ? doors.github(githubToken) : undefined);
  const found = await findBaseline(plan, current, { trainer: doors.trainer, github, checkout: doors.checkout });
  if (found.kind === 'none') return undefined;
  if (found.kind === 'missing') return found;
  const { job, branch, passedOver } = found;
  const pullRequest = branch === undefined ? undefined : Number(job.tags['train-pull-request']) || undefined;
  try {
    const { metrics, createdAt } = await measureBaseline(job.name, judge, doors);
    const { name } = job;
    return {
      kind: 'found',
      job: { name, commit: job.tags['train-commit'], pullRequest, createdAt, passedOver },
      branch,
      metrics,
    };
  } catch (error) {
    return { kind: 'missing', why: `the metrics of ${job.name} could not be read: ${messageOf(error)}` };
  }
}

export function reportedBaseline(baseline: Baseline, metrics: readonly MetricValue[], plan: Plan): ReportedBaseline {
  if (baseline.kind === 'missing') return baseline;
  const { branch, job } = baseline;
  const consoleUrl = jobLink({ region: plan.inputs.aws.region, partition: plan.partition }, job.name);
  const comparisons = compare(metrics, baseline.metrics, plan.inputs.judge.objective);
  return { kind: 'found', job, branch, consoleUrl, comparisons };
}
