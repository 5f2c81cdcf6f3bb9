import { describe, expect, it } from '@jest/globals';
import type { Comparison } from '../../../src/metrics/baseline.ts';
import { changeCell } from '../../../src/report/baseline-words.ts';
import { commentBody } from '../../../src/report/comment.ts';
import { outputsOf } from '../../../src/report/outputs.ts';
import type { ReportedBaseline } from '../../../src/report/report.ts';
import { asClean, makeReport } from '../../fixtures/reports.ts';

const comparison = (over: Partial<Comparison> = {}): Comparison => ({
  name: 'val_mape',
  value: 0.084127,
  baseline: 0.0878,
  delta: 0.084127 - 0.0878,
  direction: 'minimize',
  change: 'better',
  ...over,
});
const FOUND: ReportedBaseline = {
  kind: 'found',
  job: {
    name: 'train-demand-forecast-0a1b2c3d-9f8e7d6c5b-1',
    commit: '0a1b2c3d'.repeat(5),
    pullRequest: 12,
    createdAt: '2026-09-20T08:00:00.000Z',
  },
  branch: 'main',
  consoleUrl: 'https://us-east-1.console.aws.amazon.com/sagemaker/home?region=us-east-1#/jobs/train-x',
  comparisons: [comparison()],
};

describe('a change in words', () => {
  it.each([
    [{}, '🟢 better: −0.00367 (−4.2 %)'],
    [{ delta: 0.02, change: 'worse' as const }, '🔴 worse: +0.02 (+22.8 %)'],
    [{ delta: 0, change: 'same' as const }, '⚪ same'],
    [{ delta: 0.02, change: undefined }, '+0.02 (+22.8 %)'],
    [{ delta: 2, baseline: 0, change: 'worse' as const }, '🔴 worse: +2'],
    [{ delta: Number.NaN, change: undefined }, 'cannot be compared'],
  ])('of %j is %s', (over, text) => {
    expect(changeCell(comparison(over))).toBe(text);
  });
});

describe('the comment', () => {
  it('puts the baseline beside the metrics that both have, and says which training it is', () => {
    const body = commentBody(makeReport({ baseline: FOUND }), asClean);
    expect(body).toContain('| Metric | Final | Baseline | Change | Min | Max | Points |');
    expect(body).toContain('| `val_mape` | **0.084127** | 0.0878 | 🟢 better: −0.00367 (−4.2 %) |');
    expect(body).toContain('| `train_loss` | **0.0123456** | – | – |');
    expect(body).toContain('on `main`, the head of a pull request merged since, 2026-09-20.');
  });

  it('says why there is none', () => {
    const baseline = { kind: 'missing', why: 'main has no completed training named forecast yet' } as const;
    const body = commentBody(makeReport({ baseline }), asClean);
    expect(body).toContain('No baseline: main has no completed training named forecast yet.');
    expect(body).toContain('| Metric | Final | Min | Max | Points |');
  });

  it('calls a value final only when the training is done', () => {
    const outcome = { kind: 'running', phase: 'Training' } as const;
    expect(commentBody(makeReport({ conclusion: 'running', outcome }), asClean)).toContain('| Metric | Last | Min |');
  });
});

describe('the output', () => {
  it('holds the comparison', () => {
    expect(JSON.parse(outputsOf(makeReport({ baseline: FOUND }), undefined).baseline)).toMatchObject({
      job: FOUND.kind === 'found' ? FOUND.job.name : '',
      branch: 'main',
      metrics: { val_mape: { value: 0.084127, baseline: 0.0878, change: 'better' } },
    });
  });

  it('says why there is none', () => {
    const baseline = { kind: 'missing', why: 'x' } as const;
    expect(outputsOf(makeReport({ baseline }), undefined).baseline).toBe('{"job":null,"why":"x"}');
  });
});
