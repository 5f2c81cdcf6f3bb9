/** Everything that is measured. */
import { EXPLAIN_FIGURES, measureExplaining } from './explain/explaining.ts';
import { FIGURES, measureFollowing } from './watch/following.ts';

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
}

/** A line of out/bench.json. */
export interface Measured extends Figure {
  readonly value: number;
}

/** Figures that are measured together, by their name. */
export interface Bench {
  readonly figures: readonly Figure[];
  readonly measure: () => Promise<Readonly<Record<string, number>>>;
}

export const BENCHES: readonly Bench[] = [
  { figures: FIGURES, measure: measureFollowing },
  { figures: EXPLAIN_FIGURES, measure: measureExplaining },
];
