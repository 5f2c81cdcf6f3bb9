/** What the states of the gallery are made of: one training, its metrics, its baseline, its failures. */
import { makeGate, makeJob, makeMetric, makeReceipt, makeReport } from '../../__tests__/fixtures/reports.ts';
import { evidenceOf } from '../../src/diagnose/case.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Explained } from '../../src/diagnose/explain-job.ts';
import type { Comparison } from '../../src/metrics/baseline.ts';
import type { Outcome, Report } from '../../src/report/report.ts';

/** A loss that falls with some noise from the first value to exactly the last; the same numbers at every run. */
export const falling = (points: number, from: number, to: number) => {
  const left = (index: number) => Math.exp(-index / (points / 4)) * (1 + 0.08 * Math.sin((index * Math.PI) / 1.5));
  const [first, last] = [left(0), left(points - 1)];
  return Array.from({ length: points }, (_, index) => ({
    order: index + 1,
    value: to + ((from - to) * (left(index) - last)) / (first - last),
  }));
};
export const METRICS = [
  makeMetric({
    name: 'val_mape',
    last: 0.084127,
    min: 0.084127,
    max: 0.412,
    points: 40,
    curve: falling(40, 0.412, 0.084127),
  }),
  makeMetric({
    name: 'train_loss',
    last: 0.0123456,
    min: 0.0119,
    max: 1.75,
    points: 400,
    curve: falling(400, 1.75, 0.0123456),
  }),
];
export const compared = (
  value: number,
  baseline: number,
  change: Comparison['change'],
  name = 'val_mape',
): Comparison => ({
  name,
  value,
  baseline,
  delta: value - baseline,
  direction: change === undefined ? undefined : 'minimize',
  change,
});
export const baseline = (comparisons: readonly Comparison[]): Report['baseline'] => ({
  kind: 'found',
  job: {
    name: 'train-demand-forecast-0a1b2c3d-9f8e7d6c5b-1',
    commit: '0a1b2c3d'.repeat(5),
    pullRequest: 12,
    createdAt: '2026-09-20',
  },
  branch: 'main',
  consoleUrl:
    'https://us-east-1.console.aws.amazon.com/sagemaker/home?region=us-east-1#/jobs/train-demand-forecast-0a1b2c3d-9f8e7d6c5b-1',
  comparisons,
});
export const NO_BASELINE = { kind: 'missing', why: 'main has no completed training named forecast yet' } as const;

export const TRACEBACK = [
  'epoch 1 train_loss=1.7511',
  'Traceback (most recent call last):',
  '  File "/opt/ml/code/train.py", line 88, in <module>',
  '    main()',
  '  File "/opt/ml/code/train.py", line 61, in main',
  '    loss.backward()',
  'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 14.58 GiB',
];
export const REASON = 'AlgorithmError: ExecuteUserScriptError: ExitCode 1';

export function explained(): Explained {
  const facts = evidenceOf({
    status: 'Failed',
    secondary_status: 'Failed',
    failure_reason: REASON,
    log: TRACEBACK.join('\n'),
  });
  return { diagnosis: diagnose(facts), raised: undefined, place: undefined };
}

export const passed = makeReport({
  metrics: METRICS,
  baseline: baseline([compared(0.084127, 0.0878, 'better'), compared(0.0123456, 0.0123456, 'same', 'train_loss')]),
});
export const live = (outcome: Outcome, conclusion: Report['conclusion'], over: Partial<Report> = {}): Report =>
  makeReport({
    outcome,
    conclusion,
    metrics: [],
    gates: [],
    logTail: [],
    resume: undefined,
    job: makeJob({ status: 'InProgress', modelArtifacts: undefined }),
    receipt: makeReceipt({
      interruptions: 0,
      trainingSeconds: undefined,
      billableSeconds: undefined,
      savingPercent: undefined,
      costUsd: undefined,
      onDemandUsd: undefined,
    }),
    ...over,
  });
export const ended = (outcome: Outcome, conclusion: Report['conclusion'], over: Partial<Report> = {}): Report =>
  makeReport({
    outcome,
    conclusion,
    metrics: METRICS,
    gates: [],
    job: makeJob({ status: 'Stopped', modelArtifacts: undefined }),
    ...over,
  });
export const WITHOUT_JOB = {
  job: undefined,
  receipt: undefined,
  resume: undefined,
  metrics: [],
  gates: [],
  logTail: [],
  outcome: undefined,
} as const;
export const failedGate = makeReport({
  conclusion: 'failure',
  metrics: METRICS,
  baseline: baseline([compared(0.084127, 0.0712, 'worse'), compared(0.0123456, 0.011, undefined, 'train_loss')]),
  gates: [makeGate('val_mape <= baseline * 1.02', 0.084127, 0.072624), makeGate('cost_usd < 1', 0.0141, 1)],
});
