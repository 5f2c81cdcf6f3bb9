/** A diagnosis as `npm run explain` prints it: one JSON object a line. */
import type { CheckFinding, Diagnosis } from './diagnosis.ts';
import type { Proof } from './evidence.ts';
import type { Label } from './labels.ts';

export interface Explanation {
  readonly id: string | null;
  readonly label: Label;
  readonly title: string;
  readonly confidence: number;
  readonly evidence: readonly Proof[];
  readonly remedy: readonly string[];
  readonly retryable: boolean;
  readonly checks: readonly CheckFinding[];
}

/** A second plausible cause is told as the last remedy: what to look at when the first one is not it. */
export function toExplanation(id: string | null, diagnosis: Diagnosis): Explanation {
  const { label, title, confidence, evidence, retryable, checks } = diagnosis;
  const others = diagnosis.alternatives.map(
    (other) => `If that is not it: ${other.title} (${other.label}, confidence ${other.confidence}).`,
  );
  return { id, label, title, confidence, evidence, remedy: [...diagnosis.remedy, ...others], retryable, checks };
}
