/** Everything that is measured. */
import { missingDocker } from '../scripts/docker/programs.ts';
import { EXPLAIN_FIGURES, measureExplaining } from './explain/explaining.ts';
import type { Figure } from './figure.ts';
import { IMAGE_FIGURES, measureImage } from './image/image.ts';
import { FIGURES, measureFollowing } from './watch/following.ts';

/** A line of out/bench.json. */
export interface Measured extends Figure {
  readonly value: number;
}

/** Figures that are measured together, by their name. */
export interface Bench {
  readonly figures: readonly Figure[];
  readonly measure: () => Promise<Readonly<Record<string, number>>>;
  /** What this machine lacks for it, with the remedy; `undefined` when nothing. */
  readonly missing?: () => string | undefined;
}

export const BENCHES: readonly Bench[] = [
  { figures: FIGURES, measure: measureFollowing },
  { figures: EXPLAIN_FIGURES, measure: measureExplaining },
  { figures: IMAGE_FIGURES, measure: measureImage, missing: missingDocker },
];
