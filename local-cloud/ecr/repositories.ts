import { foreignName, type Mutability, plainRepository, type Repository } from '../registry/repositories.ts';
import { findRepository, registryState } from '../registry/state.ts';
import type { Cloud } from '../state.ts';
import { type Call, CloudError, type Service } from '../types.ts';
import { invalidParameter, repositoryNotFound } from './errors.ts';
import { page } from './page.ts';

interface CreateInput {
  readonly repositoryName: string;
  readonly registryId?: string;
  readonly tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly imageTagMutability?: Mutability;
  readonly imageTagMutabilityExclusionFilters?: readonly { readonly filter: string }[];
  readonly imageScanningConfiguration?: { readonly scanOnPush?: boolean };
  readonly encryptionConfiguration?: { readonly encryptionType: string; readonly kmsKey?: string };
}

interface DescribeInput {
  readonly registryId?: string;
  readonly repositoryNames?: readonly string[];
  readonly nextToken?: string;
  readonly maxResults?: number;
}

/** The repository of a call. Throws RepositoryNotFoundException, also for another account's registry. */
export async function repositoryOf(cloud: Cloud, input: Call['input']): Promise<Repository> {
  const { repositoryName = '', registryId = cloud.account } = input as { repositoryName?: string; registryId?: string };
  const found = registryId === cloud.account ? await findRepository(cloud, repositoryName) : undefined;
  if (found === undefined) throw repositoryNotFound(repositoryName, registryId);
  return found;
}

/** The repository of a call that only reads: of another account's registry those that the script has put there. */
export async function readableRepository(cloud: Cloud, input: Call['input']): Promise<Repository> {
  const { repositoryName = '', registryId = cloud.account } = input as { repositoryName?: string; registryId?: string };
  const foreign =
    registryId === cloud.account ? undefined : await findRepository(cloud, foreignName(registryId, repositoryName));
  return foreign ?? repositoryOf(cloud, input);
}

/** CreateRepository and DescribeRepositories. */
export function repositoryOperations(cloud: Cloud): Service {
  const { repositories } = cloud.shared(registryState);
  return {
    async CreateRepository({ input }) {
      const request = input as unknown as CreateInput;
      if (await findRepository(cloud, request.repositoryName)) {
        throw new CloudError(
          'RepositoryAlreadyExistsException',
          `The repository with name '${request.repositoryName}' already exists in the registry with id '${cloud.account}'`,
        );
      }
      const repository = newRepository(request, cloud.clock.now());
      repositories.set(repository.name, repository);
      return { output: { repository: describe(cloud, repository) } };
    },
    async DescribeRepositories({ input }) {
      const { repositoryNames, nextToken, maxResults = 100 } = input as DescribeInput;
      if (repositoryNames === undefined) {
        const sorted = [...repositories.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
        const { items, next } = page(sorted, nextToken, maxResults);
        return { output: { repositories: items.map((each) => describe(cloud, each)), ...next } };
      }
      const named = repositoryNames.map((repositoryName) => repositoryOf(cloud, { ...input, repositoryName }));
      return { output: { repositories: (await Promise.all(named)).map((each) => describe(cloud, each)) } };
    },
  };
}

function newRepository(request: CreateInput, now: number): Repository {
  const tags = Object.fromEntries((request.tags ?? []).map(({ Key, Value }) => [Key, Value]));
  if (Object.keys(tags).length !== (request.tags ?? []).length) {
    throw new CloudError('InvalidTagParameterException', 'Duplicate tag keys are not allowed');
  }
  const mutability = request.imageTagMutability ?? 'MUTABLE';
  const exclusions = (request.imageTagMutabilityExclusionFilters ?? []).map(({ filter }) => filter);
  if (exclusions.length > 0 !== mutability.endsWith('WITH_EXCLUSION')) {
    throw invalidParameter(
      `Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: 'exclusion filters go with a mutability WITH_EXCLUSION only'`,
    );
  }
  const { encryptionType = 'AES256', kmsKey } = request.encryptionConfiguration ?? {};
  return {
    ...plainRepository(request.repositoryName, now),
    mutability,
    exclusions,
    tags,
    scanOnPush: request.imageScanningConfiguration?.scanOnPush ?? false,
    encryptionType,
    ...(kmsKey === undefined ? {} : { kmsKey }),
  };
}

function describe(cloud: Cloud, repository: Repository): Record<string, unknown> {
  const { name, encryptionType, kmsKey, exclusions } = repository;
  return {
    repositoryArn: `arn:aws:ecr:${cloud.region}:${cloud.account}:repository/${name}`,
    registryId: cloud.account,
    repositoryName: name,
    repositoryUri: `${cloud.urls.registry}/${name}`,
    createdAt: repository.createdAt / 1000,
    imageTagMutability: repository.mutability,
    ...(exclusions.length === 0
      ? {}
      : { imageTagMutabilityExclusionFilters: exclusions.map((filter) => ({ filterType: 'WILDCARD', filter })) }),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: { encryptionType, ...(kmsKey === undefined ? {} : { kmsKey }) },
  };
}
