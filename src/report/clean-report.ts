import { cleanExplained } from './clean-explained.ts';
import type { Cleaner } from './cleaner.ts';
import type { JobFacts, Outcome, Report, ReportedBaseline } from './report.ts';

export type { Cleaner };

/**
 * Every string of the report that came from outside, cleaned *before* it is escaped: escaping would hide a secret
 * that holds Markdown characters, and a carriage return must be gone before fences are built.
 */
export function cleanReport(report: Report, clean: Cleaner): Report {
  const { baseline, commit, failure, job, outcome, request, resume } = report;
  return {
    ...report,
    commit: {
      ...commit,
      branch: clean(commit.branch),
      merge: commit.merge && { ...commit.merge, base: clean(commit.merge.base) },
    },
    matrix: report.matrix && cleanRecord(report.matrix, clean),
    job: job && cleanJob(job, clean),
    outcome: outcome && cleanOutcome(outcome, clean),
    metrics: report.metrics.map((metric) => ({ ...metric, name: clean(metric.name) })),
    gates: report.gates.map((result) => ({
      ...result,
      gate: { ...result.gate, text: clean(result.gate.text) },
      reason: result.reason === undefined ? undefined : clean(result.reason),
    })),
    baseline: baseline && cleanBaseline(baseline, clean),
    resume: resume && { ...resume, quote: resume.quote === undefined ? undefined : clean(resume.quote) },
    logTail: report.logTail.map(({ node, line }) => ({ node: clean(node), line: clean(line) })),
    failure: failure && { ...failure, message: clean(failure.message), remedy: clean(failure.remedy) },
    notes: report.notes.map(clean),
    explained: report.explained && cleanExplained(report.explained, clean),
    ...(report.advice && {
      advice: report.advice.map((one) => ({ ...one, text: clean(one.text), evidence: clean(one.evidence) })),
    }),
    request: request && {
      ...request,
      hyperparameters: cleanRecord(request.hyperparameters, clean),
      environmentNames: request.environmentNames.map(clean),
      channels: cleanRecord(request.channels, clean),
      script: request.script === undefined ? undefined : clean(request.script),
    },
  };
}

function cleanBaseline(baseline: ReportedBaseline, clean: Cleaner): ReportedBaseline {
  if (baseline.kind === 'missing') return { ...baseline, why: clean(baseline.why) };
  const { branch, comparisons, job } = baseline;
  return {
    ...baseline,
    job: { ...job, name: clean(job.name) },
    branch: branch === undefined ? undefined : clean(branch),
    comparisons: comparisons.map((comparison) => ({ ...comparison, name: clean(comparison.name) })),
  };
}

function cleanJob(job: JobFacts, clean: Cleaner): JobFacts {
  return {
    ...job,
    imageUri: clean(job.imageUri),
    ...(job.imageReason === undefined ? {} : { imageReason: clean(job.imageReason) }),
    checkpointUri: clean(job.checkpointUri),
    checkpointPath: clean(job.checkpointPath),
    modelArtifacts: job.modelArtifacts === undefined ? undefined : clean(job.modelArtifacts),
    checkpointConsoleUrl: shownLink(job.checkpointConsoleUrl, clean),
    modelConsoleUrl: job.modelConsoleUrl === undefined ? undefined : shownLink(job.modelConsoleUrl, clean),
  };
}

/** A link that something is cut out of leads nowhere. */
function shownLink(url: string, clean: Cleaner): string {
  return clean(url) === url ? url : '';
}

function cleanOutcome(outcome: Outcome, clean: Cleaner): Outcome {
  switch (outcome.kind) {
    case 'running':
      return { ...outcome, phase: clean(outcome.phase) };
    case 'failed':
      return { ...outcome, reason: outcome.reason === undefined ? undefined : clean(outcome.reason) };
    case 'lost':
      return { ...outcome, why: clean(outcome.why), remedy: clean(outcome.remedy) };
    case 'skipped':
      return { ...outcome, why: clean(outcome.why) };
    default:
      return outcome;
  }
}

function cleanRecord(record: Readonly<Record<string, string>>, clean: Cleaner): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [clean(key), clean(value)]));
}
