import { joinUri } from './names.ts';
import type { Plan } from './plan.ts';
import type { JobPlan } from './request.ts';

/** Where the run file of a job lies. */
export function runFileUri(plan: Pick<Plan, 's3Uri'>, jobName: string): string {
  return joinUri(plan.s3Uri, 'runs', jobName, 'run.json');
}

/**
 * What a later run needs to finish this one's work: judge and report inputs, by value, never a secret.
 * Written before the job is created, so that no job exists without it.
 */
export function runFile(
  plan: Plan,
  job: JobPlan,
  made: { readonly name: string; readonly checkpointUri: string },
  redact: (text: string) => string,
): string {
  const { inputs, subject, trained, run } = plan;
  const file = {
    version: 1,
    job: made.name,
    repository: subject.repository,
    name: plan.name,
    commit: subject.sha,
    tree: trained.sha,
    branch: subject.branch,
    base: subject.base ?? null,
    pullRequest: subject.pullRequest ?? null,
    run,
    configHash: job.configHash,
    requestHash: job.requestHash,
    checkpointUri: made.checkpointUri,
    metrics: inputs.judge.metrics,
    metricPresets: inputs.judge.presets,
    gates: inputs.judge.gates.map((gate) => gate.text),
    missingMetric: inputs.judge.missingMetric,
    objective: inputs.judge.objective,
    baseline: inputs.judge.baseline,
    missingBaseline: inputs.judge.missingBaseline,
    report: { comment: inputs.report.comment, logLines: inputs.report.logLines, statusContext: plan.statusContext },
  };
  return `${JSON.stringify(file, (_, value) => (typeof value === 'string' ? redact(value) : value), 2)}\n`;
}
