import type { Plan } from '../plan/plan.ts';
import type { PlannedImage } from '../plan/request.ts';
import { type BuildDoors, buildAndPush } from './build.ts';
import { resolveGiven } from './given.ts';

/** The training image in ECR, always by digest. */
export interface Image extends PlannedImage {
  readonly source: 'given' | 'built';
  /** What the reader of the report should know about it. */
  readonly notes: readonly string[];
}

export function ensureImage(plan: Plan, doors: BuildDoors, signal: AbortSignal): Promise<Image> {
  const { uri } = plan.inputs.image;
  return uri === undefined
    ? buildAndPush(plan, doors, signal)
    : resolveGiven(uri, plan.inputs.aws.region, doors.registry);
}
