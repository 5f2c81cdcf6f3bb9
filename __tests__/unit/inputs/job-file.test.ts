import { describe, expect, it } from '@jest/globals';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { readInputs, reparseInputs } from '../../../src/inputs/read-inputs.ts';
import { environmentOf } from './environment.ts';

const INPUTS = {
  'aws-region': 'us-east-1',
  'execution-role': 'arn:aws:iam::111122223333:role/training',
  'instance-type': 'cpu',
};

function take(text: string, inputs: Readonly<Record<string, string>> = INPUTS): Inputs {
  const read = readInputs(environmentOf({ ...inputs, 'job-file': 'job.yml' }), { jobFile: { path: 'job.yml', text } });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.inputs;
}

describe('a job file', () => {
  it('sets what the inputs leave alone, and stands in for those that are required', () => {
    const inputs = take(
      `
RoleArn: arn:aws:iam::111122223333:role/other
AlgorithmSpecification: { TrainingImage: 111122223333.dkr.ecr.us-east-1.amazonaws.com/acme:1 }
ResourceConfig: { InstanceType: ml.m5.large, InstanceCount: 2, VolumeSizeInGB: 50, VolumeKmsKeyId: alias/v, KeepAlivePeriodInSeconds: 60 }
StoppingCondition: { MaxRuntimeInSeconds: 7200 }
EnableManagedSpotTraining: false
CheckpointConfig: { S3Uri: s3://bucket/c/, LocalPath: /opt/ml/c }
OutputDataConfig: { S3OutputPath: s3://bucket/o/, KmsKeyId: alias/o }
VpcConfig: { Subnets: [subnet-1], SecurityGroupIds: [sg-1, sg-2] }
EnableNetworkIsolation: true
EnableInterContainerTrafficEncryption: true
`,
      { 'aws-region': 'us-east-1' },
    );
    expect(inputs).toMatchObject({
      image: { uri: '111122223333.dkr.ecr.us-east-1.amazonaws.com/acme:1' },
      compute: {
        instanceType: 'ml.m5.large',
        instanceCount: 2,
        volumeSizeGb: 50,
        spot: false,
        maxRunSeconds: 7200,
        maxWaitSeconds: undefined,
        keepAliveSeconds: 60,
      },
      data: {
        executionRole: 'arn:aws:iam::111122223333:role/other',
        checkpointUri: 's3://bucket/c/',
        checkpointPath: '/opt/ml/c',
        outputUri: 's3://bucket/o/',
      },
      network: {
        subnets: ['subnet-1'],
        securityGroups: ['sg-1', 'sg-2'],
        isolation: true,
        encryptTraffic: true,
        kmsKey: 'alias/o',
        volumeKmsKey: 'alias/v',
      },
      jobFile: {},
    });
  });

  it('is merged with the inputs by name', () => {
    const inputs = take(
      `
HyperParameters: { epochs: 3, name: "007", sizes: [64, 32] }
Environment: { B: 1.10 }
Tags: [{ Key: team, Value: 7 }]
AlgorithmSpecification:
  MetricDefinitions: [{ Name: loss, Regex: 'loss=(.*)' }]
InputDataConfig:
- { ChannelName: train, InputMode: FastFile, DataSource: { S3DataSource: { S3DataDistributionType: ShardedByS3Key } } }
- { ChannelName: val, DataSource: { S3DataSource: { S3Uri: s3://bucket/val/ } } }
`,
      {
        ...INPUTS,
        hyperparameters: 'lr: 1e-3',
        environment: 'A: x',
        tags: 'cost: ml',
        metrics: "mape: 'mape=(.*)'",
        channels: 'train: s3://bucket/train/',
      },
    );
    expect(inputs.data).toMatchObject({
      hyperparameters: { lr: '0.001', epochs: '3', name: '007', sizes: '[64,32]' },
      environment: { A: 'x', B: '1.10' },
      tags: { cost: 'ml', team: '7' },
    });
    expect(inputs.judge.metrics.map(({ name }) => name)).toEqual(['mape', 'loss']);
    expect(inputs.data.channels).toEqual({
      train: {
        InputMode: 'FastFile',
        DataSource: {
          S3DataSource: {
            S3DataType: 'S3Prefix',
            S3Uri: 's3://bucket/train/',
            S3DataDistributionType: 'ShardedByS3Key',
          },
        },
      },
      val: {
        DataSource: {
          S3DataSource: {
            S3DataType: 'S3Prefix',
            S3Uri: 's3://bucket/val/',
            S3DataDistributionType: 'FullyReplicated',
          },
        },
      },
    });
  });

  it('keeps what no input can say', () => {
    const text = `
AlgorithmSpecification: { ContainerEntrypoint: [python3, train.py], TrainingImage: 111122223333.dkr.ecr.us-east-1.amazonaws.com/a:1 }
OutputDataConfig: { CompressionType: NONE, S3OutputPath: s3://bucket/o/ }
RetryStrategy: { MaximumRetryAttempts: 2 }
DebugHookConfig: { S3OutputPath: s3://bucket/d/, CollectionConfigurations: [{ CollectionName: losses, CollectionParameters: { save_interval: 10 } }] }
`;
    expect(take(text).jobFile).toEqual({
      AlgorithmSpecification: { ContainerEntrypoint: ['python3', 'train.py'] },
      OutputDataConfig: { CompressionType: 'NONE' },
      RetryStrategy: { MaximumRetryAttempts: 2 },
      DebugHookConfig: {
        S3OutputPath: 's3://bucket/d/',
        CollectionConfigurations: [{ CollectionName: 'losses', CollectionParameters: { save_interval: '10' } }],
      },
    });
  });

  it.each([
    [
      'InstanceGroups: [{ InstanceType: ml.m5.large, InstanceCount: 2, InstanceGroupName: a }, { InstanceType: ml.g5.xlarge, InstanceCount: 1, InstanceGroupName: b }]',
      3,
    ],
    [
      'InstancePreferences: [{ InstanceType: ml.m5.large, InstanceCount: 4 }, { InstanceType: ml.m5.xlarge, InstanceCount: 2 }]',
      4,
    ],
    ['InstancePreferences: [{ InstanceType: ml.m5.large }]', 1],
  ])('describes a cluster in place of instance-type: %s', (text, count) => {
    const { 'instance-type': _, ...inputs } = INPUTS;
    const { compute, jobFile } = take(`ResourceConfig: { ${text} }`, { ...inputs, spot: 'false' });
    expect(compute).toMatchObject({ instanceType: 'ml.m5.large', instanceCount: count });
    expect(Object.keys(jobFile)).toEqual(['ResourceConfig']);
  });

  it.each(['', '# nothing', '{}'])('may be empty: %j', (text) => {
    expect(take(text).jobFile).toEqual({});
  });

  it('is not needed by the post step, which must stop a job even where the checkout is gone', () => {
    const inputs = reparseInputs(
      environmentOf({ 'aws-region': 'us-east-1', 'job-file': 'gone.yml', 'keep-alive': '5m' }),
    );
    expect(inputs).toMatchObject({ aws: { region: 'us-east-1' }, run: { onCancel: 'stop' } });
  });

  it('counts in the limits of the whole request', () => {
    const many = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => `  k${from + at}: 1`).join('\n');
    const env = environmentOf({
      ...INPUTS,
      'job-file': 'job.yml',
      hyperparameters: many(0, 60),
      environment: many(0, 50),
    });
    const read = readInputs(env, {
      jobFile: { path: 'job.yml', text: `HyperParameters:\n${many(60, 101)}\nEnvironment:\n${many(50, 100)}` },
    });
    expect(read).toMatchObject({
      ok: false,
      problems: [{ input: 'hyperparameters', message: expect.stringContaining('101 entries') }],
    });
  });
});
