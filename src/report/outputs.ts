import { toExplanation } from '../diagnose/explanation.ts';
import type { GateResult, MetricValue } from '../metrics/judge.ts';
import type { Report } from './report.ts';

/** The outputs of the contract that exist so far; all values are strings, `''` = not known (yet). */
export type OutputName =
  | 'job-name'
  | 'job-arn'
  | 'conclusion'
  | 'gate-passed'
  | 'status'
  | 'secondary-status'
  | 'image-uri'
  | 'image-source'
  | 'checkpoint-uri'
  | 'model-artifacts'
  | 'metrics'
  | 'baseline'
  | 'gates'
  | 'diagnosis'
  | 'cause'
  | 'interruptions'
  | 'billable-seconds'
  | 'spot-savings-percent'
  | 'cost-usd'
  | 'comment-url'
  | 'console-url';

/** Everything a later step or job may read. JSON has no NaN: such values stand as the strings "NaN", "Infinity", "-Infinity". */
export function outputsOf(report: Report, commentUrl: string | undefined): Readonly<Record<OutputName, string>> {
  const { job, receipt } = report;
  return {
    'job-name': job?.name ?? '',
    'job-arn': job?.arn ?? '',
    conclusion: report.conclusion === 'running' ? '' : report.conclusion,
    'gate-passed': gatePassed(report),
    status: job?.status ?? '',
    'secondary-status': job?.secondaryStatus ?? '',
    'image-uri': job?.imageUri ?? '',
    'image-source': job?.imageSource ?? '',
    'checkpoint-uri': job?.checkpointUri ?? '',
    'model-artifacts': job?.modelArtifacts ?? '',
    metrics: metricsJson(report.metrics),
    baseline: baselineJson(report.baseline),
    gates: gatesJson(report.gates),
    diagnosis: diagnosisJson(report.explained),
    cause: report.explained?.diagnosis.label ?? '',
    interruptions: digits(receipt?.interruptions, 0),
    'billable-seconds': digits(receipt?.billableSeconds, 0),
    'spot-savings-percent': digits(receipt?.savingPercent, 1),
    'cost-usd': digits(receipt?.costUsd, 6),
    'comment-url': commentUrl ?? '',
    'console-url': job?.consoleUrl ?? '',
  };
}

/** As `npm run explain` prints it, without an id. */
function diagnosisJson(explained: Report['explained']): string {
  if (explained === undefined) return '';
  const { id: _, ...explanation } = toExplanation(null, explained.diagnosis);
  return JSON.stringify(explanation);
}

/** `true` only where the run is green; `''` while nothing is decided. */
function gatePassed({ conclusion }: Report): string {
  if (conclusion === 'success') return 'true';
  return conclusion === 'failure' || conclusion === 'cancelled' ? 'false' : '';
}

/** Rounded to so many places at most, without trailing zeros or exponent. */
function digits(value: number | undefined, places: number): string {
  return value === undefined ? '' : String(Number(value.toFixed(places)));
}

function metricsJson(metrics: readonly MetricValue[]): string {
  const entries = metrics.map(({ name, last, min, max, points }) => [
    name,
    { last: json(last), min: json(min), max: json(max), points },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** `''` where none was asked for; `{"job":null,"why":…}` where there is none. */
function baselineJson(baseline: Report['baseline']): string {
  if (baseline === undefined) return '';
  if (baseline.kind === 'missing') return JSON.stringify({ job: null, why: baseline.why });
  const { branch, comparisons, job } = baseline;
  const metrics = comparisons.map(({ name, value, baseline: before, delta, change }) => [
    name,
    { value: json(value), baseline: json(before), delta: json(delta), change: change ?? null },
  ]);
  return JSON.stringify({
    job: job.name,
    commit: job.commit ?? null,
    branch: branch ?? null,
    metrics: Object.fromEntries(metrics),
  });
}

function gatesJson(gates: readonly GateResult[]): string {
  return JSON.stringify(
    gates.map(({ gate, holds, left, right, reason }) => ({
      gate: gate.text,
      holds,
      left: json(left),
      right: json(right),
      reason: reason ?? null,
    })),
  );
}

function json(value: number | undefined): number | string | null {
  if (value === undefined) return null;
  return Number.isFinite(value) ? value : String(value);
}
