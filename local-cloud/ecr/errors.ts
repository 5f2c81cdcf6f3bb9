import { CloudError } from '../types.ts';

/** ECR names the registry by its account in almost every refusal. */
export function repositoryNotFound(repository: string, account: string): CloudError {
  return new CloudError(
    'RepositoryNotFoundException',
    `The repository with name '${repository}' does not exist in the registry with id '${account}'`,
  );
}

export function imageNotFound(image: ImageId, repository: string, account: string): CloudError {
  return new CloudError(
    'ImageNotFoundException',
    `The image with imageId {imageDigest:'${image.imageDigest ?? 'null'}', imageTag:'${image.imageTag ?? 'null'}'} does not exist within the repository with name '${repository}' in the registry with id '${account}'`,
  );
}

export function invalidParameter(message: string): CloudError {
  return new CloudError('InvalidParameterException', message);
}

/** An image by tag, digest or both, in ECR's words. */
export interface ImageId {
  readonly imageDigest?: string;
  readonly imageTag?: string;
}
