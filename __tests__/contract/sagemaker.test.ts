import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTrainer } from '../../src/adapters/sagemaker.ts';
import type { CreateTrainingJobRequest, Trainer } from '../../src/ports.ts';
import { BUCKET, type Doors, impatient, meaning, openDoors } from './aws-doors.ts';

const WORLD = {
  ecr: { repositories: [{ name: 'demo', images: [{ tag: 'v1' }] }] },
  jobs: [{ match: '*', real: false, phases: [{ status: 'Training', seconds: 100_000 }] }],
};
let doors: Doors;
let trainer: Trainer;
beforeAll(async () => {
  doors = await openDoors(WORLD, 100);
  trainer = doors.open().trainer;
});
beforeEach(async () => {
  await doors.local.cloud.reset();
  await doors.script(WORLD);
});
afterAll(() => doors.close());

const request = (name: string, over: Partial<CreateTrainingJobRequest> = {}): CreateTrainingJobRequest => ({
  TrainingJobName: name,
  RoleArn: 'arn:aws:iam::111122223333:role/training',
  AlgorithmSpecification: { TrainingImage: `${doors.local.registry}/demo:v1`, TrainingInputMode: 'File' },
  ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 },
  OutputDataConfig: { S3OutputPath: `s3://${BUCKET}/output/` },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  Tags: [{ Key: 'train-wait', Value: 'run:1' }],
  ...over,
});
const fault = (operation: string, kind: string, over = {}) =>
  doors.script({ ...WORLD, faults: [{ service: 'sagemaker', operation, kind, ...over }] });
const counted = (operation: string) =>
  doors.requests().filter((one) => one.startsWith(`sagemaker ${operation}`)).length;

describe('the SageMaker adapter', () => {
  it('creates, describes, tags and stops a job', async () => {
    const arn = await trainer.create(request('train-a'));
    expect(arn).toBe('arn:aws:sagemaker:us-east-1:111122223333:training-job/train-a');
    await expect(trainer.describe('train-a')).resolves.toMatchObject({
      TrainingJobArn: arn,
      TrainingJobStatus: 'InProgress',
    });
    await trainer.addTags(arn, [
      { Key: 'train-wait', Value: 'left' },
      { Key: 'new', Value: '1' },
    ]);
    const tags = Object.fromEntries((await trainer.tags(arn)).map(({ Key, Value }) => [Key, Value]));
    expect(tags).toEqual({ 'train-wait': 'left', new: '1' });
    await trainer.stop('train-a');
    expect((await trainer.describe('train-a')).TrainingJobStatus).toMatch(/^Stop/);
  });

  it('reads every page of tags', async () => {
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
    await expect(trainer.tags(await trainer.create(request('train-a', { Tags })))).resolves.toHaveLength(50);
  });

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'a name that is taken',
      'name-taken',
      async () => {
        await trainer.create(request('train-a'));
        return trainer.create(request('train-a'));
      },
    ],
    ['a job that nobody knows', 'unknown-job', () => trainer.describe('train-none')],
  ])('tells %s', async (_, expected, call) => {
    const operation = expected === 'name-taken' ? 'CreateTrainingJob' : 'DescribeTrainingJob';
    await expect(meaning(operation, call())).resolves.toBe(expected);
  });

  it('tells a stop that comes too late, or for nobody', async () => {
    await expect(meaning('StopTrainingJob', trainer.stop('train-none'))).resolves.toBe('unknown-job');
    await doors.script({ ...WORLD, jobs: [{ match: '*', real: false, phases: [{ status: 'Starting', seconds: 0 }] }] });
    await trainer.create(request('train-a'));
    while ((await trainer.describe('train-a')).TrainingJobStatus === 'InProgress')
      await new Promise((resolve) => setTimeout(resolve, 10));
    await expect(meaning('StopTrainingJob', trainer.stop('train-a'))).resolves.toBe('already-ended');
  });

  it.each<[string, Partial<CreateTrainingJobRequest>, string]>([
    ['a role that does not exist', { RoleArn: 'arn:aws:iam::444455556666:role/none' }, 'propagating'],
    [
      'an image that does not exist',
      { AlgorithmSpecification: { TrainingImage: 'none', TrainingInputMode: 'File' } },
      'rejected',
    ],
    ['a limit above the account’s', { StoppingCondition: { MaxRuntimeInSeconds: 99_999_999 } }, 'quota'],
    ['a wait without spot', { StoppingCondition: { MaxRuntimeInSeconds: 60, MaxWaitTimeInSeconds: 60 } }, 'rejected'],
  ])('tells %s', async (_, over, expected) => {
    const role = { iam: { roles: [{ name: 'training' }] } };
    await doors.script({ ...WORLD, ...role });
    await expect(meaning('CreateTrainingJob', trainer.create(request('train-a', over)))).resolves.toBe(expected);
  });

  it.each([
    ['denied', 'denied'],
    ['expired', 'expired'],
    ['malformed', 'unavailable'],
    ['throttle', 'throttled'],
    ['500', 'unavailable'],
  ])('tells of a Describe that stays %s', async (kind, expected) => {
    await trainer.create(request('train-a'));
    await fault('DescribeTrainingJob', kind, { times: 99 });
    await expect(meaning('DescribeTrainingJob', openTrainer(impatient()).describe('train-a'))).resolves.toBe(expected);
  });

  it.each(['throttle', '500', 'reset'])('tries again after %s', async (kind) => {
    await trainer.create(request('train-a'));
    await fault('DescribeTrainingJob', kind, { times: 2 });
    await expect(trainer.describe('train-a')).resolves.toMatchObject({ TrainingJobName: 'train-a' });
    expect(counted('DescribeTrainingJob')).toBe(3);
  });

  it('answers a create whose first answer got lost with the name that is taken, not with a second job', async () => {
    await fault('CreateTrainingJob', 'reset', { performed: true });
    await expect(meaning('CreateTrainingJob', trainer.create(request('train-a')))).resolves.toBe('name-taken');
    await expect(trainer.describe('train-a')).resolves.toMatchObject({ TrainingJobStatus: 'InProgress' });
  });

  it('gives a stalled call up', async () => {
    await fault('DescribeTrainingJob', 'stall', { times: 9 });
    await expect(openTrainer(impatient()).describe('train-a')).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
