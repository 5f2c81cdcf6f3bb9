/** What holds a rule to its word: tests and documentation read it, the bundle does not ship it. */
import type { CaseInput } from '../case.ts';
import type { CauseLabel } from '../labels.ts';

/** A log alone, or a case with whatever parts make the point. */
export type Sample = string | CaseInput;

export interface RuleSamples {
  /** Explained as this rule's label. */
  readonly samples: readonly Sample[];
  /** Look alike, and are something else. */
  readonly nearMisses: readonly Sample[];
}

/** By the label of the rule; of one family. */
export type FamilySamples = Readonly<Partial<Record<CauseLabel, RuleSamples>>>;
