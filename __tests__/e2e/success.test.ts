import { expect, test } from '@jest/globals';
import { PULL_REQUEST } from './events.ts';
import { COMPLETES } from './jobs.ts';
import { Stage } from './stage.ts';

test('a pull request is trained, judged and reported; the status goes from pending to success', async () => {
  await using stage = await Stage.open({ name: 'success' });
  const { main, post } = await stage.run();

  expect({ exit: main.exitCode, post: post.exitCode, log: main.log }).toMatchObject({ exit: 0, post: 0 });
  expect(main.outputs).toMatchObject({
    conclusion: 'success',
    'gate-passed': 'true',
    status: 'Completed',
    'secondary-status': 'Completed',
    'image-source': 'given',
    interruptions: '0',
  });
  expect(main.outputs['image-uri']).toMatch(/^127\.0\.0\.1:\d+\/acme\/forecast@sha256:[0-9a-f]{64}$/);
  expect(JSON.parse(main.outputs.metrics ?? '')).toMatchObject({
    val_mape: { last: 0.05, min: 0.05, max: 0.21, points: 3 },
  });
  const github = await stage.github();
  expect(github.statuses.map(({ state, context }) => [state, context])).toEqual([
    ['pending', 'train-on-sagemaker / train'],
    ['success', 'train-on-sagemaker / train'],
  ]);
  expect(github.comments.map(({ issue }) => issue)).toEqual([PULL_REQUEST]);
  const { headSha } = stage.checkout;
  const [comment = ''] = await stage.comments();
  expect(comment).toContain('<!-- train-on-sagemaker:train -->\n');
  expect(comment).toMatch(
    new RegExp(
      `s3://acme-ml/train/checkpoints/acme/forecast/train/feature-longer--[0-9a-f]{8}/${headSha}/[0-9a-f]{8}/`,
    ),
  );
  expect(main.summary).toContain('val_mape');
});

test('the name is saved and the run file written before the job is created; the request is exact', async () => {
  await using stage = await Stage.open({ name: 'order' });
  const { main } = await stage.run({
    inputs: { hyperparameters: 'epochs: 3\noptimizer: adam', environment: 'MODE: fast' },
  });

  const entries = await stage.ledger();
  const at = (operation: string) => entries.findIndex((entry) => entry.operation === operation);
  expect(at('PutObject')).toBeGreaterThan(-1);
  expect(at('PutObject')).toBeLessThan(at('CreateTrainingJob'));
  expect(main.state['job-name']).toBe(main.outputs['job-name']);
  const [create] = await stage.calls('CreateTrainingJob');
  expect(create?.request).toMatchObject({
    TrainingJobName: expect.stringMatching(/^train-forecast-train-[0-9a-f]{8}-[0-9a-f]{10}-1$/),
    EnableManagedSpotTraining: true,
    StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
    ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
    CheckpointConfig: { LocalPath: '/opt/ml/checkpoints' },
    HyperParameters: { epochs: '3', optimizer: 'adam' },
    Environment: { MODE: 'fast' },
  });
});

test('the second run on the same pull request edits the same comment, with 150 others there', async () => {
  await using stage = await Stage.open({
    name: 'sticky',
    jobs: [COMPLETES, COMPLETES],
    github: { comments: [{ issue: PULL_REQUEST, body: 'Remark {i}', times: 150 }] },
  });
  const first = await stage.run();
  const second = await stage.run({ inputs: { hyperparameters: 'epochs: 9' } });

  expect([first.main.exitCode, second.main.exitCode]).toEqual([0, 0]);
  expect(second.main.outputs['job-name']).not.toBe(first.main.outputs['job-name']);
  const comments = await stage.comments();
  expect(comments).toHaveLength(1);
  expect(comments[0]).toContain(second.main.outputs['job-name']);
  expect(second.main.outputs['comment-url']).toBe(first.main.outputs['comment-url']);
});
