import { describe, expect, it } from '@jest/globals';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { impossible, parallelJobs, quotaWarning, readQuotas } from '../../../src/job/quota.ts';
import type { TrainingJob } from '../../../src/ports.ts';
import { makePlan } from '../../fixtures/plans.ts';

const TYPE = 'ml.g4dn.xlarge';
const NAME = `${TYPE} for spot training job usage`;

const job = (rest: Partial<TrainingJob>, runId = '1'): TrainingJob => ({
  EnableManagedSpotTraining: true,
  Tags: [{ Key: 'train-run-id', Value: runId }],
  ...rest,
});
const one = (type: string, count = 1) => ({
  ResourceConfig: { InstanceType: type as typeof TYPE, InstanceCount: count, VolumeSizeInGB: 30 },
});

function read(live: readonly TrainingJob[], values: readonly (number | undefined)[], over: Partial<Inputs> = {}) {
  const plan = makePlan({ inputs: { compute: { instanceType: TYPE, instanceCount: 2 }, matrixJobs: 3, ...over } });
  const asked: string[] = [];
  const quotas = {
    value: async (code: string) => {
      asked.push(code);
      return values[asked.length - 1];
    },
  };
  return readQuotas(plan, { quotas, trainer: { search: async () => live } }).then((reading) => ({ reading, asked }));
}

describe('readQuotas', () => {
  it('asks by code for the type and for all, spot apart from on demand', async () => {
    expect((await read([], [8, 20])).asked).toEqual(['L-944F78BB', 'L-93958082']);
    const onDemand = makePlan({ inputs: { compute: { instanceType: TYPE, spot: false } } }).inputs.compute;
    expect((await read([], [8, 20], { compute: onDemand })).asked).toEqual(['L-3F53BF0F', 'L-00C91CB5']);
  });

  it('counts the instances of other runs, groups included', async () => {
    const groups: Partial<TrainingJob> = {
      ResourceConfig: {
        VolumeSizeInGB: 30,
        InstanceGroups: [
          { InstanceGroupName: 'a', InstanceType: TYPE, InstanceCount: 2 },
          { InstanceGroupName: 'b', InstanceType: 'ml.m5.large', InstanceCount: 4 },
        ],
      },
    };
    const own = job(one(TYPE, 9), makePlan({}).run.id);
    const live = [job(one(TYPE)), job(one('ml.m5.large', 3)), job(groups), own];
    const onDemand = job({ ...one(TYPE, 7), EnableManagedSpotTraining: false });
    const { reading } = await read([...live, onDemand], [8, 20]);
    expect(reading?.limits.map(({ name, used }) => [name, used])).toEqual([
      [NAME, 3],
      ['Number of instances across all spot training jobs', 10],
    ]);
  });

  it('answers nothing where there is nothing to compare', async () => {
    expect((await read([], [undefined, undefined])).reading).toBeUndefined();
    const jobFile = { ResourceConfig: { InstanceGroups: [] } };
    expect(await read([], [8, 20], { jobFile })).toEqual({ reading: undefined, asked: [] });
  });
});

const reading = (value: number, used: number, instances = 1, jobs = 1) => ({
  limits: [{ name: NAME, value, used }],
  instances,
  jobs,
});

describe('what fits', () => {
  it.each([
    [reading(4, 0, 1, 6), 4],
    [reading(4, 1, 2, 6), 1],
    [reading(9, 1, 2, 6), 4],
    [reading(4, 4), 1],
    [reading(0, 0), 1],
  ])('%j: %d at once', (each, expected) => {
    expect(parallelJobs(each)).toBe(expected);
  });

  it.each([
    [reading(4, 0, 1, 4), undefined],
    [
      reading(4, 1, 1, 4),
      `The 4 jobs of this matrix ask for 4 at once, and other jobs use 1, but the quota \`${NAME}\` is 4: SageMaker refuses what goes beyond. Set \`strategy.max-parallel: 3\`, or request an increase in Service Quotas.`,
    ],
    [
      reading(1, 0, 2),
      `This job asks for 2 at once, but the quota \`${NAME}\` is 1: SageMaker refuses what goes beyond. Request an increase in Service Quotas.`,
    ],
  ])('%j: %s', (each, expected) => {
    expect(quotaWarning(each)).toBe(expected);
  });

  it('is nothing where one job alone is too much', () => {
    expect(impossible(reading(1, 0, 2))).toMatchObject({ name: NAME, value: 1 });
    expect(impossible(reading(2, 2, 2))).toBeUndefined();
  });
});
