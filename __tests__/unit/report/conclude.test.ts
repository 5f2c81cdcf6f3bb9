import { describe, expect, it } from '@jest/globals';
import type { FailureCode } from '../../../src/failure.ts';
import { conclude, type VerdictFacts } from '../../../src/report/conclude.ts';
import type { Outcome } from '../../../src/report/report.ts';

const facts = (overrides: Partial<VerdictFacts>): VerdictFacts => ({
  outcome: undefined,
  gatesHold: true,
  failure: undefined,
  onUntrusted: 'skip',
  onTimeout: 'fail',
  statusWritten: false,
  ...overrides,
});
const failed = (code: FailureCode) => ({ failure: { code } });
const lost: Outcome = { kind: 'lost', why: 'credentials expired', remedy: 'give role-to-assume' };

describe('the table of conclusions', () => {
  it.each<[string, Partial<VerdictFacts>, string, number, string | undefined]>([
    ['completed, all gates hold', { outcome: { kind: 'completed' } }, 'success', 0, 'success'],
    ['completed, a gate fails', { outcome: { kind: 'completed' }, gatesHold: false }, 'failure', 1, 'failure'],
    ['superseded', { outcome: { kind: 'superseded', by: 'abc' } }, 'cancelled', 1, 'error'],
    [
      'wait-timeout, on-timeout fail',
      { outcome: { kind: 'handed-over' }, statusWritten: true },
      'pending',
      1,
      'pending',
    ],
    [
      'wait-timeout, on-timeout pending, status written',
      { outcome: { kind: 'handed-over' }, onTimeout: 'pending', statusWritten: true },
      'pending',
      0,
      'pending',
    ],
    [
      'wait-timeout, on-timeout pending, status not written',
      { outcome: { kind: 'handed-over' }, onTimeout: 'pending' },
      'pending',
      1,
      'pending',
    ],
    ['the job failed', { outcome: { kind: 'failed', reason: 'AlgorithmError' } }, 'failure', 1, 'failure'],
    ['max-run was used up', { outcome: { kind: 'stopped', by: 'max-runtime' } }, 'failure', 1, 'failure'],
    ['max-wait was used up', { outcome: { kind: 'stopped', by: 'max-wait' } }, 'failure', 1, 'failure'],
    ['stopped by someone', { outcome: { kind: 'stopped', by: 'user' } }, 'cancelled', 1, 'error'],
    ['cancelled, stopping', { outcome: { kind: 'cancelled', job: 'stopping' } }, 'cancelled', 1, 'error'],
    ['cancelled, left running', { outcome: { kind: 'cancelled', job: 'left' } }, 'cancelled', 1, 'error'],
    ['cancelled before the job', failed('CANCELLED'), 'cancelled', 1, 'error'],
    ['head moved before create', { outcome: { kind: 'head-moved', head: 'abc' } }, 'cancelled', 1, undefined],
    ['credentials lost in mid-wait', { outcome: lost }, 'pending', 1, 'pending'],
    ['still running', { outcome: { kind: 'running', phase: 'Training' } }, 'pending', 1, 'pending'],
    ['bad input', failed('INPUT_INVALID'), 'failure', 1, 'failure'],
    ['a defect', failed('INTERNAL'), 'failure', 1, 'failure'],
    [
      'a failure after the end',
      { ...failed('AWS_UNAVAILABLE'), outcome: { kind: 'completed' } },
      'failure',
      1,
      'failure',
    ],
    ['nothing known at all', {}, 'failure', 1, 'failure'],
    ['untrusted', { outcome: { kind: 'skipped', why: 'a fork', untrusted: true } }, 'skipped', 0, undefined],
    [
      'untrusted, on-untrusted: fail',
      { outcome: { kind: 'skipped', why: 'a fork', untrusted: true }, onUntrusted: 'fail' },
      'skipped',
      1,
      undefined,
    ],
    [
      'no /train comment, on-untrusted: fail',
      { outcome: { kind: 'skipped', why: 'not /train', untrusted: false }, onUntrusted: 'fail' },
      'skipped',
      0,
      undefined,
    ],
  ])('%s', (_, overrides, conclusion, exitCode, statusState) => {
    expect(conclude(facts(overrides))).toEqual({ conclusion, exitCode, statusState });
  });

  it('is green for nothing but a completed job', () => {
    const outcomes: Outcome[] = [
      { kind: 'running', phase: 'Training' },
      { kind: 'failed', reason: undefined },
      { kind: 'stopped', by: 'max-runtime' },
      { kind: 'stopped', by: 'max-wait' },
      { kind: 'stopped', by: 'user' },
      { kind: 'cancelled', job: 'stopping' },
      { kind: 'cancelled', job: 'left' },
      { kind: 'head-moved', head: 'abc' },
      lost,
    ];
    for (const outcome of outcomes) expect(conclude(facts({ outcome })).exitCode).toBe(1);
  });
});
