import type { FailureCode } from '../failure.ts';
import type { StatusState } from '../ports.ts';
import type { Conclusion, Outcome } from './report.ts';

/** What a run comes to: its word, its exit code, and the commit status to write (absent = write none). */
export interface Verdict {
  readonly conclusion: Conclusion;
  readonly exitCode: 0 | 1;
  readonly statusState: StatusState | undefined;
}

export interface VerdictFacts {
  /** Absent when the action never got as far as a job. */
  readonly outcome: Outcome | undefined;
  /** All gates hold; true without any. Counts only for a completed job. */
  readonly gatesHold: boolean;
  /** The action itself could not do its work. */
  readonly failure: { readonly code: FailureCode } | undefined;
  readonly onUntrusted: 'skip' | 'fail';
  readonly onTimeout: 'fail' | 'pending';
  /** The pending commit status was confirmed by GitHub: then it is the gate, and the step may end green. */
  readonly statusWritten: boolean;
}

const SUCCESS: Verdict = { conclusion: 'success', exitCode: 0, statusState: 'success' };
const FAILURE: Verdict = { conclusion: 'failure', exitCode: 1, statusState: 'failure' };
const CANCELLED: Verdict = { conclusion: 'cancelled', exitCode: 1, statusState: 'error' };
/** The job may still be running: a red job, so that nothing merges, and a status that a later run settles. */
const PENDING: Verdict = { conclusion: 'pending', exitCode: 1, statusState: 'pending' };
const SKIPPED: Verdict = { conclusion: 'skipped', exitCode: 0, statusState: undefined };

/**
 * The contract's table of conclusions. Only a completed job whose gates all hold is green;
 * a stopped one never is, whoever stopped it.
 */
export function conclude(facts: VerdictFacts): Verdict {
  const { outcome, failure } = facts;
  if (failure !== undefined) return failure.code === 'CANCELLED' ? CANCELLED : FAILURE;
  if (outcome === undefined) return FAILURE;
  switch (outcome.kind) {
    case 'completed':
      return facts.gatesHold ? SUCCESS : FAILURE;
    case 'failed':
      return FAILURE;
    case 'stopped':
      return outcome.by === 'user' ? CANCELLED : FAILURE;
    case 'cancelled':
    case 'superseded':
      return CANCELLED;
    case 'handed-over':
      return facts.onTimeout === 'pending' && facts.statusWritten ? { ...PENDING, exitCode: 0 } : PENDING;
    case 'head-moved':
      return { ...CANCELLED, statusState: undefined };
    case 'running':
    case 'lost':
      return PENDING;
    case 'skipped':
      return outcome.untrusted && facts.onUntrusted === 'fail' ? { ...SKIPPED, exitCode: 1 } : SKIPPED;
  }
}
