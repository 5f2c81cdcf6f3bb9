import { describe, expect, test } from '@jest/globals';
import { completeJobs } from '../resilience/job-states.ts';
import { pullRequest } from './events.ts';
import { COMPLETES, TRAINS_ON } from './jobs.ts';
import { tagsOf } from './seen.ts';
import { AT_WORK, signalled } from './signals.ts';
import { type Run, Stage } from './stage.ts';

/** Two commits of one pull request: the older one's run is at work when the newer one is pushed. */
const OLDER_SHA = 'a'.repeat(40);
const older = ({ checkout }: Stage, rest: Run = {}): Run => ({
  event: pullRequest({ ...checkout, headSha: OLDER_SHA }),
  ...rest,
});
const NEWER: Run = { env: { GITHUB_RUN_ID: '4712' } };

async function lastStatusOf(stage: Stage, sha: string): Promise<string | undefined> {
  return (await stage.github()).statuses.findLast((status) => status.sha === sha)?.state;
}

describe('a second commit that trains something else', () => {
  const jobs = [{ ...TRAINS_ON, match: '*-aaaaaaaa-*' }, COMPLETES];

  test('stops the older job; the older run ends as superseded and leaves the comment to the newer one', async () => {
    await using stage = await Stage.open({ name: 'superseding', jobs, checkout: 'none' });
    const first = stage.run(older(stage, { inputs: { hyperparameters: 'epochs: 1' } }));
    await stage.when('GetLogEvents', 2);
    const second = await stage.main(NEWER);
    const { main, post } = await first;
    const { headSha } = stage.checkout;

    expect(main).toMatchObject({ exitCode: 1, outputs: { conclusion: 'cancelled', status: 'Stopped' } });
    expect(main.summary).toContain('### ⛔ Training superseded: the pull request has a newer commit');
    expect(main.summary).toContain(headSha.slice(0, 7));
    expect(post.exitCode).toBe(0);
    expect(second).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success' } });
    expect(second.log).toContain(`The older training ${main.outputs['job-name']} was stopped.`);
    const stops = await stage.calls('StopTrainingJob');
    expect(stops.map(({ request }) => request.TrainingJobName)).toEqual([main.outputs['job-name']]);
    expect(tagsOf((await stage.calls('AddTags'))[0])).toEqual({ 'train-superseded-by': headSha });
    expect(await lastStatusOf(stage, OLDER_SHA)).toBe('error');
    expect(await lastStatusOf(stage, headSha)).toBe('success');
    const comments = await stage.comments();
    expect(comments).toHaveLength(1);
    expect(comments[0]).toContain('### ✅ Training passed');
    expect(comments[0]).toContain(headSha.slice(0, 7));
  });

  test('leaves the older job alone with on-superseded: leave', async () => {
    await using stage = await Stage.open({ name: 'superseding-leave', jobs, checkout: 'none' });
    const first = stage.main(older(stage, { inputs: { hyperparameters: 'epochs: 1' } }));
    await stage.when('GetLogEvents', 2);
    const second = await stage.main({ ...NEWER, inputs: { 'on-superseded': 'leave' } });
    completeJobs(stage);

    expect([second.exitCode, (await first).exitCode]).toEqual([0, 0]);
    expect(await stage.calls('StopTrainingJob')).toEqual([]);
    expect((await stage.comments())[0]).toContain(stage.checkout.headSha.slice(0, 7));
  });

  test('whose run came first after all: the older commit’s re-run stops nothing and ends as superseded', async () => {
    await using stage = await Stage.open({ name: 'superseding-older', jobs: [TRAINS_ON], checkout: 'none' });
    const newer = stage.main(NEWER);
    await stage.when('GetLogEvents', 2);
    const late = await stage.run(older(stage, { inputs: { hyperparameters: 'epochs: 1' } }));
    completeJobs(stage);

    expect(late.main).toMatchObject({ exitCode: 1, outputs: { conclusion: 'cancelled', 'job-name': '' } });
    expect(late.main.summary).toContain('Training superseded');
    expect(late.post.exitCode).toBe(0);
    expect((await newer).exitCode).toBe(0);
    expect(await stage.created()).toHaveLength(1);
    expect(await stage.calls('StopTrainingJob')).toEqual([]);
  });
});

test('a second commit that trains the same adopts the job, and the older run’s end does not stop it', async () => {
  await using stage = await Stage.open({
    name: 'superseding-adopt',
    jobs: [TRAINS_ON],
    checkout: 'none',
    timeScale: 20,
  });
  const { headSha } = stage.checkout;
  let second: ReturnType<Stage['main']> | undefined;
  void stage.when('GetLogEvents', 2).then(() => {
    second = stage.main(NEWER);
  });
  // Cancelled by the push, as a workflow with `cancel-in-progress` would, right after the newer run took the job over.
  const first = await stage.run(older(stage, signalled(stage, 'SIGINT', { operation: 'AddTags' })));
  await stage.when('GetLogEvents', AT_WORK.times + 2);
  completeJobs(stage);
  const newer = await second;

  expect(first.main).toMatchObject({ exitCode: 1, outputs: { conclusion: 'cancelled' } });
  expect(first.main.log).toContain('Another run waits for this job by now: it was not stopped.');
  expect(first.post.exitCode).toBe(0);
  expect(newer).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success', ...jobOf(first.main.outputs) } });
  expect(await stage.created()).toHaveLength(1);
  expect(await stage.calls('StopTrainingJob')).toEqual([]);
  const tags = tagsOf((await stage.calls('AddTags'))[0]);
  expect(tags).toMatchObject({ 'train-wait': 'run:4712', 'train-commit': headSha, 'train-run-id': '4712' });
  const comments = await stage.comments();
  expect(comments).toHaveLength(1);
  expect(comments[0]).toContain('### ✅ Training passed');
  expect(await lastStatusOf(stage, headSha)).toBe('success');
});

function jobOf(outputs: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return { 'job-name': outputs['job-name'] };
}
