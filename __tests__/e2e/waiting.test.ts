import { describe, expect, test } from '@jest/globals';
import { completeJobs, inProgress, waitTag } from '../resilience/job-states.ts';
import { plain, refEnvironment } from './events.ts';
import { COMPLETES, failed, type Job, TRAINS_ON } from './jobs.ts';
import { plainText } from './seen.ts';
import { Stage } from './stage.ts';

const REFUSED = { github: { permissions: { statuses: 'read' } } };

describe('the wait is over before the job is', () => {
  test.each([
    { policy: 'fail', statuses: 'written', exit: 1, github: {} },
    { policy: 'pending', statuses: 'written', exit: 0, github: {} },
    { policy: 'pending', statuses: 'refused', exit: 1, github: REFUSED },
  ])('on-timeout: $policy, statuses $statuses: exit $exit, the job runs on, handed over', async (row) => {
    const name = `waiting-${row.policy}-${row.statuses}`;
    await using stage = await Stage.open({ name, jobs: [TRAINS_ON], ...row.github });
    const { main, post } = await stage.run({ inputs: { 'wait-timeout': '2m', 'on-timeout': row.policy } });

    const written = row.statuses === 'written' ? ['pending', 'pending'] : [];
    expect(await stage.seen(main)).toEqual({ exit: row.exit, conclusion: 'pending', statuses: written });
    expect(inProgress(stage).map(waitTag)).toEqual(['handed-over']);
    const [comment = ''] = await stage.comments();
    expect(comment).toContain('### 🕓 Training is pending: it runs on without this workflow run');
    expect(comment).toContain(`aws sagemaker stop-training-job --training-job-name ${main.outputs['job-name']}`);
    if (row.statuses === 'refused') expect(plainText(main.log)).toContain('Add statuses: write');
    expect(post.exitCode).toBe(0);
    expect(await stage.calls('StopTrainingJob')).toEqual([]);
  });

  test('a later run finds the job that was handed over, and reports its end', async () => {
    await using stage = await Stage.open({ name: 'waiting-again', jobs: [TRAINS_ON] });
    const first = await stage.main({ inputs: { 'wait-timeout': '2m' } });
    void stage.when('AddTags', 2).then(() => completeJobs(stage));
    const second = await stage.run({ env: { GITHUB_RUN_ID: '4712' } });

    expect(second.main).toMatchObject({ exitCode: 0, outputs: { 'job-name': first.outputs['job-name'] } });
    expect(await stage.created()).toHaveLength(1);
    expect((await stage.comments())[0]).toContain('### ✅ Training passed');
  });
});

describe('a training from zero', () => {
  test.each<{ what: string; name: string; before: Job; inputs: Record<string, string> }>([
    { what: 'reuse: never after a completed job', name: 'reuse', before: COMPLETES, inputs: { reuse: 'never' } },
    { what: 'resume: never after a failed one', name: 'resume', before: failed('x'), inputs: { resume: 'never' } },
  ])('$what: the next ordinal, in an empty place', async ({ name, before, inputs }) => {
    await using stage = await Stage.open({ name: `zero-${name}`, jobs: [before, COMPLETES] });
    const first = await stage.main();
    const second = await stage.main({ env: { GITHUB_RUN_ID: '4712' }, inputs });

    expect(second.exitCode).toBe(0);
    expect(second.outputs['job-name']).toBe(first.outputs['job-name']?.replace(/-1$/, '-2'));
    expect(second.outputs['checkpoint-uri']).toBe(first.outputs['checkpoint-uri']?.replace(/\/$/, '-r2/'));
    const [, again] = await stage.created();
    expect(again?.request.CheckpointConfig).toMatchObject({ S3Uri: second.outputs['checkpoint-uri'] });
  });
});

describe('a checkpoint-uri of the user’s own', () => {
  const inputs = { 'checkpoint-uri': 's3://acme-ml/mine/' };
  const handOver = (stage: Stage) => stage.main({ inputs: { ...inputs, 'wait-timeout': '2m' } });

  test('that a live job of another branch writes to is an error that names the job, and nothing is started', async () => {
    await using stage = await Stage.open({ name: 'checkpoint-in-use', jobs: [TRAINS_ON] });
    const first = await handOver(stage);
    const second = await stage.run({
      event: plain('push', { ref: 'refs/heads/main' }),
      env: { ...refEnvironment('refs/heads/main', stage.checkout.headSha), GITHUB_RUN_ID: '4712' },
      inputs: { ...inputs, hyperparameters: 'epochs: 2', comment: 'off' },
    });

    expect(second.main).toMatchObject({ exitCode: 1, outputs: { conclusion: 'failure' } });
    expect(plainText(second.main.log)).toContain(`${first.outputs['job-name']} writes to s3://acme-ml/mine/`);
    expect(plainText(second.main.log)).toContain('give another checkpoint-uri');
    expect(await stage.created()).toHaveLength(1);
    expect(inProgress(stage).map(waitTag)).toEqual(['handed-over']);
    expect(second.post.exitCode).toBe(0);
  });

  test('that the job of an older commit writes to is free once that job is superseded', async () => {
    await using stage = await Stage.open({ name: 'checkpoint-superseded', jobs: [TRAINS_ON, COMPLETES] });
    const first = await handOver(stage);
    const env = { GITHUB_RUN_ID: '4712' };
    const second = await stage.main({ env, inputs: { ...inputs, hyperparameters: 'epochs: 2' } });

    expect(second).toMatchObject({ exitCode: 0, outputs: { 'checkpoint-uri': inputs['checkpoint-uri'] } });
    expect(second.log).toContain(`The older training ${first.outputs['job-name']} was stopped.`);
    expect(await stage.created()).toHaveLength(2);
  });
});
