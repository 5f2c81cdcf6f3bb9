/** The registries that Docker needs to be logged in to for a build. */
import { rejection } from '../job/rejection.ts';
import type { RegistryLogin } from '../ports.ts';
import type { PinDoors } from './pin-images.ts';
import type { ImageRecipe } from './recipe.ts';
import { ecrHostsOf, holdsDeepLearningContainers } from './registries.ts';

/**
 * Our own registry, and every private ECR registry that the Dockerfile names, each with a token of its region: a token is
 * valid for all registries of its region that the role may read. Where the user has a login of their own for another
 * account, it stays: it may be of a role that can read more.
 */
export async function loginsFor({ stages, reach }: ImageRecipe, doors: PinDoors): Promise<readonly RegistryLogin[]> {
  const own = await loginOf(doors.region, doors);
  const logins = new Map([[own.host, own]]);
  for (const { host, registryId, region } of ecrHostsOf(stages, reach.images)) {
    const isTheirs = doors.logins.has(host) && !holdsDeepLearningContainers(registryId, region);
    if (logins.has(host) || isTheirs) continue;
    const { username, password } = region === doors.region ? own : await loginOf(region, doors);
    logins.set(host, { host, username, password });
  }
  return [...logins.values()];
}

function loginOf(region: string, { registry, registryIn, region: own }: PinDoors): Promise<RegistryLogin> {
  return (region === own ? registry : registryIn(region)).login().catch((error) => {
    throw rejection('other', error, `Amazon ECR in ${region} gives no login`);
  });
}
