import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { metricStore, TRAINING_NAMESPACE } from '../../local-cloud/cloudwatch/store.ts';
import type { Aws, Inspection } from '../../src/ports.ts';
import { type Doors, meaning, openDoors } from './aws-doors.ts';

const BUCKET = { name: 'acme-ml', objects: [{ key: 'data/train.csv', text: 'x' }] };
const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-ml/*' }],
};
const SCRIPT = {
  s3: { buckets: [BUCKET, { name: 'acme-eu', region: 'eu-west-1' }] },
  iam: { roles: [{ name: 'training', policies: [POLICY] }] },
  ecr: { repositories: [{ name: 'acme/forecast', images: [{ tag: 'ready' }] }] },
};

let doors: Doors;
let aws: Aws;
let inspection: Inspection;

beforeAll(async () => {
  doors = await openDoors(SCRIPT);
  aws = doors.open();
  inspection = await aws.inspection();
});

afterAll(() => doors.close());

describe('CloudWatch', () => {
  const FROM = 1_790_000_400;

  /** As SageMaker publishes it; `at` seconds after FROM. */
  function publish(name: string, at: number, value: number): void {
    const metric = {
      Namespace: TRAINING_NAMESPACE,
      MetricName: name,
      Dimensions: [{ Name: 'Host', Value: 'job-1/algo-1' }],
    };
    doors.local.cloud.shared(metricStore).put(metric, { at: (FROM + at) * 1000, value });
  }

  it('answers one series for each metric of each host, by period, and none for what was never published', async () => {
    for (const [at, value] of [
      [0, 10],
      [20, 30],
      [70, 90],
    ] as const) {
      publish('MemoryUtilization', at, value);
      publish('CPUUtilization', at, value * 4);
    }
    const metrics = [
      { host: 'algo-1', name: 'MemoryUtilization', statistic: 'Maximum' },
      { host: 'algo-1', name: 'CPUUtilization', statistic: 'Average' },
      { host: 'algo-2', name: 'MemoryUtilization', statistic: 'Maximum' },
    ] as const;
    const question = { jobName: 'job-1', metrics, from: FROM, to: FROM + 600, period: 60 };
    const before = doors.requests().length;
    await expect(inspection.metrics.series(question)).resolves.toEqual([
      {
        ...metrics[0],
        points: [
          [FROM, 30],
          [FROM + 60, 90],
        ],
      },
      {
        ...metrics[1],
        points: [
          [FROM, 80],
          [FROM + 60, 360],
        ],
      },
      { ...metrics[2], points: [] },
    ]);
    expect(doors.requests().slice(before)).toEqual(['cloudwatch GetMetricData']);
  });

  it('is asked twice, and no more, when it does not answer', async () => {
    await doors.script({
      ...SCRIPT,
      faults: [{ service: 'cloudwatch', operation: 'GetMetricData', kind: '500', times: 9 }],
    });
    const before = doors.requests().length;
    const question = { jobName: 'job-1', metrics: [], from: FROM, to: FROM + 60, period: 60 };
    await expect(inspection.metrics.series(question)).rejects.toThrow();
    expect(doors.requests().slice(before)).toHaveLength(2);
    await doors.script(SCRIPT);
  });
});

describe('IAM', () => {
  const roleArn = 'arn:aws:iam::111122223333:role/training';

  it('tells each action on each resource', async () => {
    const resources = ['arn:aws:s3:::acme-ml/data/x', 'arn:aws:s3:::other/x'];
    const answers = await inspection.policies.simulate({
      roleArn,
      actions: ['s3:GetObject', 's3:PutObject'],
      resources,
    });
    expect(answers.map(({ action, resource, decision }) => `${action} ${resource} ${decision}`)).toEqual([
      's3:GetObject arn:aws:s3:::acme-ml/data/x allowed',
      's3:GetObject arn:aws:s3:::other/x implicitDeny',
      's3:PutObject arn:aws:s3:::acme-ml/data/x implicitDeny',
      's3:PutObject arn:aws:s3:::other/x implicitDeny',
    ]);
  });

  it('throws for a role that is not there', async () => {
    const question = { roleArn: 'arn:aws:iam::111122223333:role/nobody', actions: ['s3:GetObject'], resources: ['*'] };
    await expect(inspection.policies.simulate(question)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

describe('Service Quotas', () => {
  it('tells a value by its code', async () => {
    await expect(aws.quotas.value('L-CCE2AFA6')).resolves.toBe(20);
  });
});

describe('Amazon S3, without being led into another region', () => {
  it.each([
    ['s3://acme-ml/data/', 'fulfilled'],
    ['s3://acme-eu/data/', 'other-region'],
    ['s3://acme-none/data/', 'no-bucket'],
  ])('%s: %s', async (uri, expected) => {
    await expect(meaning('other', inspection.store.list(uri))).resolves.toBe(expected);
  });
});

describe('the configuration of an image', () => {
  it('is read without a login', async () => {
    const config = await inspection.imageConfig('acme/forecast', { tag: 'ready' }, undefined);
    expect(config).toMatchObject({ architecture: 'amd64', entrypoint: [], command: [] });
  });

  it('is none where there is no image', async () => {
    await expect(inspection.imageConfig('acme/forecast', { tag: 'none' }, undefined)).resolves.toBeUndefined();
    await expect(inspection.imageConfig('acme/other', { tag: 'ready' }, undefined)).resolves.toBeUndefined();
  });
});
