/** The image of the training: given, there already, or built. */
import type { Plan } from '../plan/plan.ts';
import { type Build, type BuildDoors, buildAndPush } from './build.ts';
import { chooseImage, pinningDoors, repositoryUri, tellChoice } from './choose.ts';
import type { Decision } from './decide.ts';
import { GIVEN, resolveGiven } from './given.ts';
import type { Image } from './image.ts';
import { addTags } from './image-tags.ts';
import type { PinDoors } from './pin-images.ts';

export type { Image };

export async function ensureImage(plan: Plan, doors: BuildDoors, signal: AbortSignal): Promise<Image> {
  const { uri } = plan.inputs.image;
  if (uri !== undefined) {
    tellChoice({ kind: 'given', reason: GIVEN }, doors);
    return resolveGiven(uri, plan.inputs.aws.region, doors.registry);
  }
  const pinning = await pinningDoors(plan, doors);
  const { build, decision, foreseen } = await chooseImage(plan, pinning);
  const image =
    decision.kind === 'reused'
      ? await reuse(build, decision, pinning)
      : { ...(await buildAndPush(build, pinning, signal)), reason: decision.reason };
  return { ...image, notes: [...foreseen, ...image.notes] };
}

async function reuse(
  build: Build,
  { image, missingTags, reason }: Extract<Decision, { kind: 'reused' }>,
  doors: BuildDoors & PinDoors,
): Promise<Image> {
  const { recipe, repository } = build;
  const notes = await addTags({ registry: doors.registry, repository, image }, missingTags);
  const uri = `${await repositoryUri(build, image, doors)}@${image.digest}`;
  return { uri, fingerprint: recipe.fingerprint, source: 'reused', reason, notes };
}
