import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { roleAllows } from '../sagemaker/execution-role.ts';
import type { Cloud } from '../state.ts';
import type { Context } from './context.ts';
import { type Channel, parseS3Uri, type S3DataSource } from './request.ts';
import { JobFailure } from './run.ts';

/** One object of a channel and its place below the channel's directory. */
export interface ChannelObject {
  readonly bucket: string;
  readonly key: string;
  readonly path: string;
}

/** Downloads all channels of a host below `data`. Rejects with a JobFailure, as SageMaker words it. */
export async function downloadChannels({ cloud, job, hosts }: Context, host: number, data: string): Promise<void> {
  const { InputDataConfig = [], AlgorithmSpecification } = job.request;
  for (const channel of InputDataConfig) {
    if ((channel.InputMode ?? AlgorithmSpecification.TrainingInputMode) === 'Pipe') {
      throw new JobFailure(
        `ClientError: Data download failed:the local cloud has no Pipe mode (channel ${channel.ChannelName})`,
      );
    }
    const directory = join(data, channel.ChannelName);
    await mkdir(directory, { recursive: true });
    for (const object of shareOf(channel, channelObjects(cloud, channel), host, hosts.length)) {
      await download(cloud, job.request.RoleArn, object, directory);
    }
  }
}

/** The objects of a channel in the order of their keys; folder marks are none. Throws a JobFailure for sources unknown here. */
export function channelObjects(cloud: Cloud, channel: Channel): ChannelObject[] {
  const source = channel.DataSource.S3DataSource;
  if (source?.S3DataType === 'S3Prefix') return prefixObjects(cloud, source);
  if (source?.S3DataType === 'ManifestFile') return manifestObjects(cloud, source);
  throw new JobFailure(
    `ClientError: Data download failed:the local cloud cannot read the data source of channel ${channel.ChannelName}`,
  );
}

/** Every key that starts with the text; its place begins after the prefix's last slash. */
function prefixObjects(cloud: Cloud, { S3Uri }: S3DataSource): ChannelObject[] {
  const { bucket, key: prefix } = parseS3Uri(S3Uri);
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  return list(cloud, bucket, prefix)
    .filter((key) => !key.endsWith('/'))
    .map((key) => ({ bucket, key, path: key.slice(folder.length) }));
}

/** `[{"prefix": "s3://bucket/folder/"}, "relative/key", …]` */
function manifestObjects(cloud: Cloud, { S3Uri }: S3DataSource): ChannelObject[] {
  const manifest = parseS3Uri(S3Uri);
  const text = cloud.s3.get(manifest.bucket, manifest.key)?.toString('utf8');
  try {
    const [head, ...names] = JSON.parse(text ?? '') as [{ prefix: string }, ...string[]];
    const { bucket, key } = parseS3Uri(head.prefix);
    return names.map((name) => ({ bucket, key: key + name, path: name }));
  } catch {
    throw new JobFailure(`ClientError: Data download failed:Invalid manifest file ${S3Uri}`);
  }
}

function list(cloud: Cloud, bucket: string, prefix: string): string[] {
  try {
    return cloud.s3.list(bucket, prefix).map(({ key }) => key);
  } catch (error) {
    throw new JobFailure(`ClientError: Data download failed:${(error as Error).message} (s3://${bucket}/${prefix})`);
  }
}

function shareOf(channel: Channel, objects: ChannelObject[], host: number, hosts: number): ChannelObject[] {
  if (channel.DataSource.S3DataSource?.S3DataDistributionType !== 'ShardedByS3Key') return objects;
  return objects.filter((_, index) => index % hosts === host);
}

async function download(
  cloud: Cloud,
  role: string,
  { bucket, key, path }: ChannelObject,
  directory: string,
): Promise<void> {
  if (!roleAllows(cloud, role, 's3:GetObject', `arn:aws:s3:::${bucket}/${key}`)) {
    throw new JobFailure('ClientError: Data download failed:403 Forbidden (403): Forbidden');
  }
  const place = resolve(directory, path);
  if (!place.startsWith(directory + sep)) {
    throw new JobFailure(`ClientError: Data download failed:s3://${bucket}/${key} would leave the channel's directory`);
  }
  const body = cloud.s3.get(bucket, key);
  if (body === undefined) {
    throw new JobFailure(
      `ClientError: Data download failed:NoSuchKey (404): The specified key does not exist: s3://${bucket}/${key}`,
    );
  }
  try {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, body);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    throw new JobFailure(
      `ClientError: Data download failed:Could not download s3://${bucket}/${key}: insufficient disk space`,
    );
  }
}
