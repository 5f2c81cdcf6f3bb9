import { describe, expect, test } from '@jest/globals';
import { COMPLETES, type Job } from './jobs.ts';
import { plainText } from './seen.ts';
import { type Setting, Stage } from './stage.ts';

interface Case {
  readonly what: string;
  readonly setting: Setting;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly headline: string;
  /** In the comment and in the log of the step. */
  readonly says: readonly string[];
  /** Whether SageMaker was asked at all. */
  readonly asked: boolean;
}

const fault = (service: string, operation: string, rest: Readonly<Record<string, unknown>> = {}) => ({
  faults: [{ service, operation, kind: 'denied', times: 1000, ...rest }],
});

const CASES: readonly Case[] = [
  {
    what: 'a quota of 0',
    setting: {
      name: 'refused-quota',
      script: { quotas: [{ name: 'ml.m5.xlarge for spot training job usage', value: 0 }] },
    },
    headline: 'Training did not start: a quota of the AWS account is used up',
    says: ['ml.m5.xlarge for spot training job usage', 'is 0 Instances', 'Service Quotas → Amazon SageMaker'],
    asked: true,
  },
  {
    what: 'no right to create jobs',
    setting: { name: 'refused-create', script: fault('sagemaker', 'CreateTrainingJob') },
    headline: 'Training did not start: a permission in AWS is missing',
    says: ['not authorized to perform: sagemaker:CreateTrainingJob', 'Add the action named above to the policy'],
    asked: true,
  },
  {
    what: 'no credentials that AWS knows',
    setting: { name: 'refused-caller', script: fault('sts', 'GetCallerIdentity', { kind: 'expired' }) },
    headline: 'Training did not start: AWS did not accept the credentials',
    says: ['AWS did not accept the credentials', 'role-to-assume'],
    asked: false,
  },
  {
    what: 'a bucket that does not exist',
    setting: { name: 'refused-bucket' },
    inputs: { 's3-uri': 's3://acme-nowhere/train' },
    headline: 'Training did not start: the bucket could not be used',
    says: ['s3://acme-nowhere/train/runs/', 'the action never creates one', '`s3-uri`'],
    asked: false,
  },
  {
    what: 'an image tag that does not exist',
    setting: { name: 'refused-image' },
    inputs: { image: '127.0.0.1:5000/acme/forecast:gone' },
    headline: 'Training did not start: the image does not exist',
    says: ['There is no image 127.0.0.1:5000/acme/forecast:gone', 'Correct `image`'],
    asked: false,
  },
  {
    what: 'an image digest that SageMaker cannot find',
    setting: { name: 'refused-digest' },
    inputs: { image: `111122223333.dkr.ecr.us-east-1.amazonaws.com/acme/forecast@sha256:${'0'.repeat(64)}` },
    headline: 'Training did not start: there is no such image or tag',
    says: ['Cannot find the requested image', 'Check the thing named above'],
    asked: true,
  },
  {
    what: 'an empty channel',
    setting: { name: 'refused-channel' },
    inputs: { channels: 'train: s3://acme-ml/nothing/' },
    headline: 'Training did not start: there is nothing under the S3 key or prefix',
    says: ['No S3 objects found under S3 URL', 's3://acme-ml/nothing/'],
    asked: true,
  },
];

test.each(CASES)('$what: nothing runs, and the report names what to do', async ({ setting, inputs, ...row }) => {
  await using stage = await Stage.open(setting);
  const { main, post } = await stage.run({ inputs: inputs ?? {} });

  expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: ['pending', 'failure'] });
  const [comment = ''] = await stage.comments();
  expect(comment.split('\n')[1]).toBe(`### ❌ ${row.headline}`);
  for (const text of row.says) {
    expect(plainText(comment)).toContain(plainText(text));
    expect(plainText(main.log)).toContain(plainText(text));
  }
  expect(main.outputs['gate-passed']).toBe('false');
  expect((await stage.calls('CreateTrainingJob')).length > 0).toBe(row.asked);
  // Whatever main left, post finds that nothing runs and is content.
  expect(post.exitCode).toBe(0);
});

describe('what passes after a while is waited for', () => {
  test.each([
    { what: 'a role that cannot be assumed at first', name: 'wait-role', script: { delays: { roleNotAssumable: 3 } } },
    {
      what: 'a service that fails at first',
      name: 'wait-500',
      script: fault('sagemaker', 'CreateTrainingJob', {
        kind: '500',
        times: 2,
        code: 'InternalFailure',
      }),
    },
  ])('$what', async ({ name, script }) => {
    await using stage = await Stage.open({ name, script });
    const main = await stage.main();

    expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'success', statuses: ['pending', 'success'] });
    const creates = await stage.calls('CreateTrainingJob');
    expect(creates.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    expect(creates.length).toBeGreaterThan(2);
    expect(new Set(creates.map(({ request }) => request.TrainingJobName)).size).toBe(1);
  });

  test('tags that a policy goes by and that are not there yet: the job is denied to be read, then followed', async () => {
    const slow: Job = { ...COMPLETES, delays: { tags: 120 } };
    await using stage = await Stage.open({ name: 'wait-tags', jobs: [slow] });
    const main = await stage.main();

    expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'success', statuses: ['pending', 'success'] });
    const denied = (await stage.calls('DescribeTrainingJob')).filter(({ error }) => error === 'AccessDeniedException');
    expect(denied.length).toBeGreaterThan(0);
    expect(main.log.match(/The job could not be read/g)).toHaveLength(1);
  });
});

describe('a right that is missing while the job runs', () => {
  test('to read the log: said once, the verdict stands on the final metrics', async () => {
    await using stage = await Stage.open({ name: 'denied-logs', script: fault('logs', 'GetLogEvents') });
    const main = await stage.main();

    expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'success', statuses: ['pending', 'success'] });
    expect(main.log.match(/^::warning::The training log could not be read.*$/gm)).toHaveLength(1);
    expect(main.log).toContain('logs:GetLogEvents');
    expect(JSON.parse(main.outputs.metrics ?? '').val_mape).toMatchObject({ last: 0.05, points: 0 });
  });

  test('to read the job: pending and red, for the job is still running', async () => {
    await using stage = await Stage.open({
      name: 'denied-describe',
      script: fault('sagemaker', 'DescribeTrainingJob', { after: 1 }),
      jobs: [{ ...COMPLETES, phases: [{ status: 'Starting', seconds: 3600 }] }],
    });
    const { main, post } = await stage.run();

    expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'pending', statuses: ['pending', 'pending'] });
    const [comment = ''] = await stage.comments();
    expect(comment).toContain('### 🕓 Training is pending: this run lost sight of the job');
    expect(plainText(comment)).toContain('Allow sagemaker:DescribeTrainingJob on training-job/train-*');
    expect(post.exitCode).toBe(0);
    expect(await stage.calls('StopTrainingJob')).toEqual([]);
  });
});
