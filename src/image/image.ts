import type { PlannedImage } from '../plan/request.ts';

/** The training image in ECR, always by digest. */
export interface Image extends PlannedImage {
  readonly source: 'given' | 'reused' | 'built';
  /** Why it is that and no other; a sentence without its full stop. */
  readonly reason: string;
  /** What the reader of the report should know about it. */
  readonly notes: readonly string[];
}
