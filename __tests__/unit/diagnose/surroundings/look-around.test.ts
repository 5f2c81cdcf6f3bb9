import { describe, expect, it } from '@jest/globals';
import { lookAround } from '../../../../src/diagnose/surroundings/look-around.ts';
import { questionsOf } from '../../../../src/diagnose/surroundings/role.ts';
import type { DescribeTrainingJobResponse, MetricsQuestion } from '../../../../src/ports.ts';
import { awsError } from '../../../fixtures/doors.ts';
import { FakeClock } from '../../../fixtures/fake-clock.ts';
import { atTen, inspecting } from '../../../fixtures/inspection.ts';

const START = 1_790_000_000;
const at = (seconds: number) => new Date((START + seconds) * 1000);
const JOB = {
  TrainingJobName: 'job-1',
  TrainingStartTime: at(30),
  TrainingEndTime: at(630),
  ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 2 },
} as unknown as DescribeTrainingJobResponse;
const REQUEST = {
  roleArn: 'arn:aws:iam::111122223333:role/training',
  region: 'us-east-1',
  image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/acme/demand:v1',
  channels: [{ name: 'train', uri: 's3://acme-data/train/' }],
  checkpointUri: 's3://acme-ml/checkpoints/',
  outputUri: 's3://acme-ml/output',
};

describe('lookAround', () => {
  it('asks for the metrics of every host, over the time of the training and a little more', async () => {
    const asked: MetricsQuestion[] = [];
    const metrics = {
      series: async (question: MetricsQuestion) => {
        asked.push(question);
        return question.metrics.map((metric) => ({
          ...metric,
          points: metric.host === 'algo-2' ? [] : ([[START, 7]] as const),
        }));
      },
    };
    const seen = await lookAround({}, JOB, { ...inspecting({ metrics }), ...atTen() });
    expect(asked).toEqual([
      expect.objectContaining({ jobName: 'job-1', from: START - 20, to: START + 930, period: 60 }),
    ]);
    // No GPU is asked after on a type that has none.
    expect(asked[0]?.metrics.map(({ host, name }) => `${host} ${name}`)).toEqual([
      'algo-1 MemoryUtilization',
      'algo-1 CPUUtilization',
      'algo-1 DiskUtilization',
      'algo-2 MemoryUtilization',
      'algo-2 CPUUtilization',
      'algo-2 DiskUtilization',
    ]);
    expect(seen.metrics.map(({ name }) => name)).toEqual([
      'algo-1/MemoryUtilization',
      'algo-1/CPUUtilization',
      'algo-1/DiskUtilization',
    ]);
  });

  it('keeps a long job to some points, and asks nothing of one that never held a machine', async () => {
    const asked: MetricsQuestion[] = [];
    const series = async (question: MetricsQuestion) => {
      asked.push(question);
      return [];
    };
    const metrics = { series };
    const doors = { ...inspecting({ metrics }), ...atTen() };
    await lookAround({}, { ...JOB, TrainingEndTime: at(5 * 86_400) }, doors);
    expect(asked.map(({ period }) => period)).toEqual([360]);
    await lookAround({}, { ...JOB, TrainingStartTime: undefined }, doors);
    expect(asked).toHaveLength(1);
  });

  it('names what it may not see, with the right it takes, and keeps the rest', async () => {
    const store = {
      list: async (uri: string) => {
        if (uri.includes('acme-data')) return { objects: [] };
        throw awsError('NoSuchBucket', 'The specified bucket does not exist');
      },
    };
    const seen = await lookAround(REQUEST, JOB, { ...inspecting({ store }), ...atTen() });
    expect(seen.unseen).toEqual({
      metrics: "this workflow's role lacks cloudwatch:GetMetricData",
      role: "this workflow's role lacks iam:SimulatePrincipalPolicy",
      image: "this workflow's role lacks ecr:BatchGetImage and ecr:GetDownloadUrlForLayer",
    });
    expect(seen.data?.map(({ use, answer }) => `${use} ${answer}`)).toEqual([
      'input empty',
      'checkpoint no-bucket',
      'output no-bucket',
    ]);
  });

  it('does not wait for ever', async () => {
    const clock = new FakeClock();
    const before = clock.now();
    const never = () => new Promise<never>(() => {});
    const { signal } = new AbortController();
    const doors = inspecting({
      metrics: { series: never },
      policies: { simulate: never },
      store: { list: never },
      imageConfig: never,
    });
    const seen = await lookAround(REQUEST, JOB, { ...doors, clock, signal });
    expect(seen.unseen).toEqual({ metrics: LATE, role: LATE, image: LATE });
    expect(seen).not.toHaveProperty('data');
    expect(clock.now() - before).toBeLessThanOrEqual(90);
  });

  it('asks for quotas where the request was refused, on demand and on spot', async () => {
    const values: Record<string, number> = { 'L-CCE2AFA6': 4, 'L-4CEE6BA6': 0 };
    const quotas = { value: async (code: string) => values[code] };
    const seen = await lookAround({ instanceType: 'ml.m5.xlarge' }, undefined, { ...inspecting(), ...atTen(), quotas });
    expect(seen.quotas).toEqual([
      { name: 'ml.m5.xlarge for training job usage', limit: 4 },
      { name: 'ml.m5.xlarge for spot training job usage', limit: 0 },
    ]);
    expect(seen.unseen).not.toHaveProperty('metrics');
  });

  it('takes a denial that hangs on an unknown condition for none', async () => {
    const policies = {
      simulate: async ({ actions, resources }: { actions: readonly string[]; resources: readonly string[] }) =>
        resources.map((resource) => ({
          action: actions[0] ?? '',
          resource,
          decision: 'implicitDeny' as const,
          missingContext: actions[0] === 's3:ListBucket' ? ['s3:prefix'] : [],
        })),
    };
    const { role } = await lookAround(REQUEST, JOB, { ...inspecting({ policies }), ...atTen() });
    expect(new Set(role?.map(({ action }) => action))).toEqual(
      new Set(['s3:GetObject', 's3:PutObject', 'ecr:BatchGetImage', 'logs:CreateLogStream']),
    );
  });
});

