import type { Cloud } from '../state.ts';
import { findImage, parseForeign, parseImage } from '../training/image.ts';
import type { TrainingRequest } from '../training/request.ts';
import { validationError } from './errors.ts';
import { roleAllows } from './execution-role.ts';

/** The account whose Deep Learning Containers exist in AWS, though not in this cloud. */
const DEEP_LEARNING_CONTAINERS = '763104351884';

/** The image must be in this cloud's registry, and the role must be able to pull it. Throws ValidationException. */
export async function checkImage(cloud: Cloud, request: TrainingRequest): Promise<void> {
  const { TrainingImage: uri = '', TrainingImageConfig } = request.AlgorithmSpecification;
  const image = parseImage(cloud, uri);
  const foreign = parseForeign(cloud, uri);
  if (image === undefined && foreign && (await findImage(cloud, foreign))) return;
  if (image === undefined) return checkForeign(cloud, uri, TrainingImageConfig?.TrainingRepositoryAccessMode === 'Vpc');
  const arn = `arn:aws:ecr:${cloud.region}:${cloud.account}:repository/${image.repository}`;
  if (!roleAllows(cloud, request.RoleArn, 'ecr:BatchGetImage', arn)) {
    throw validationError(`Access denied for repository: ${image.repository} in registry ID: ${cloud.account}.`);
  }
  if ((await findImage(cloud, image)) === undefined) throw notFound(uri);
}

function checkForeign(cloud: Cloud, uri: string, isVpc: boolean): void {
  const ecr =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/[a-z0-9._/-]+(?::[\w.-]+|@sha256:[0-9a-f]{64})?$/.exec(uri);
  if (ecr?.[1] === DEEP_LEARNING_CONTAINERS && ecr[2] === cloud.region) return;
  if (ecr?.[1] === cloud.account || (ecr && ecr[2] === cloud.region)) throw notFound(uri);
  if (!ecr && /^[a-z0-9.-]+(?::\d+)?\/\S+$/.test(uri) && /[.:]/.test(uri.split('/')[0] ?? '') && !isVpc) {
    throw validationError(
      'TrainingImageConfig with TrainingRepositoryAccessMode set to VPC must be provided when using a training image from a private Docker registry. Please provide TrainingImageConfig and TrainingRepositoryAccessMode set to VPC when using a training image from a private Docker registry.',
    );
  }
  throw validationError(
    'Invalid training image. Please provide a valid Amazon Elastic Container Registry path of the Docker image to run.',
  );
}

function notFound(uri: string): Error {
  return validationError(
    `Cannot find the requested image: ${uri}. Please ensure that the image exists and that the role can pull it.`,
  );
}
