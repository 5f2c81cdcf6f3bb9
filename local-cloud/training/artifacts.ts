import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type TarEntry, tarBlocks, treeEntries } from '../registry/tar-writer.ts';
import { roleAllows } from '../sagemaker/execution-role.ts';
import type { Cloud } from '../state.ts';
import { parseS3Folder, type TrainingRequest } from './request.ts';
import { JobFailure } from './run.ts';

/** Where the model goes: a file, or with CompressionType NONE the folder of its files. */
export function modelKey(request: TrainingRequest): { readonly bucket: string; readonly key: string } {
  const { S3OutputPath, CompressionType } = request.OutputDataConfig;
  const { bucket, key } = parseS3Folder(S3OutputPath);
  const folder = `${key}${request.TrainingJobName}/output/`;
  return { bucket, key: folder + (CompressionType === 'NONE' ? 'model/' : 'model.tar.gz') };
}

/** The address Describe shows as ModelArtifacts, whether or not anything is there. */
export function modelUri(request: TrainingRequest): string {
  const { bucket, key } = modelKey(request);
  return `s3://${bucket}/${key}`;
}

/** Uploads the model directories of all hosts as one; nothing when they are empty. Rejects with a JobFailure. */
export async function uploadModel(
  cloud: Cloud,
  request: TrainingRequest,
  directories: readonly string[],
): Promise<void> {
  const { bucket, key } = modelKey(request);
  if (request.OutputDataConfig.CompressionType === 'NONE') {
    for (const directory of directories) await uploadTree(cloud, request.RoleArn, bucket, key, directory);
  } else await uploadArchive(cloud, request.RoleArn, bucket, key, directories);
}

/** Uploads `/opt/ml/output/data` of all hosts as `output.tar.gz`; nothing when they are empty. */
export async function uploadOutput(
  cloud: Cloud,
  request: TrainingRequest,
  directories: readonly string[],
): Promise<void> {
  const { bucket, key } = parseS3Folder(request.OutputDataConfig.S3OutputPath);
  await uploadArchive(
    cloud,
    request.RoleArn,
    bucket,
    `${key}${request.TrainingJobName}/output/output.tar.gz`,
    directories,
  );
}

async function uploadArchive(
  cloud: Cloud,
  role: string,
  bucket: string,
  key: string,
  directories: readonly string[],
): Promise<void> {
  const members = new Map<string, TarEntry>();
  for (const directory of directories) for (const entry of await treeEntries(directory)) members.set(entry.path, entry);
  if (members.size === 0) return;
  put(cloud, role, bucket, key, gzipSync(Buffer.concat([...tarBlocks(members.values())])));
}

async function uploadTree(cloud: Cloud, role: string, bucket: string, key: string, directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const isDirectory = (await stat(path)).isDirectory();
    if (isDirectory) await uploadTree(cloud, role, bucket, `${key}${name}/`, path);
    else put(cloud, role, bucket, key + name, await readFile(path));
  }
}

function put(cloud: Cloud, role: string, bucket: string, key: string, body: Buffer): void {
  const failed = (why: string) =>
    new JobFailure(`ClientError: Artifact upload failed:Unable to upload file to s3://${bucket}/${key} (${why})`);
  if (!roleAllows(cloud, role, 's3:PutObject', `arn:aws:s3:::${bucket}/${key}`))
    throw failed('AccessDenied: Access Denied');
  try {
    cloud.s3.put(bucket, key, body);
  } catch (error) {
    throw failed(String(error));
  }
}
