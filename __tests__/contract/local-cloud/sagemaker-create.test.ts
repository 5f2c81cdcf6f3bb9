import { CreateTrainingJobCommand, type CreateTrainingJobRequest } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outcome, postScript } from './harness.ts';
import { BUCKET, ROLE, startWorld, type World } from './training-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({
    jobs: [{ match: '*' }],
    s3: { buckets: [{ name: 'elsewhere', region: 'eu-west-1', objects: [{ key: 'data/a', text: 'a' }] }] },
    quotas: [
      { name: 'ml.g5.xlarge for spot training job usage', value: 0 },
      { name: 'ml.c5.xlarge for training job usage', value: 2 },
    ],
    iam: {
      roles: [
        { name: 'training' },
        { name: 'ci', trust: { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] } },
        {
          name: 'blind',
          policies: [{ Statement: [{ Effect: 'Allow', Action: ['ecr:*', 's3:GetObject'], Resource: '*' }] }],
        },
        { name: 'no-ecr', policies: [{ Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }] },
      ],
    },
  });
});
afterAll(() => world.close());

let serial = 0;
function attempt(over: Partial<CreateTrainingJobRequest>): Promise<{ name: string; message: string }> {
  serial += 1;
  return outcome(world.sagemaker.send(new CreateTrainingJobCommand(world.request(`attempt-${serial}`, over))));
}

const channel = (uri: string) => ({
  ChannelName: 'train',
  DataSource: { S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri: uri } },
});
const image = (TrainingImage: string) => ({ TrainingImage, TrainingInputMode: 'File' as const });
const instance = (over: Partial<CreateTrainingJobRequest['ResourceConfig']>) => ({
  InstanceType: 'ml.m5.large' as const,
  InstanceCount: 1,
  VolumeSizeInGB: 30,
  ...over,
});

