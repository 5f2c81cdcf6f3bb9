/** The image of the training: given, there already, or built. */
import { clean } from '../hostile/clean.ts';
import { rejection } from '../job/rejection.ts';
import { repositoryName } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlannedImage } from '../plan/request.ts';
import type { RegistryImage } from '../ports.ts';
import { type Build, type BuildDoors, buildAndPush } from './build.ts';
import { type Decision, decide, fingerprintTag } from './decide.ts';
import { foresee } from './foresight/foresee.ts';
import { GIVEN, resolveGiven } from './given.ts';
import { addTags, tagsOf } from './image-tags.ts';
import { ownLogins } from './own-logins.ts';
import type { PinDoors } from './pin-images.ts';
import { readRecipe } from './recipe.ts';

/** The training image in ECR, always by digest. */
export interface Image extends PlannedImage {
  readonly source: 'given' | 'reused' | 'built';
  /** Why it is that and no other; a sentence without its full stop. */
  readonly reason: string;
  /** What the reader of the report should know about it. */
  readonly notes: readonly string[];
}

export async function ensureImage(plan: Plan, doors: BuildDoors, signal: AbortSignal): Promise<Image> {
  const { uri } = plan.inputs.image;
  const { region } = plan.inputs.aws;
  if (uri !== undefined) {
    tell({ kind: 'given', reason: GIVEN }, doors);
    return resolveGiven(uri, region, doors.registry);
  }
  const pinning = { ...doors, region, logins: await ownLogins(doors.runner.env, doors.files) };
  const build = await planBuild(plan, pinning);
  const { uncovered, fingerprint } = build.recipe;
  const decision = decide({ ...build, uncovered, fingerprint });
  tell(decision, doors);
  const foreseen = await foresee(plan.inputs, build.recipe, decision.kind === 'built', doors);
  const image =
    decision.kind === 'reused'
      ? await reuse(build, decision, pinning)
      : { ...(await buildAndPush(build, pinning, signal)), reason: decision.reason };
  return { ...image, notes: [...foreseen, ...image.notes] };
}

function tell(
  { kind, reason }: Pick<Decision, 'reason'> & { readonly kind: Image['source'] },
  { runner, secrets }: BuildDoors,
): void {
  runner.print(clean(`Image ${kind}: ${reason}.`, secrets));
}

async function planBuild(plan: Plan, doors: BuildDoors & PinDoors): Promise<Build> {
  const repository = plan.inputs.image.repository ?? repositoryName(plan.subject.repository, plan.name);
  const recipe = await readRecipe(plan.inputs.image, doors);
  const tags = tagsOf(plan);
  const ids = [fingerprintTag(recipe.fingerprint), ...tags].map((tag) => ({ tag }));
  const found = await doors.registry.images(repository, ids).catch((error) => {
    throw rejection('other', error, `The ECR repository ${repository} cannot be read`);
  });
  return { plan, recipe, repository, tags, found };
}

async function reuse(
  { plan, recipe, repository }: Build,
  { image, missingTags, reason }: Extract<Decision, { kind: 'reused' }>,
  doors: BuildDoors & PinDoors,
): Promise<Image> {
  const { registry } = doors;
  const notes = await addTags({ registry, repository, image }, missingTags);
  const uri = `${await repositoryUri({ plan, recipe, repository }, image, doors)}@${image.digest}`;
  return { uri, fingerprint: recipe.fingerprint, source: 'reused', reason, notes };
}

/** Known without a call where AWS itself is asked; where something stands in for it, a base in the same registry tells as well. */
async function repositoryUri(
  { plan, recipe, repository }: Pick<Build, 'plan' | 'recipe' | 'repository'>,
  { registryId = plan.account }: RegistryImage,
  { registry }: BuildDoors,
): Promise<string> {
  const hosts = recipe.images.map(({ reference }) => reference.split('/')[0] ?? '');
  const host = registry.hostOf(registryId) ?? hosts.find((each) => registry.standsBehind(each));
  return host === undefined ? ((await registry.repositoryUri(repository)) ?? repository) : `${host}/${repository}`;
}
