import { join } from 'node:path';
import type { Cloud } from '../state.ts';
import { DiskStorage } from './disk-storage.ts';
import { RemoteStorage } from './remote-storage.ts';
import { plainRepository, type Repository } from './repositories.ts';
import { stockRepositories } from './script-images.ts';
import type { ImageStorage } from './storage.ts';
import { RegistryTokens } from './tokens.ts';
import { Uploads } from './uploads.ts';

/** What the registry, ECR's API and the trainer share. */
export interface RegistryState {
  storage: ImageStorage;
  readonly repositories: Map<string, Repository>;
  readonly tokens: RegistryTokens;
  readonly uploads: Uploads;
}

/** Puts another registry (address without `/v2/`) behind ECR's API and names it in `cloud.urls.registry`. */
export function attachRegistry(cloud: Cloud, url: string): void {
  const state = cloud.shared(registryState);
  state.storage = new RemoteStorage(url, join(cloud.stateDir, 'registry', 'remote'), cloud.clock);
  cloud.urls.registry = new URL(url).host;
}

/** The registry's state of a cloud; use it as `cloud.shared(registryState)`. */
export function registryState(cloud: Cloud): RegistryState {
  const directory = join(cloud.stateDir, 'registry');
  const disk = new DiskStorage(directory, cloud.clock);
  const state: RegistryState = {
    storage: disk,
    repositories: new Map(),
    tokens: new RegistryTokens(cloud.clock),
    uploads: new Uploads(join(directory, 'uploads')),
  };
  cloud.onReset(() => {
    state.repositories.clear();
    disk.clear();
  });
  cloud.onScript((script) => stockRepositories(cloud, state, script.ecr?.repositories ?? []));
  return state;
}

/** The repository, be it made through ECR's API or found in the storage; undefined when there is none. */
export async function findRepository(cloud: Cloud, name: string): Promise<Repository | undefined> {
  const { repositories, storage } = cloud.shared(registryState);
  const known = repositories.get(name);
  if (known !== undefined || !(await storage.has(name))) return known;
  const found = plainRepository(name, cloud.clock.now());
  repositories.set(name, found);
  return found;
}
