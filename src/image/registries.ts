/** Which registry an image lies in, and who may log in there. Pure. */

import deepLearningContainers from './deep-learning-containers.json' with { type: 'json' };
import type { Reach } from './dockerfile/reach.ts';
import type { ResolvedStage } from './dockerfile/resolve.ts';
import { type ImageUri, parseReference } from './image-uri.ts';

/** An ECR registry that Docker is logged in to for the build. */
export interface EcrHost {
  readonly host: string;
  readonly registryId: string;
  readonly region: string;
}

/** The private ECR registries that the stages pull from, each once. Public ECR takes no login; others are the user's own. */
export function ecrHostsOf(stages: readonly ResolvedStage[], images: Reach['images']): readonly EcrHost[] {
  const bases = stages.flatMap(({ base }) => ('image' in base ? [base.image] : []));
  const uris = [...bases, ...images].flatMap(({ reference }) => (reference ? (parseReference(reference) ?? []) : []));
  const hosts = uris.flatMap((uri) => ecrHost(uri) ?? []);
  return [...new Map(hosts.map((host) => [host.host, host])).values()];
}

export function ecrHost({ host, registryId, region }: ImageUri): EcrHost | undefined {
  return registryId === undefined || region === undefined ? undefined : { host, registryId, region };
}

/** Whether an account owns the AWS Deep Learning Containers of a region. */
export function holdsDeepLearningContainers(registryId: string, region: string): boolean {
  const accounts: Readonly<Record<string, readonly string[]>> = deepLearningContainers;
  return accounts[registryId]?.includes(region) ?? false;
}
