import type { Cloud } from '../state.ts';
import { type Channel, parseS3Uri, type TrainingRequest } from '../training/request.ts';
import { validationError } from './errors.ts';
import { roleAllows } from './execution-role.ts';

/** Inputs must have objects, and every bucket must be there, in this region, for the role. Throws ValidationException. */
export function checkStorage(cloud: Cloud, request: TrainingRequest): void {
  for (const channel of request.InputDataConfig ?? []) checkChannel(cloud, channel, request.RoleArn);
  const output = bucketOf(request.OutputDataConfig.S3OutputPath);
  if (!isReachable(cloud, output)) throw validationError(`Access denied to OutputDataConfig S3 bucket: ${output}`);
  const { CheckpointConfig } = request;
  if (CheckpointConfig === undefined) return;
  const checkpoints = bucketOf(CheckpointConfig.S3Uri);
  if (!isReachable(cloud, checkpoints))
    throw validationError(`Access denied to CheckpointConfig S3 bucket: ${checkpoints}`);
}

function checkChannel(cloud: Cloud, { DataSource }: Channel, role: string): void {
  const uri = DataSource.S3DataSource?.S3Uri;
  if (uri === undefined) return;
  const { bucket, key } = address(uri);
  if (!roleAllows(cloud, role, 's3:ListBucket', `arn:aws:s3:::${bucket}`)) {
    throw validationError(
      `Unauthorized to List objects under S3 URL "${uri}". Please ensure that the role "${role}" has "s3:ListBucket" permissions on bucket "${bucket}": no identity-based policy allows the s3:ListBucket action`,
    );
  }
  if (isReachable(cloud, bucket) && cloud.s3.list(bucket, key).length > 0) return;
  throw validationError(
    `No S3 objects found under S3 URL "${uri}" given in input data source. Please ensure that the bucket exists in the selected region (${cloud.region}), that objects exist under that S3 prefix, and that the role "${role}" has "s3:ListBucket" permissions on bucket "${bucket}".`,
  );
}

function isReachable(cloud: Cloud, bucket: string): boolean {
  return cloud.s3.findBucket(bucket)?.region === cloud.region;
}

function bucketOf(uri: string): string {
  return address(uri).bucket;
}

function address(uri: string): { bucket: string; key: string } {
  try {
    return parseS3Uri(uri);
  } catch {
    throw validationError(`Invalid S3 URL: ${uri}`);
  }
}
