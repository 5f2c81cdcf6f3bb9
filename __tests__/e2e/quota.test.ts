import { expect, test } from '@jest/globals';
import { COMPLETES } from './jobs.ts';
import { Stage } from './stage.ts';

const QUOTA = 'ml.g4dn.xlarge for spot training job usage';
const MATRIX = {
  matrix: { rate: 0.1 },
  strategy: { 'fail-fast': false, 'job-index': 0, 'job-total': 6, 'max-parallel': 6 },
};
const quotaOf = (value: number) => ({ quotas: [{ name: QUOTA, value }] });

test('a matrix that the quota does not hold: warned of in the plan and in the training, with what fits', async () => {
  await using stage = await Stage.open({ name: 'quota-matrix', jobs: [COMPLETES], script: quotaOf(4) });
  const inputs = { 'instance-type': 'tuning' };
  const warning = `The 6 jobs of this matrix ask for 6 at once, but the quota \`${QUOTA}\` is 4: SageMaker refuses what goes beyond. Set \`strategy.max-parallel: 4\`, or request an increase in Service Quotas.`;
  const plan = await stage.main({ inputs: { ...inputs, mode: 'plan' }, ...MATRIX });
  expect(plan.outputs).toMatchObject({ conclusion: 'success', 'parallel-jobs': '4' });
  expect(plan.log).toContain(warning);
  expect(plan.summary).toContain(`⚠️ \`${QUOTA}\`: 4, other jobs use 0 now`);
  expect(plan.summary).toContain('| `Number of instances across all spot training jobs`: 100');

  const train = await stage.main({ inputs, ...MATRIX });
  expect({ exit: train.exitCode, log: train.log }).toMatchObject({ exit: 0 });
  expect(train.log).toContain(`::warning::${warning}`);
  expect((await stage.comments())[0]).toContain('strategy.max-parallel');
});

test('a matrix that fits, or that is throttled, is not warned of; jobs of other runs count', async () => {
  await using stage = await Stage.open({ name: 'quota-fits', script: quotaOf(6) });
  const inputs = { 'instance-type': 'tuning', mode: 'plan' };
  const fits = await stage.main({ inputs, ...MATRIX });
  expect(fits.outputs['parallel-jobs']).toBe('6');
  expect(fits.log).not.toContain('SageMaker refuses');
  stage.change(quotaOf(2));
  const throttled = await stage.main({ inputs, ...MATRIX, strategy: { ...MATRIX.strategy, 'max-parallel': 2 } });
  expect(throttled.log).not.toContain('SageMaker refuses');
  expect(throttled.outputs['parallel-jobs']).toBe('2');
});

test('a quota that not even one job fits is a blocker of the plan', async () => {
  await using stage = await Stage.open({ name: 'quota-none', script: quotaOf(0) });
  const plan = await stage.main({ inputs: { 'instance-type': 'tuning', mode: 'plan' } });
  expect(await stage.seen(plan)).toEqual({ exit: 1, conclusion: 'failure', statuses: [] });
  expect((await stage.comments())[0]).toContain('### ❌ Plan: the training could not start');
  expect(plan.summary).toContain(`is 0`);
});

test('a quota that may not be read costs a note, and the training goes on', async () => {
  const faults = [{ service: 'servicequotas', operation: '*', kind: 'denied', times: 100 }];
  await using stage = await Stage.open({ name: 'quota-denied', jobs: [COMPLETES], script: { faults } });
  const train = await stage.main({ inputs: { 'instance-type': 'tuning' } });
  expect({ exit: train.exitCode, log: train.log }).toMatchObject({ exit: 0 });
  expect(train.log).toContain('Note: The quota of the account could not be read');
  expect(train.log).toContain('servicequotas:GetServiceQuota');
});
