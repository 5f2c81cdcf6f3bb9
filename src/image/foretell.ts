/** Which image a training would use, without making it. */
import type { Plan } from '../plan/plan.ts';
import { boundTo } from './build.ts';
import { type ChoiceDoors, chooseImage, pinningDoors, repositoryUri, tellChoice } from './choose.ts';
import { GIVEN, resolveGiven } from './given.ts';
import type { Image } from './image.ts';

/** An image as it would be. */
export interface ForetoldImage extends Image {
  /** The image exists: `uri` is by digest. One that is yet to be built goes by its repository. */
  readonly exists: boolean;
}

/** Reads only. Throws a Failure for what could not be read, and for a given image that does not exist. */
export async function foretellImage(plan: Plan, doors: ChoiceDoors): Promise<ForetoldImage> {
  const { uri } = plan.inputs.image;
  if (uri !== undefined) {
    tellChoice({ kind: 'given', reason: GIVEN }, doors);
    return { ...(await resolveGiven(uri, plan.inputs.aws.region, doors.registry)), exists: true };
  }
  const { build, decision, foreseen: notes } = await chooseImage(plan, await pinningDoors(plan, doors));
  const { recipe } = build;
  const { reason } = decision;
  if (decision.kind === 'reused') {
    const place = await repositoryUri(build, decision.image, doors);
    const { fingerprint } = recipe;
    return { uri: `${place}@${decision.image.digest}`, fingerprint, source: 'reused', reason, notes, exists: true };
  }
  const fingerprint = recipe.uncovered.length === 0 ? recipe.fingerprint : boundTo(plan, recipe, { digest: '' });
  return {
    uri: await repositoryUri(build, { registryId: undefined }, doors),
    fingerprint,
    source: 'built',
    reason,
    notes,
    exists: false,
  };
}
