import type { Cloud } from './state.ts';
import type { ServiceName } from './types.ts';

/** The action's name in a policy: `sagemaker:CreateTrainingJob`. */
export function actionName(service: ServiceName, operation: string): string {
  const renamed = service === 's3' ? S3_ACTIONS[operation] : undefined;
  return `${service}:${renamed ?? operation}`;
}

/** S3's permissions are named otherwise than its operations. */
const S3_ACTIONS: Readonly<Record<string, string>> = {
  HeadBucket: 'ListBucket',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  HeadObject: 'GetObject',
  DeleteObjects: 'DeleteObject',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  ListBuckets: 'ListAllMyBuckets',
};

/** The ARN a call is about, `*` where its permission knows no resource. */
export function resourceArn(
  cloud: Cloud,
  service: ServiceName,
  region: string,
  input: Readonly<Record<string, unknown>>,
): string {
  const arn = (resource: string) => `arn:aws:${service}:${region}:${cloud.account}:${resource}`;
  const text = (name: string) => (typeof input[name] === 'string' ? input[name] : undefined);
  if (service === 's3' && text('Bucket'))
    return `arn:aws:s3:::${[text('Bucket'), text('Key')].filter(Boolean).join('/')}`;
  if (service === 'sagemaker' && text('TrainingJobName')) return arn(`training-job/${text('TrainingJobName')}`);
  if (service === 'sagemaker' && text('ResourceArn')) return text('ResourceArn') ?? '*';
  if (service === 'ecr' && text('repositoryName')) return arn(`repository/${text('repositoryName')}`);
  if (service === 'logs' && text('logGroupName')) {
    const stream = text('logStreamName');
    return arn(`log-group:${text('logGroupName')}${stream ? `:log-stream:${stream}` : ''}`);
  }
  if (service === 'iam' && text('RoleName')) return `arn:aws:iam::${cloud.account}:role/${text('RoleName')}`;
  return '*';
}
