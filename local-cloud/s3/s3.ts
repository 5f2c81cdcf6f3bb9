import { readFileSync } from 'node:fs';
import { type Script, scriptBytes } from '../script.ts';
import type { Cloud } from '../state.ts';
import type { Service } from '../types.ts';
import { bucketOperations } from './buckets.ts';
import { multipartOperations } from './multipart.ts';
import { objectOperations } from './objects.ts';

/** Amazon S3, path style. The bucket SageMaker would make by default exists unless the script says otherwise. */
export function createS3(cloud: Cloud): Service {
  cloud.onScript((script) => fillBuckets(cloud, script));
  return { ...bucketOperations(cloud), ...objectOperations(cloud), ...multipartOperations(cloud) };
}

function fillBuckets(cloud: Cloud, { s3: scripted }: Script): void {
  const { s3, region, account } = cloud;
  const standard = `sagemaker-${region}-${account}`;
  const wanted = cloud.script.current.s3?.defaultBucket ?? true;
  if (wanted && !s3.findBucket(standard)) s3.createBucket(standard);
  for (const { name, region: where, objects } of scripted?.buckets ?? []) {
    if (!s3.findBucket(name)) s3.createBucket(name, where ?? region);
    for (const { key, file, ...bytes } of objects ?? [])
      s3.put(name, key, file === undefined ? scriptBytes(bytes) : readFileSync(file));
  }
}
