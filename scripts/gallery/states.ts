/** Every state that comment and summary know, as reports of one made-up training. */
import { makeGate, makeJob, makeMetric, makeReceipt, makeReport } from '../../__tests__/fixtures/reports.ts';
import type { Report } from '../../src/report/report.ts';
import {
  ended,
  explained,
  failedGate,
  falling,
  live,
  METRICS,
  NO_BASELINE,
  passed,
  REASON,
  TRACEBACK,
  WITHOUT_JOB,
} from './parts.ts';

export interface State {
  readonly name: string;
  readonly report: Report;
  /** Earlier runs of the pull request, oldest first: what the comment held before. */
  readonly before?: readonly Report[];
}

export const STATES: readonly State[] = [
  {
    name: 'Passed, better than the baseline, with a history',
    report: { ...passed, runId: '7003' },
    before: [
      { ...ended({ kind: 'failed', reason: REASON }, 'failure'), runId: '7000' },
      { ...failedGate, runId: '7001' },
      { ...live({ kind: 'running', phase: 'Training' }, 'running'), runId: '7002' },
    ],
  },
  {
    name: 'Passed without gates, the first of its name',
    report: makeReport({ metrics: METRICS, gates: [], baseline: NO_BASELINE }),
  },
  { name: 'Failed its gate', report: failedGate },
  {
    name: 'Failed its gate: NaN, a metric never seen',
    report: makeReport({
      conclusion: 'failure',
      metrics: [
        makeMetric({ name: 'val_mape', last: Number.NaN, curve: falling(12, 2, 1) }),
        makeMetric({ name: 'r2', last: undefined, min: undefined, max: undefined, points: 0, source: 'none' }),
      ],
      gates: [
        makeGate('val_mape <= 0.12', undefined, 0.12, 'val_mape is NaN'),
        makeGate('r2 > 0.8', undefined, 0.8, 'r2 was never reported'),
      ],
    }),
  },
  {
    name: 'Reused: reported again at no cost',
    report: makeReport({ metrics: METRICS, job: makeJob({ origin: 'reused', createdAt: '2026-09-20T08:00:00Z' }) }),
  },
  { name: 'Being prepared', report: live({ kind: 'running', phase: 'Starting' }, 'running', { ...WITHOUT_JOB }) },
  { name: 'Waiting for an instance', report: live({ kind: 'running', phase: 'Starting' }, 'running') },
  { name: 'Running', report: live({ kind: 'running', phase: 'Training' }, 'running', { metrics: METRICS }) },
  {
    name: 'Interrupted',
    report: live({ kind: 'running', phase: 'Interrupted' }, 'running', {
      receipt: makeReceipt({ billableSeconds: undefined, costUsd: undefined }),
    }),
  },
  {
    name: 'Following a job that another run started',
    report: live({ kind: 'running', phase: 'Training' }, 'running', {
      job: makeJob({ origin: 'adopted', status: 'InProgress', modelArtifacts: undefined }),
    }),
  },
  { name: 'Pending: handed over', report: live({ kind: 'handed-over' }, 'pending') },
  {
    name: 'Pending: lost sight',
    report: live(
      {
        kind: 'lost',
        why: 'ExpiredTokenException: the security token included in the request is expired',
        remedy: 'Give the role as `role-to-assume`, then run this job again.',
      },
      'pending',
    ),
  },
  {
    name: 'Failed, and the log says why',
    report: ended({ kind: 'failed', reason: REASON }, 'failure', {
      job: makeJob({ status: 'Failed', modelArtifacts: undefined }),
      logTail: TRACEBACK.map((line) => ({ node: 'algo-1', line })),
      explained: explained(),
    }),
  },
  {
    name: 'Failed, nobody knows why',
    report: ended({ kind: 'failed', reason: undefined }, 'failure', { logTail: [], metrics: [] }),
  },
  { name: 'Stopped at max-run', report: ended({ kind: 'stopped', by: 'max-runtime' }, 'failure') },
  { name: 'Stopped at max-wait', report: ended({ kind: 'stopped', by: 'max-wait' }, 'failure', { metrics: [] }) },
  { name: 'Stopped at max-cost', report: ended({ kind: 'stopped', by: 'max-cost' }, 'failure') },
  { name: 'Stopped by somebody', report: ended({ kind: 'stopped', by: 'user' }, 'cancelled') },
  ...(['stopping', 'left', 'unstopped'] as const).map((job) => ({
    name: `Cancelled: the job is ${job}`,
    report: ended({ kind: 'cancelled', job }, 'cancelled'),
  })),
  { name: 'Superseded', report: ended({ kind: 'superseded', by: '0a1b2c3d'.repeat(5) }, 'cancelled') },
  {
    name: 'Cancelled: the head moved',
    report: ended({ kind: 'head-moved', head: '0a1b2c3d'.repeat(5) }, 'cancelled', {
      ...WITHOUT_JOB,
      outcome: { kind: 'head-moved', head: '0a1b2c3d'.repeat(5) },
    }),
  },
  {
    name: 'The action could not do its work',
    report: makeReport({
      ...WITHOUT_JOB,
      conclusion: 'failure',
      failure: {
        code: 'JOB_QUOTA_EXCEEDED',
        message:
          "CreateTrainingJob: ResourceLimitExceeded: The account-level service limit 'ml.g5.xlarge for spot training job usage' is 0 Instances",
        remedy:
          'Ask for the quota named above in Service Quotas → Amazon SageMaker, or choose another `instance-type`.',
      },
    }),
  },
];
