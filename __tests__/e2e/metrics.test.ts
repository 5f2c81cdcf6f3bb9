import { expect, test } from '@jest/globals';
import { job } from './jobs.ts';
import { Stage } from './stage.ts';

test('where SageMaker and the log disagree, the comment and the log say so, and whose value counts', async () => {
  // LightGBM prints the best line once more, and a matcher of lines takes it for the newest.
  const lines = [
    "[10]\tvalid_0's l2: 0.5",
    "[20]\tvalid_0's l2: 0.25",
    "[30]\tvalid_0's l2: 0.4",
    'Early stopping, best iteration is:',
    "[20]\tvalid_0's l2: 0.25",
  ];
  await using stage = await Stage.open({ name: 'metrics-disagree', jobs: [job(lines)] });
  const main = await stage.main({ inputs: { metrics: 'lightgbm', gates: `"valid_0's l2" <= 0.3` } });

  expect(await stage.seen(main)).toMatchObject({ exit: 0, conclusion: 'success' });
  expect(JSON.parse(main.outputs.metrics ?? '')).toEqual({
    "valid_0's l2": { last: 0.25, min: 0.25, max: 0.5, points: 3 },
  });
  const said = "SageMaker gives 0.25 as the final value of `valid_0's l2`, the log ends with 0.4: SageMaker's counts.";
  expect(main.log).toContain(`Note: ${said}`);
  expect((await stage.comments())[0]).toContain(said);
});

test('an expression without end is given up: the run goes on, the other metrics stand, and it is said', async () => {
  const lines = ['good=0.5', `${'a'.repeat(5_000)}!`, `${'ab'.repeat(2_000)}`, 'val_mape=0.05'];
  await using stage = await Stage.open({ name: 'metrics-endless', jobs: [job(lines)], timeScale: 50 });
  const metrics = ['endless: "(?:(?:[ab]+)*)*c([0-9.]+)"', 'good: "good=([0-9.]+)"'].join('\n');
  const main = await stage.main({ inputs: { metrics, gates: 'val_mape <= 0.1\ngood >= 0.5' } });

  expect(await stage.seen(main)).toMatchObject({ exit: 0, conclusion: 'success' });
  expect(JSON.parse(main.outputs.metrics ?? '')).toMatchObject({
    endless: { last: null, points: 0 },
    good: { last: 0.5, points: 1 },
    val_mape: { last: 0.05, points: 1 },
  });
  const said = 'The expression of the metric `endless` took too long on a line of the log and was given up';
  expect(main.log).toContain(`Note: ${said}`);
  expect((await stage.comments())[0]).toContain(said);
});
