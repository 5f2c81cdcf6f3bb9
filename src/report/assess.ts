/** What was watched becomes what is reported: outcome, metrics, gates, resume. */
import { afterwards } from '../job/ownership.ts';
import { SUPERSEDED_BY } from '../job/supersede.ts';
import type { Baseline } from '../metrics/baseline.ts';
import { disagreements, finalMetrics } from '../metrics/final.ts';
import { judgeGates, type MetricValue } from '../metrics/judge.ts';
import { countCheckpoints, existingArtifact, settledDescription } from '../metrics/measure.ts';
import type { Plan } from '../plan/plan.ts';
import type { Aws, DescribeTrainingJobResponse, Ports } from '../ports.ts';
import type { Watched } from '../watch/follow-aloud.ts';
import { baselineFor, reportedBaseline } from './baseline.ts';
import type { Facts } from './make-report.ts';
import { receiptFor } from './receipt.ts';
import type { Outcome } from './report.ts';

type Assessed = Pick<
  Facts,
  'outcome' | 'metrics' | 'gates' | 'baseline' | 'tail' | 'resume' | 'modelArtifacts' | 'job'
>;

export interface Ended {
  readonly plan: Plan;
  readonly job: { readonly jobName: string; readonly checkpointUri: string };
  readonly watched: Watched;
}

/** More points than this do not make a small chart any clearer. */
const CHART_POINTS = 60;

type Doors = Aws & Pick<Ports, 'checkout' | 'clock' | 'github' | 'withinTime'> & { readonly signal: AbortSignal };

/** Never throws for what it cannot read: an unreadable artifact is an absent one, the verdict stands on the job. */
export async function assess(
  { plan, job, watched }: Ended,
  doors: Doors,
): Promise<{ readonly facts: Assessed; readonly notes: readonly string[] }> {
  const { recorder } = watched;
  const tail = recorder.tail();
  const outcome = await refined(outcomeOf(watched), watched, doors);
  if (!watched.job || watched.ending.kind !== 'ended') {
    return { facts: { outcome, tail, ...(watched.job && { job: watched.job }) }, notes: notesOn(watched) };
  }
  const definitions = plan.inputs.judge.metrics;
  const observed = recorder.observed();
  const settling = { jobName: job.jobName, job: watched.job, definitions, observed, sawLog: watched.sawLog };
  const described = await settledDescription(settling, doors);
  const curves = recorder.curves(CHART_POINTS);
  const finals = described.FinalMetricDataList ?? [];
  const metrics = finalMetrics(definitions, finals, observed, curves);
  const notes = [...notesOn(watched), ...recorder.metricNotes(), ...disagreements(metrics, finals, observed)];
  const [checkpointObjects, modelArtifacts] = await Promise.all([
    countCheckpoints(described.CheckpointConfig?.S3Uri ?? job.checkpointUri, doors),
    existingArtifact(described, doors),
  ]);
  const resume = { quote: recorder.resumeQuote(), checkpointObjects };
  const baseline = outcome.kind === 'completed' ? await baselineFor(plan, job.jobName, doors) : undefined;
  const gates = outcome.kind === 'completed' ? gatesOf(plan, described, metrics, baseline) : [];
  const reported = baseline && reportedBaseline(baseline, metrics, plan);
  return {
    facts: { job: described, outcome, metrics, gates, baseline: reported, tail, resume, modelArtifacts },
    notes,
  };
}

/** Gates are judged on a completed job only: what a broken one printed last proves nothing. */
function gatesOf(
  plan: Plan,
  job: DescribeTrainingJobResponse,
  metrics: readonly MetricValue[],
  baseline: Baseline | undefined,
) {
  const { gates, missingMetric, missingBaseline } = plan.inputs.judge;
  const missing = { metric: missingMetric, baseline: missingBaseline };
  return judgeGates({ gates, metrics, costUsd: receiptFor(job)?.costUsd, baseline, missing }).results;
}

/** A job stopped by somebody may have been stopped for a newer commit: its tag says so. */
async function refined(outcome: Outcome, { job, overCost }: Watched, { trainer }: Doors): Promise<Outcome> {
  if (overCost && outcome.kind === 'stopped') return { kind: 'stopped', by: 'max-cost' };
  if (outcome.kind !== 'stopped' || outcome.by !== 'user' || !job?.TrainingJobArn) return outcome;
  const tags = await trainer.tags(job.TrainingJobArn).catch(() => []);
  const by = tags.find(({ Key }) => Key === SUPERSEDED_BY)?.Value;
  return by === undefined ? outcome : { kind: 'superseded', by };
}

function outcomeOf({ ending, relinquished }: Watched): Outcome {
  switch (ending.kind) {
    case 'lost':
      return ending;
    case 'timeout':
      return { kind: 'handed-over' };
    case 'cancelled':
      return { kind: 'cancelled', job: relinquished === undefined ? 'stopping' : afterwards(relinquished) };
    case 'ended': {
      const { status } = ending;
      if (status.kind === 'completed') return { kind: 'completed' };
      return status.kind === 'failed' ? { kind: 'failed', reason: status.reason } : { kind: 'stopped', by: status.by };
    }
  }
}

function notesOn({ ending, sawLog, relinquished, handedOver }: Watched): string[] {
  const notes: string[] = [];
  if (ending.kind === 'timeout' && !handedOver) {
    notes.push('The job could not be tagged as handed over; the role of this workflow needs sagemaker:AddTags.');
  }
  // A job that never got an instance has no log for a better reason, which the report gives.
  const ran = ending.kind === 'ended' && ending.status.transitions.some(({ status }) => status === 'Training');
  if (ran && !sawLog) {
    notes.push(
      'No training log exists in CloudWatch: the container never wrote a line, or the execution role may not write logs (logs:CreateLogStream, logs:PutLogEvents).',
    );
  }
  if (relinquished?.kind === 'failed' && relinquished.wish === 'leave') {
    notes.push('SageMaker did not confirm that the job is left to itself; the post step of this action tries again.');
  }
  if (relinquished?.kind === 'not-ours') notes.push('Another run waits for this job by now: it was not stopped.');
  return notes;
}
