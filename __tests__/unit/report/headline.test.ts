import { describe, expect, it } from '@jest/globals';
import { commentBody } from '../../../src/report/comment.ts';
import type { Report } from '../../../src/report/report.ts';
import { asClean, makeGate, makeReport } from '../../fixtures/reports.ts';

/** The first line after the marker. */
const headline = (overrides: Partial<Report>) => commentBody(makeReport(overrides), asClean).split('\n')[1];

describe('the headline', () => {
  it.each<[string, Partial<Report>]>([
    ['### ✅ Training completed: no gate was set', { gates: [] }],
    ['### ✅ Training passed: its gate holds', { gates: [makeGate('loss < 1', 0.5, 1)] }],
    [
      '### ❌ Training failed its gate: `val_mape <= 0.12` does not hold (0.1200004 against 0.12)',
      { conclusion: 'failure', gates: [makeGate('val_mape <= 0.12', 0.1200004, 0.12)] },
    ],
    [
      '### ❌ Training failed its gate: 2 of 2 gates do not hold',
      { conclusion: 'failure', gates: [makeGate('a < 1', 2, 1), makeGate('b < 1', undefined, 1, 'b was never seen')] },
    ],
    [
      '### ❌ Training failed: the job ended with an error',
      { conclusion: 'failure', outcome: { kind: 'failed', reason: 'AlgorithmError' } },
    ],
    [
      '### ❌ Training failed: it used up its training time, `max-run`',
      { conclusion: 'failure', outcome: { kind: 'stopped', by: 'max-runtime' } },
    ],
    [
      '### ❌ Training failed: it was not done within `max-wait`',
      { conclusion: 'failure', outcome: { kind: 'stopped', by: 'max-wait' } },
    ],
    [
      '### ⛔ Training stopped: someone stopped the job in AWS',
      { conclusion: 'cancelled', outcome: { kind: 'stopped', by: 'user' } },
    ],
    [
      '### ⛔ Training cancelled: the job was told to stop',
      { conclusion: 'cancelled', outcome: { kind: 'cancelled', job: 'stopping' } },
    ],
    [
      '### ⛔ Training cancelled: the pull request has a newer commit',
      { conclusion: 'cancelled', outcome: { kind: 'head-moved', head: 'abc1234' }, job: undefined },
    ],
    [
      '### 🕓 Training is pending: this run lost sight of the job',
      { conclusion: 'pending', outcome: { kind: 'lost', why: 'The credentials expired.', remedy: 'Give a role.' } },
    ],
    ['### ⏳ Training is being prepared', { conclusion: 'running', outcome: undefined, job: undefined }],
    [
      '### ⏳ Training is running: waiting for an instance',
      { conclusion: 'running', outcome: { kind: 'running', phase: 'Starting' } },
    ],
    [
      '### ⏳ Training is running: `constructor`',
      { conclusion: 'running', outcome: { kind: 'running', phase: 'constructor' } },
    ],
    [
      '### ❌ Training did not start: a permission in AWS is missing',
      {
        conclusion: 'failure',
        outcome: undefined,
        job: undefined,
        failure: { code: 'AWS_ACCESS_DENIED', message: 'x', remedy: 'y' },
      },
    ],
    [
      '### ⏭️ Training skipped',
      { conclusion: 'skipped', outcome: { kind: 'skipped', why: 'A fork.', untrusted: true } },
    ],
  ])('%s', (expected, overrides) => {
    expect(headline(overrides)).toBe(expected);
  });
});
