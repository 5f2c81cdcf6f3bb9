import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import type { Cloud } from '../state.ts';
import type { Program } from './program.ts';
import { parseS3Uri } from './request.ts';
import { JobFailure } from './run.ts';
import { unpackLayer } from './unpack.ts';

/**
 * Unpacks `sourcedir.tar.gz` from S3 into the code directory, as the toolkit does before it starts the program. Code that
 * the image brings along stays, and the archive is left alone (sagemaker-training-toolkit, files.py).
 */
export async function unpackSubmitted(cloud: Cloud, { submitDirectory }: Program, code: string): Promise<void> {
  await mkdir(code, { recursive: true });
  if (!submitDirectory?.startsWith('s3://') || (await readdir(code)).length > 0) return;
  const { bucket, key } = parseS3Uri(submitDirectory);
  const archive = cloud.s3.findBucket(bucket) && cloud.s3.get(bucket, key);
  if (archive === undefined) {
    throw new JobFailure(
      'AlgorithmError: framework error: \nbotocore.exceptions.ClientError: An error occurred (404) when calling the HeadObject operation: Not Found, exit code: 1',
    );
  }
  const file = `${code}.tar.gz`;
  await writeFile(file, archive);
  await unpackLayer(file, code);
  await rm(file);
}
