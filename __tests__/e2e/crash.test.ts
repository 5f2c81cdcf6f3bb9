import { describe, expect, test } from '@jest/globals';
import { TRAINS_ON } from './jobs.ts';
import { tagsOf } from './seen.ts';
import { AT_WORK, signalled } from './signals.ts';
import { Stage } from './stage.ts';

const CREATE = { service: 'sagemaker', operation: 'CreateTrainingJob', kind: 'stall' };

/** At work from the first second, for a clock that is slow enough to give GitHub the time it has in truth. */
const AT_ONCE = { ...TRAINS_ON, phases: [{ status: 'Training', seconds: 3600 }] };

describe('cancelled in mid-training (SIGINT)', () => {
  test('the job is stopped, comment and status say so, and the post step has nothing left to do', async () => {
    await using stage = await Stage.open({ name: 'crash-sigint', jobs: [AT_ONCE], timeScale: 5 });
    const main = await stage.main(signalled(stage, 'SIGINT', AT_WORK));
    const calls = (await stage.ledger()).length;
    const post = await stage.post(main.state);

    expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'cancelled', statuses: ['pending', 'error'] });
    const stops = await stage.calls('StopTrainingJob');
    expect(stops.map(({ request }) => request.TrainingJobName)).toEqual([main.outputs['job-name']]);
    expect(main.outputs['gate-passed']).toBe('false');
    const [comment = ''] = await stage.comments();
    expect(comment).toContain('### ⛔ Training cancelled: the job was told to stop');
    expect(main.summary).toContain('Training cancelled');
    expect(post.exitCode).toBe(0);
    expect(await stage.ledger()).toHaveLength(calls);
  });

  test('on-cancel: leave tags the job and lets it run on; the comment says how to stop it', async () => {
    await using stage = await Stage.open({ name: 'crash-sigint-leave', jobs: [TRAINS_ON] });
    const { main, post } = await stage.run({
      inputs: { 'on-cancel': 'leave' },
      ...signalled(stage, 'SIGINT', AT_WORK),
    });

    expect(await stage.seen(main)).toMatchObject({ exit: 1, conclusion: 'cancelled' });
    expect((await stage.github()).statuses.at(-1)?.state).toBe('error');
    expect(post.exitCode).toBe(0);
    expect(await stage.calls('StopTrainingJob')).toEqual([]);
    const [tagged] = await stage.calls('AddTags');
    expect(tagsOf(tagged)).toEqual({ 'train-wait': 'left' });
    const [comment = ''] = await stage.comments();
    expect(comment).toContain('nobody waits any more, but the job runs on');
    expect(comment).toContain(`aws sagemaker stop-training-job --training-job-name ${main.outputs['job-name']}`);
  });

  test('a stop that AWS did not answer is tried again by the post step', async () => {
    const faults = [{ service: 'sagemaker', operation: 'StopTrainingJob', kind: 'denied', times: 1 }];
    await using stage = await Stage.open({ name: 'crash-sigint-again', jobs: [TRAINS_ON], script: { faults } });
    const { main, post } = await stage.run(signalled(stage, 'SIGINT', AT_WORK));

    expect(await stage.seen(main)).toMatchObject({ exit: 1, conclusion: 'cancelled' });
    expect(post.exitCode).toBe(0);
    expect(post.log).toContain(`Asked SageMaker to stop ${main.outputs['job-name']}`);
    expect((await stage.calls('StopTrainingJob')).map(({ status }) => status)).toEqual([400, 200]);
  });

  test('a comment that GitHub was too slow for is written by the post step', async () => {
    const operation = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
    const faults = [{ service: 'github', operation, kind: 'slow', seconds: 600 }];
    await using stage = await Stage.open({ name: 'crash-sigint-github', jobs: [TRAINS_ON], script: { faults } });
    const main = await stage.main(signalled(stage, 'SIGINT', AT_WORK));
    expect((await stage.comments())[0]).toContain('Training is running');
    const post = await stage.post(main.state);

    expect(await stage.seen(main)).toMatchObject({ exit: 1, conclusion: 'cancelled' });
    expect(post.exitCode).toBe(0);
    expect(await stage.comments()).toHaveLength(1);
    expect((await stage.comments())[0]).toContain('### ⛔ Training cancelled: the job was told to stop');
    expect(await stage.calls('StopTrainingJob')).toHaveLength(1);
  });

  test('before the job is created nothing is created', async () => {
    const faults = [{ service: 's3', operation: 'PutObject', kind: 'slow', seconds: 10 }];
    await using stage = await Stage.open({ name: 'crash-sigint-early', script: { faults } });
    const { main, post } = await stage.run(signalled(stage, 'SIGINT', { operation: 'PutObject' }));

    expect(await stage.seen(main)).toMatchObject({ exit: 1, conclusion: 'cancelled' });
    expect((await stage.github()).statuses.at(-1)?.state).toBe('error');
    expect(await stage.calls('CreateTrainingJob')).toEqual([]);
    expect((await stage.comments())[0]).toContain('Training cancelled');
    expect(post.exitCode).toBe(0);
  });
});

