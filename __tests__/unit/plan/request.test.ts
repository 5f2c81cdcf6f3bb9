import { describe, expect, it } from '@jest/globals';
import { branchSlug } from '../../../src/plan/names.ts';
import { IMAGE, makeJobPlan, makePlan, SHA } from '../../fixtures/plans.ts';

describe('the request', () => {
  it('is exactly what the inputs ask for', () => {
    const job = makeJobPlan();
    const name = job.name(1);
    expect(job.request(name, job.checkpointUri)).toEqual({
      TrainingJobName: name,
      RoleArn: 'arn:aws:iam::111122223333:role/training',
      AlgorithmSpecification: {
        TrainingImage: IMAGE.uri,
        TrainingInputMode: 'File',
        MetricDefinitions: [{ Name: 'val_mape', Regex: 'val_mape=([0-9.]+)' }],
      },
      ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
      StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
      EnableManagedSpotTraining: true,
      CheckpointConfig: {
        S3Uri: `s3://sagemaker-us-east-1-111122223333/train-on-sagemaker/checkpoints/acme/demand/forecast/${branchSlug(
          'feature/longer-history',
        )}/${SHA}/${job.configHash.slice(0, 8)}/`,
        LocalPath: '/opt/ml/checkpoints',
      },
      OutputDataConfig: { S3OutputPath: 's3://sagemaker-us-east-1-111122223333/train-on-sagemaker/output/' },
      InputDataConfig: [
        {
          ChannelName: 'train',
          DataSource: {
            S3DataSource: {
              S3DataType: 'S3Prefix',
              S3Uri: 's3://acme-data/train/',
              S3DataDistributionType: 'FullyReplicated',
            },
          },
        },
      ],
      HyperParameters: { epochs: '40' },
      Environment: { LOG_LEVEL: 'info' },
      Tags: [
        { Key: 'team', Value: 'forecasting' },
        { Key: 'train-repository', Value: 'acme/demand' },
        { Key: 'train-workflow', Value: '.github/workflows/train.yml' },
        { Key: 'train-name', Value: 'forecast' },
        { Key: 'train-branch', Value: branchSlug('feature/longer-history') },
        { Key: 'train-commit', Value: SHA },
        { Key: 'train-tree', Value: SHA },
        { Key: 'train-pull-request', Value: '7' },
        { Key: 'train-run-id', Value: '7001' },
        { Key: 'train-run-attempt', Value: '2' },
        { Key: 'train-config-hash', Value: job.configHash },
        { Key: 'train-request-hash', Value: job.requestHash },
        { Key: 'train-wait', Value: 'run:7001' },
      ],
    });
  });

  it('leaves out what the API refuses when empty, and what nobody asked for', () => {
    const request = makeJobPlan({
      inputs: {
        compute: { spot: false, maxWaitSeconds: undefined },
        data: { channels: {}, hyperparameters: {}, environment: {}, tags: {} },
        judge: { metrics: [] },
      },
      subject: { pullRequest: undefined },
    }).request('x', 's3://b/c/');
    expect(Object.keys(request)).toEqual(
      expect.not.arrayContaining(['InputDataConfig', 'HyperParameters', 'Environment']),
    );
    expect(request.AlgorithmSpecification).toEqual({ TrainingImage: IMAGE.uri, TrainingInputMode: 'File' });
    expect(request.StoppingCondition).toEqual({ MaxRuntimeInSeconds: 3600 });
    expect(request.EnableManagedSpotTraining).toBe(false);
    expect(request.Tags?.map(({ Key }) => Key)).not.toContain('train-pull-request');
  });

  it('takes explicit places verbatim', () => {
    const job = makeJobPlan({
      inputs: { data: { s3Uri: 's3://own/root/', checkpointUri: 's3://own/ckpt', outputUri: 's3://own/out' } },
    });
    expect(job.checkpointUri).toBe('s3://own/ckpt');
    expect(job.request('x', job.checkpointUri)).toMatchObject({
      CheckpointConfig: { S3Uri: 's3://own/ckpt' },
      OutputDataConfig: { S3OutputPath: 's3://own/out' },
    });
    expect(makeJobPlan({ inputs: { data: { s3Uri: 's3://own/root/' } } }).checkpointUri).toMatch(
      /^s3:\/\/own\/root\/checkpoints\/acme\//,
    );
  });

  it('holds the network, the keys, the warm pool and the distribution that were asked for', () => {
    const request = makeJobPlan({
      inputs: {
        compute: { spot: false, maxWaitSeconds: undefined, keepAliveSeconds: 600, distribution: { torchrun: {} } },
        network: {
          subnets: ['subnet-1'],
          securityGroups: ['sg-1'],
          isolation: true,
          encryptTraffic: true,
          kmsKey: 'alias/out',
          volumeKmsKey: 'alias/disk',
        },
      },
    }).request('x', 's3://b/c/');
    expect(request).toMatchObject({
      VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      EnableNetworkIsolation: true,
      EnableInterContainerTrafficEncryption: true,
      OutputDataConfig: { KmsKeyId: 'alias/out' },
      ResourceConfig: { VolumeKmsKeyId: 'alias/disk', KeepAlivePeriodInSeconds: 600 },
      HyperParameters: { sagemaker_torch_distributed_enabled: 'true', sagemaker_instance_type: '"ml.m5.xlarge"' },
    });
  });

  it('has the job file over what is derived: objects deeply, lists as they are', () => {
    const jobFile = {
      AlgorithmSpecification: { TrainingInputMode: 'FastFile', ContainerArguments: ['a', 'b'] },
      OutputDataConfig: { CompressionType: 'NONE' },
      RetryStrategy: { MaximumRetryAttempts: 2 },
    };
    const plain = makeJobPlan();
    expect(makeJobPlan({ inputs: { jobFile } }).request('x', 's3://b/c/')).toMatchObject({
      AlgorithmSpecification: {
        TrainingImage: IMAGE.uri,
        TrainingInputMode: 'FastFile',
        ContainerArguments: ['a', 'b'],
        MetricDefinitions: [{ Name: 'val_mape' }],
      },
      OutputDataConfig: { ...plain.request('x', 's3://b/c/').OutputDataConfig, CompressionType: 'NONE' },
      RetryStrategy: { MaximumRetryAttempts: 2 },
      CheckpointConfig: { S3Uri: 's3://b/c/' },
    });
  });

  it.each([
    [
      { InstanceGroups: [{ InstanceType: 'ml.m5.large', InstanceCount: 2, InstanceGroupName: 'a' }] },
      ['InstanceGroups'],
    ],
    [{ InstancePreferences: [{ InstanceType: 'ml.m5.large' }] }, ['InstanceCount', 'InstancePreferences']],
    [{ InstancePreferences: [{ InstanceType: 'ml.m5.large', InstanceCount: 2 }] }, ['InstancePreferences']],
  ])('names the instances once: %j', (ResourceConfig, fields) => {
    const request = makeJobPlan({ inputs: { jobFile: { ResourceConfig } } }).request('x', 's3://b/c/');
    expect(Object.keys(request.ResourceConfig ?? {}).sort()).toEqual([...fields, 'VolumeSizeInGB'].sort());
  });

  it('cannot be made to lie about its own tags', () => {
    const tags = { 'train-wait': 'left', 'train-repository': 'other/repo', note: 'a|b' };
    const request = makeJobPlan({ inputs: { data: { tags } } }).request('x', 's3://b/c/');
    const found = Object.fromEntries((request.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    expect(found).toMatchObject({ 'train-wait': 'run:7001', 'train-repository': 'acme/demand', note: 'a_b' });
    expect(request.Tags).toHaveLength(13);
  });

  it('names the merge as what was trained, the head as the commit', () => {
    const request = makeJobPlan({ trained: { sha: 'e'.repeat(40), isMerge: true } }).request('x', 's3://b/c/');
    const tags = Object.fromEntries((request.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    expect(tags).toMatchObject({ 'train-commit': SHA, 'train-tree': 'e'.repeat(40) });
  });
});

describe('the plan', () => {
  it('derives name, places, context and partition', () => {
    expect(makePlan({ arn: 'arn:aws-cn:sts::111122223333:assumed-role/ci/run' })).toMatchObject({
      name: 'forecast',
      partition: 'aws-cn',
      s3Uri: 's3://sagemaker-us-east-1-111122223333/train-on-sagemaker',
      statusContext: 'train-on-sagemaker / forecast',
      run: {
        id: '7001',
        attempt: '2',
        workflow: '.github/workflows/train.yml',
        url: 'https://github.com/acme/demand/actions/runs/7001/attempts/2',
      },
    });
  });

  it('gives the matrix a name of its own, unless one is given', () => {
    expect(makePlan({ inputs: { matrix: { model: 'lgbm' } } }).name).toBe('forecast-lgbm');
    expect(makePlan({ inputs: { name: 'shared', matrix: { model: 'lgbm' } } }).name).toBe('shared');
  });

  it('knows a workflow of another repository by its name only', () => {
    const env = { GITHUB_WORKFLOW_REF: 'other/tools/.github/workflows/t.yml@main', GITHUB_WORKFLOW: 'Train' };
    expect(makePlan({ env }).run.workflow).toBe('Train');
  });
});
