/** Reads all that decides about an image, and decides. Nothing is built, pushed or tagged here. */
import { clean } from '../hostile/clean.ts';
import { rejection } from '../job/rejection.ts';
import { repositoryName } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import type { RegistryImage } from '../ports.ts';
import type { Build, BuildDoors } from './build.ts';
import { type Decision, decide, fingerprintTag } from './decide.ts';
import type { ForesightDoors } from './foresight/foresee.ts';
import { foresee } from './foresight/foresee.ts';
import type { Image } from './image.ts';
import { tagsOf } from './image-tags.ts';
import { ownLogins } from './own-logins.ts';
import type { PinDoors } from './pin-images.ts';
import { type ImageRecipe, readRecipe } from './recipe.ts';

export type ChoiceDoors = Pick<BuildDoors, 'registry' | 'registryIn' | 'distribution' | 'files'> & {
  readonly runner: ForesightDoors['runner'] & Pick<BuildDoors['runner'], 'env' | 'print'>;
  readonly secrets: ForesightDoors['secrets'];
};

/** What is to be done about an image that is not given. */
export interface Choice {
  readonly build: Build;
  readonly decision: Decision;
  /** What can be foreseen of it, for the report; it was told in the log. */
  readonly foreseen: readonly string[];
}

/** The doors for reading base images: with the logins that the user's own Docker configuration holds. */
export async function pinningDoors<Doors extends ChoiceDoors>(plan: Plan, doors: Doors): Promise<Doors & PinDoors> {
  const logins = await ownLogins(doors.runner.env, doors.files);
  return { ...doors, region: plan.inputs.aws.region, logins };
}

/** Throws a Failure for a Dockerfile, target or repository that cannot be read. */
export async function chooseImage(plan: Plan, doors: ChoiceDoors & PinDoors): Promise<Choice> {
  const build = await planBuild(plan, doors);
  const { uncovered, fingerprint } = build.recipe;
  const decision = decide({ ...build, uncovered, fingerprint });
  tellChoice(decision, doors);
  const foreseen = await foresee(plan.inputs, build.recipe, decision.kind === 'built', doors);
  return { build, decision, foreseen };
}

export function tellChoice(
  { kind, reason }: Pick<Decision, 'reason'> & { readonly kind: Image['source'] },
  { runner, secrets }: Pick<ChoiceDoors, 'runner' | 'secrets'>,
): void {
  runner.print(clean(`Image ${kind}: ${reason}.`, secrets));
}

async function planBuild(plan: Plan, doors: ChoiceDoors & PinDoors): Promise<Build> {
  const repository = plan.inputs.image.repository ?? repositoryName(plan.subject.repository, plan.name);
  const recipe = await readRecipe(plan.inputs.image, doors);
  const tags = tagsOf(plan);
  const ids = [fingerprintTag(recipe.fingerprint), ...tags].map((tag) => ({ tag }));
  const found = await doors.registry.images(repository, ids).catch((error) => {
    throw rejection('other', error, `The ECR repository ${repository} cannot be read`);
  });
  return { plan, recipe, repository, tags, found };
}

/** Known without a call where AWS itself is asked; where something stands in for it, a base in the same registry tells as well. */
export async function repositoryUri(
  { plan, recipe, repository }: { readonly plan: Plan; readonly recipe: ImageRecipe; readonly repository: string },
  { registryId = plan.account }: Pick<RegistryImage, 'registryId'>,
  { registry }: Pick<BuildDoors, 'registry'>,
): Promise<string> {
  const hosts = recipe.images.map(({ reference }) => reference.split('/')[0] ?? '');
  const host = registry.hostOf(registryId) ?? hosts.find((each) => registry.standsBehind(each));
  return host === undefined ? ((await registry.repositoryUri(repository)) ?? repository) : `${host}/${repository}`;
}
