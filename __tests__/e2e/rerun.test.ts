import { expect, test } from '@jest/globals';
import { COMPLETES, failed, job, TRAINS_ON } from './jobs.ts';
import { tagsOf } from './seen.ts';
import { AT_WORK, signalled } from './signals.ts';
import { Stage } from './stage.ts';

const AGAIN = { GITHUB_RUN_ID: '4712', GITHUB_RUN_ATTEMPT: '2' };

test('a completed job is reported again at no cost, with its date', async () => {
  await using stage = await Stage.open({ name: 'rerun-completed', jobs: [COMPLETES, failed('never')] });
  const first = await stage.main();
  const second = await stage.run({ env: AGAIN });

  expect(second.main.exitCode).toBe(0);
  expect(await stage.created()).toHaveLength(1);
  const { metrics, 'job-name': name, 'checkpoint-uri': checkpoint } = first.outputs;
  expect(second.main.outputs).toMatchObject({ metrics, 'job-name': name, 'checkpoint-uri': checkpoint });
  expect(second.main.outputs).toMatchObject({ conclusion: 'success', 'gate-passed': 'true' });
  const [comment = ''] = await stage.comments();
  expect(comment).toMatch(/These are the results of the job of 20\d\d-\d\d-\d\d: .* nothing was spent\./);
  expect(second.post.exitCode).toBe(0);
  expect(await stage.calls('StopTrainingJob')).toEqual([]);
});

test('a job that is still running is adopted, not started a second time', async () => {
  const long = job(['val_mape=0.05'], { phases: [{ status: 'Training', seconds: 500 }] });
  await using stage = await Stage.open({ name: 'rerun-live', jobs: [long] });
  const killed = await stage.main(signalled(stage, 'SIGKILL', AT_WORK));
  const second = await stage.main({ env: AGAIN });

  expect(second.exitCode).toBe(0);
  expect(second.outputs['job-name']).toBe(killed.outputs['job-name']);
  expect(await stage.created()).toHaveLength(1);
  const [taken] = await stage.calls('AddTags');
  expect(tagsOf(taken)).toMatchObject({ 'train-wait': 'run:4712', 'train-run-id': '4712', 'train-run-attempt': '2' });
  expect((await stage.comments())[0]).toContain('This run follows a job that another run started.');
});

test('after a failed job the next one continues from the same checkpoint under the next ordinal', async () => {
  await using stage = await Stage.open({
    name: 'rerun-failed',
    jobs: [failed('AlgorithmError: , exit code: 1'), COMPLETES],
  });
  const first = await stage.main();
  const second = await stage.main({ env: AGAIN });

  expect([first.exitCode, second.exitCode]).toEqual([1, 0]);
  expect(first.outputs['job-name']).toMatch(/-1$/);
  expect(second.outputs['job-name']).toBe(first.outputs['job-name']?.replace(/-1$/, '-2'));
  const creates = await stage.created();
  const uris = creates.map(({ request }) => (request.CheckpointConfig as { S3Uri: string }).S3Uri);
  expect(uris).toEqual([first.outputs['checkpoint-uri'], first.outputs['checkpoint-uri']]);
  expect((await stage.github()).statuses.map(({ state }) => state)).toEqual([
    'pending',
    'failure',
    'pending',
    'success',
  ]);
});

test('after a cancelled run the next one waits for the end of the job and goes on under the next ordinal', async () => {
  const stopping = {
    ...TRAINS_ON,
    phases: [...(TRAINS_ON.phases as readonly object[]), { status: 'Stopping', seconds: 60 }],
  };
  await using stage = await Stage.open({ name: 'rerun-cancelled', jobs: [stopping, COMPLETES] });
  const first = await stage.main(signalled(stage, 'SIGINT', AT_WORK));
  const second = await stage.main({ env: AGAIN });

  expect([first.exitCode, second.exitCode]).toEqual([1, 0]);
  expect(second.outputs['job-name']).toMatch(/-2$/);
  expect(second.outputs.conclusion).toBe('success');
});

test.each([
  { how: 'the answer to the create call was lost', kind: 'reset', name: 'rerun-lost-answer' },
  { how: 'the create call was performed and answered with an error', kind: '500', name: 'rerun-500' },
])('$how: one job, and nobody else is said to have started it', async ({ kind, name }) => {
  const faults = [{ service: 'sagemaker', operation: 'CreateTrainingJob', kind, performed: true }];
  await using stage = await Stage.open({ name, script: { faults } });
  const main = await stage.main();

  expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'success', statuses: ['pending', 'success'] });
  const creates = await stage.calls('CreateTrainingJob');
  expect(new Set(creates.map(({ request }) => request.TrainingJobName)).size).toBe(1);
  expect(creates.map(({ error }) => error)).toContain('ResourceInUse');
  expect((await stage.comments())[0]).not.toContain('another run started');
});