describe('killed (SIGKILL), as when the machine is lost or main did not end in time', () => {
  test('in mid-training: the post step stops the job, and comment and status no longer say running', async () => {
    await using stage = await Stage.open({ name: 'crash-sigkill', jobs: [TRAINS_ON] });
    const { main, post } = await stage.run(signalled(stage, 'SIGKILL', AT_WORK));

    expect(main.exitCode).toBeNull();
    const name = main.state['job-name'] ?? '';
    expect(main.outputs).toMatchObject({ 'job-name': name, conclusion: '' });
    expect(post.exitCode).toBe(0);
    expect(post.log).toContain(`Asked SageMaker to stop ${name}: this run ended before it did.`);
    const stops = await stage.calls('StopTrainingJob');
    expect(stops.map(({ request, status }) => [request.TrainingJobName, status])).toEqual([[name, 200]]);
    expect((await stage.github()).statuses.map(({ state }) => state)).toEqual(['pending', 'error']);
    const comments = await stage.comments();
    expect(comments).toHaveLength(1);
    expect(comments[0]).toContain('### ⛔ Training cancelled: the job was told to stop');
    expect(comments[0]).toContain('The workflow run ended before the training did');
  });

  test('in mid-training under on-cancel: leave the post step tags the job and stops nothing', async () => {
    await using stage = await Stage.open({ name: 'crash-sigkill-leave', jobs: [TRAINS_ON] });
    const { post } = await stage.run({
      inputs: { 'on-cancel': 'leave' },
      ...signalled(stage, 'SIGKILL', AT_WORK),
    });

    expect(post.exitCode).toBe(0);
    expect(post.log).toContain('goes on (on-cancel: leave)');
    expect(await stage.calls('StopTrainingJob')).toEqual([]);
    expect(tagsOf((await stage.calls('AddTags'))[0])).toEqual({ 'train-wait': 'left' });
    expect((await stage.comments())[0]).toContain('nobody waits any more, but the job runs on');
  });

  test.each([
    { when: 'before the create call arrived', performed: false, says: 'is not running: nothing to stop', stops: 0 },
    { when: 'before the answer to the create call', performed: true, says: 'Asked SageMaker to stop', stops: 1 },
  ])('$when: post finds out by the saved name', async ({ performed, says, stops }) => {
    const name = `crash-sigkill-create-${performed ? 'performed' : 'lost'}`;
    const faults = [{ ...CREATE, performed }];
    await using stage = await Stage.open({ name, jobs: [TRAINS_ON], script: { faults } });
    const { main, post } = await stage.run(signalled(stage, 'SIGKILL', { operation: 'CreateTrainingJob' }));

    expect(main.exitCode).toBeNull();
    expect(main.state['job-name']).toMatch(/^train-forecast-train-/);
    expect(post.exitCode).toBe(0);
    expect(post.log).toContain(says);
    const stopped = (await stage.calls('StopTrainingJob')).filter(({ status }) => status === 200);
    expect(stopped).toHaveLength(stops);
    expect((await stage.github()).statuses.map(({ state }) => state)).toEqual(['pending', 'error']);
  });

  test('before there was a job: the status does not stay pending', async () => {
    const faults = [{ service: 's3', operation: 'ListObjectsV2', kind: 'stall' }];
    await using stage = await Stage.open({ name: 'crash-sigkill-early', script: { faults } });
    const { main, post } = await stage.run(signalled(stage, 'SIGKILL', { operation: 'ListObjectsV2' }));

    expect([main.exitCode, post.exitCode]).toEqual([null, 0]);
    expect((await stage.github()).statuses.map(({ state }) => state)).toEqual(['pending', 'error']);
    expect(await stage.calls('StopTrainingJob')).toEqual([]);
  });

  test('of a job that another run took over meanwhile the post step keeps its hands', async () => {
    await using stage = await Stage.open({ name: 'crash-taken-over', jobs: [TRAINS_ON] });
    const main = await stage.main(signalled(stage, 'SIGKILL', AT_WORK));
    const other = await stage.main({
      env: { GITHUB_RUN_ID: '4712' },
      ...signalled(stage, 'SIGKILL', { ...AT_WORK, times: 6 }),
    });
    const post = await stage.post(main.state);

    expect(other.outputs['job-name']).toBe(main.outputs['job-name']);
    expect(post.exitCode).toBe(0);
    expect(post.log).toContain('is waited for by another run: left alone');
    expect(await stage.calls('StopTrainingJob')).toEqual([]);
    expect((await stage.comments())[0]).toContain('Training is running');
  });
});