const LATE = 'AWS did not answer in time';

describe('questionsOf', () => {
  it('asks for what the request needs, on the very resources', () => {
    expect(questionsOf(REQUEST, 'job-1').map(({ actions, resources }) => [actions.join(), ...resources])).toEqual([
      ['s3:ListBucket', 'arn:aws:s3:::acme-data', 'arn:aws:s3:::acme-ml'],
      ['s3:GetObject', 'arn:aws:s3:::acme-data/train/any-object', 'arn:aws:s3:::acme-ml/checkpoints/any-object'],
      ['s3:PutObject', 'arn:aws:s3:::acme-ml/checkpoints/any-object', 'arn:aws:s3:::acme-ml/output/any-object'],
      ['ecr:BatchGetImage,ecr:GetDownloadUrlForLayer', 'arn:aws:ecr:us-east-1:111122223333:repository/acme/demand'],
      [
        'logs:CreateLogStream,logs:PutLogEvents',
        'arn:aws:logs:us-east-1:111122223333:log-group:/aws/sagemaker/TrainingJobs:log-stream:job-1/algo-1',
      ],
    ]);
  });

  it.each([
    ['an object', 's3://b/data/train.csv', 'arn:aws:s3:::b/data/train.csv'],
    ['a prefix without its slash', 's3://b/data', 'arn:aws:s3:::b/data/any-object'],
    ['a whole bucket', 's3://b', 'arn:aws:s3:::b/any-object'],
  ])('names %s', (_, uri, arn) => {
    const [, read] = questionsOf({ ...REQUEST, checkpointUri: '', channels: [{ name: 'x', uri }] }, undefined);
    expect(read?.resources).toEqual([arn]);
  });

  it('asks nothing without a role', () => {
    expect(questionsOf({ channels: REQUEST.channels }, 'job-1')).toEqual([]);
  });
});
