import { expect, test } from '@jest/globals';
import { failed, job } from './jobs.ts';
import { Stage } from './stage.ts';

/** Values of a matrix that read alike once they are made into names. */
const MODELS = ['tft/small', 'tft-small', 'TFT small'];
const MAPES = [0.05, 0.07, 0.02];

test('three trainings of a matrix on one pull request share no name, place, comment or status', async () => {
  const jobs = [...MAPES.slice(0, 2).map((mape) => job([`val_mape=${mape}`])), failed('AlgorithmError: boom')];
  await using stage = await Stage.open({ name: 'matrix-three', jobs });
  const strategy = { 'fail-fast': false, 'job-total': 3, 'max-parallel': 3 };
  const runs = await Promise.all(
    MODELS.map((model) => stage.main({ matrix: { model }, strategy, inputs: { hyperparameters: `model: ${model}` } })),
  );

  expect(runs.map(({ exitCode }) => exitCode).sort()).toEqual([0, 0, 1]);
  const distinct = (values: readonly unknown[]) => expect(new Set(values.map(String)).size).toBe(3);
  for (const output of ['job-name', 'job-arn', 'checkpoint-uri', 'comment-url'])
    distinct(runs.map(({ outputs }) => outputs[output] || 'none'));
  const created = await stage.created();
  expect(created).toHaveLength(3);
  const places = created.map(({ request }) => String(Object(request.CheckpointConfig).S3Uri));
  for (const place of places) expect(places.filter((other) => other.startsWith(place))).toEqual([place]);

  const comments = await stage.comments();
  expect(comments).toHaveLength(3);
  distinct(comments.map((body) => body.split('\n')[0]));
  for (const model of MODELS)
    expect(comments.filter((body) => body.includes(`Of the matrix: \`model\` \`${model}\`.`))).toHaveLength(1);
  // Each tells of its own job, and of no other.
  for (const { outputs } of runs) {
    const mine = comments.filter((body) => body.includes(outputs['job-name'] ?? '-'));
    expect(mine).toHaveLength(1);
    expect(/### (✅|❌)/.exec(mine[0] ?? '')?.[1]).toBe(outputs.conclusion === 'success' ? '✅' : '❌');
  }
  const { statuses } = await stage.github();
  const last = new Map(statuses.map(({ context, state }) => [context, state]));
  expect(last.size).toBe(3);
  expect([...last.values()].sort()).toEqual(['failure', 'success', 'success']);
  const runFiles = stage.local.cloud.s3.list('acme-ml', 'train/runs/');
  expect(runFiles).toHaveLength(3);
});