describe('CreateTrainingJob', () => {
  it('answers the ARN of a job that Describe then knows', async () => {
    await expect(world.create('plain-job')).resolves.toMatchObject({
      TrainingJobArn: 'arn:aws:sagemaker:us-east-1:111122223333:training-job/plain-job',
    });
    await expect(world.describe('plain-job')).resolves.toMatchObject({
      TrainingJobStatus: 'InProgress',
      ModelArtifacts: { S3ModelArtifacts: `s3://${BUCKET}/output/plain-job/output/model.tar.gz` },
    });
  });

  it.each<[string, Partial<CreateTrainingJobRequest>, string, RegExp]>([
    [
      'a name against the pattern',
      { TrainingJobName: 'under_score' },
      'ValidationException',
      /^1 validation error detected: Value 'under_score' at 'trainingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    ],
    [
      'spot without MaxWait',
      { StoppingCondition: { MaxRuntimeInSeconds: 60 } },
      'ValidationException',
      /MaxWaitTimeInSeconds/,
    ],
    [
      'MaxWait below MaxRuntime',
      { StoppingCondition: { MaxRuntimeInSeconds: 60, MaxWaitTimeInSeconds: 59 } },
      'ValidationException',
      /MaxWaitTimeInSeconds/,
    ],
    [
      'MaxWait without spot',
      { EnableManagedSpotTraining: false },
      'ValidationException',
      /^Invalid MaxWaitTimeInSeconds\. It is only supported when EnableManagedSpotTraining is set to true$/,
    ],
    [
      'spot with a warm pool',
      { ResourceConfig: instance({ KeepAlivePeriodInSeconds: 60 }) },
      'ValidationException',
      /KeepAlivePeriodInSeconds/,
    ],
    [
      'a volume key with NVMe disks',
      { ResourceConfig: instance({ InstanceType: 'ml.g4dn.xlarge', VolumeKmsKeyId: 'key' }) },
      'ValidationException',
      /VolumeKmsKeyId/,
    ],
    [
      'no volume on EBS-only types',
      { ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1 } },
      'ValidationException',
      /VolumeSizeInGB/,
    ],
    [
      'preferences with spot',
      { ResourceConfig: { InstancePreferences: [{ InstanceType: 'ml.m5.large' }], VolumeSizeInGB: 30 } },
      'ValidationException',
      /InstancePreferences/,
    ],
    [
      'two tags of one key',
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
      },
      'ValidationException',
      /[Dd]uplicate tag/,
    ],
    ['a tag of AWS', { Tags: [{ Key: 'aws:a', Value: '1' }] }, 'ValidationException', /aws: prefixed/],
    [
      'two channels of one name',
      { InputDataConfig: [channel(`s3://${BUCKET}/data/`), channel(`s3://${BUCKET}/data/`)] },
      'ValidationException',
      /Duplicate channel/,
    ],
    ['an empty list of channels', { InputDataConfig: [] }, 'ValidationException', /inputDataConfig/],
    [
      'a role nobody knows',
      { RoleArn: ROLE.replace('training', 'unknown') },
      'ValidationException',
      /^Could not assume role arn:aws:iam::111122223333:role\/unknown\. Please ensure that the role exists and allows principal 'sagemaker\.amazonaws\.com' to assume the role\.$/,
    ],
    [
      'a role that does not trust SageMaker',
      { RoleArn: ROLE.replace('training', 'ci') },
      'ValidationException',
      /^Could not assume role/,
    ],
    [
      'an empty prefix',
      { InputDataConfig: [channel(`s3://${BUCKET}/nothing/`)] },
      'ValidationException',
      /^No S3 objects found under S3 URL "s3:\/\/sagemaker-us-east-1-111122223333\/nothing\/" given in input data source\. Please ensure that the bucket exists in the selected region \(us-east-1\)/,
    ],
    [
      'data in another region',
      { InputDataConfig: [channel('s3://elsewhere/data/')] },
      'ValidationException',
      /^No S3 objects found/,
    ],
    [
      'a role that may not list',
      { RoleArn: ROLE.replace('training', 'blind'), InputDataConfig: [channel(`s3://${BUCKET}/data/`)] },
      'ValidationException',
      /Unauthorized to List objects under S3 URL/,
    ],
    [
      'a role that may not pull',
      { RoleArn: ROLE.replace('training', 'no-ecr') },
      'ValidationException',
      /^Access denied for repository: demo in registry ID: 111122223333\.$/,
    ],
    [
      'an output bucket that is not there',
      { OutputDataConfig: { S3OutputPath: 's3://missing-bucket/o' } },
      'ValidationException',
      /Access denied to OutputDataConfig S3 bucket/,
    ],
    [
      'checkpoints in another region',
      { CheckpointConfig: { S3Uri: 's3://elsewhere/c/' } },
      'ValidationException',
      /Access denied to CheckpointConfig S3 bucket/,
    ],
    [
      'checkpoints over the model',
      { CheckpointConfig: { S3Uri: `s3://${BUCKET}/c/`, LocalPath: '/opt/ml/model' } },
      'ValidationException',
      /LocalPath/,
    ],
    [
      'a missing tag in ECR form',
      { AlgorithmSpecification: image('111122223333.dkr.ecr.us-east-1.amazonaws.com/demo:v9') },
      'ValidationException',
      /^Cannot find the requested image: /,
    ],
    [
      'an image elsewhere',
      { AlgorithmSpecification: image('docker.io/library/python:3') },
      'ValidationException',
      /^TrainingImageConfig with TrainingRepositoryAccessMode set to VPC must be provided/,
    ],
    [
      'an image that is none',
      { AlgorithmSpecification: image('python') },
      'ValidationException',
      /^Invalid training image\./,
    ],
    [
      'a quota of nothing',
      { ResourceConfig: instance({ InstanceType: 'ml.g5.xlarge' }) },
      'ResourceLimitExceeded',
      /^The account-level service limit 'ml\.g5\.xlarge for spot training job usage' is 0 Instances, with current utilization of 0 Instances and a request delta of 1 Instances\. Please /,
    ],
    [
      'more time than the quota',
      { StoppingCondition: { MaxRuntimeInSeconds: 432_001, MaxWaitTimeInSeconds: 500_000 } },
      'ResourceLimitExceeded',
      /Longest run time for a training job/,
    ],
  ])('refuses %s', async (_title, over, name, message) => {
    await expect(attempt(over)).resolves.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it('takes a name once and for ever', async () => {
    await world.create('once');
    await world.end('once');
    await expect(outcome(world.create('once'))).resolves.toMatchObject({
      name: 'ResourceInUse',
      message:
        'Training job names must be unique within an AWS account and region, and a training job with this name already exists (arn:aws:sagemaker:us-east-1:111122223333:training-job/once)',
    });
  });

  it('counts live on-demand jobs against the on-demand quota', async () => {
    const onDemand = {
      EnableManagedSpotTraining: false,
      StoppingCondition: { MaxRuntimeInSeconds: 600 },
      ResourceConfig: instance({ InstanceType: 'ml.c5.xlarge', InstanceCount: 2 }),
    };
    await expect(attempt(onDemand)).resolves.toMatchObject({ name: 'fulfilled' });
    await expect(attempt(onDemand)).resolves.toMatchObject({
      name: 'ResourceLimitExceeded',
      message: expect.stringContaining(
        "'ml.c5.xlarge for training job usage' is 2 Instances, with current utilization of 2 Instances and a request delta of 2 Instances",
      ),
    });
  });

  it('takes the image in ECR form, by tag and by digest, and a Deep Learning Container of its region', async () => {
    const ecrHost = '111122223333.dkr.ecr.us-east-1.amazonaws.com';
    for (const uri of [`${ecrHost}/demo:v1`, '763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.8.0']) {
      await expect(attempt({ AlgorithmSpecification: image(uri) })).resolves.toMatchObject({ name: 'fulfilled' });
    }
  });

  it('refuses a fresh role as often as the script says', async () => {
    await postScript(world.local, { delays: { roleNotAssumable: 2 } });
    const names = [];
    for (let i = 0; i < 3; i += 1) names.push((await attempt({})).name);
    await postScript(world.local, { delays: {} });
    expect(names).toEqual(['ValidationException', 'ValidationException', 'fulfilled']);
  });
});
