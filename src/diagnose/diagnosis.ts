/** What is said about a job that went wrong. */
import type { Proof } from './evidence.ts';
import type { Label } from './labels.ts';

export const CHECK_NAMES = ['logs', 'metrics', 'data-access', 'container-start'] as const;

/** The order in which an expert looks. */
export interface CheckFinding {
  readonly name: (typeof CHECK_NAMES)[number];
  readonly finding: string;
}

export interface Cause {
  readonly label: Label;
  readonly title: string;
  /** 0..1 */
  readonly confidence: number;
}

export interface Diagnosis extends Cause {
  /** The decisive proof first; at most five. */
  readonly evidence: readonly Proof[];
  /** What to do, the most useful first. */
  readonly remedy: readonly string[];
  /** The same request again may succeed. */
  readonly retryable: boolean;
  readonly checks: readonly CheckFinding[];
  /** Other causes that are plausible, the likeliest first. */
  readonly alternatives: readonly Cause[];
}
