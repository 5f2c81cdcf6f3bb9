/**
 * The example workflow under a real workflow engine: the action of this commit (`uses: ./`), a second job that reads
 * its outputs, a gate that fails, and a run that is killed in mid-training.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalCloudProcess } from '../cloud.ts';
import type { Suite } from '../suite.ts';
import { comments, createdJob, job, openCloud, play, states } from './workflow-stage.ts';

const example = 'use-outputs.yml';

export async function workflowChecks(suite: Suite): Promise<void> {
  await passes(suite);
  await gateFails(suite);
  await killed(suite);
}

async function passes(suite: Suite): Promise<void> {
  await using cloud = await openCloud('act-passes', [job(3, 0.05)]);
  const { exitCode, output, jobs } = await play(cloud, { example });
  await suite.check('act: the workflow is green, with both of its jobs', () => {
    assert.equal(exitCode, 0, output);
    assert.deepEqual(jobs, { train: 'success', use: 'success' });
  });
  await suite.check('act: exactly one training job is created', () => createdJob(cloud));
  await suite.check('act: the second job reads conclusion, job name and metrics of the first', async () => {
    assert.ok(output.includes(`[use] ${await createdJob(cloud)} success with val_mape 0.05`), output);
  });
  await suite.check('act: one comment and the commit status tell of the success', async () => {
    const [comment = '', ...more] = await comments(cloud);
    assert.equal(more.length, 0);
    assert.match(comment, /^### ✅/m);
    assert.ok(comment.includes(await createdJob(cloud)), comment);
    assert.deepEqual(await states(cloud), ['pending', 'success']);
  });
  await suite.check('act: the role is assumed by the OIDC token, and its credentials are used', async () => {
    const [assumed] = await cloud.calls('AssumeRoleWithWebIdentity');
    assert.equal(assumed?.request?.RoleArn, 'arn:aws:iam::111122223333:role/ci');
  });
}

async function gateFails(suite: Suite): Promise<void> {
  await using cloud = await openCloud('act-gate-fails', [job(3, 0.3)]);
  const { exitCode, output, jobs } = await play(cloud, { example });
  await suite.check('act: a gate that fails makes the job red, and the second job is not run', () => {
    assert.equal(exitCode, 1, output);
    assert.equal(jobs.train, 'failure', output);
    assert.doesNotMatch(output, / with val_mape /);
  });
  await suite.check('act: comment and commit status name the gate that failed', async () => {
    const [comment = ''] = await comments(cloud);
    assert.match(comment, /^### ❌/m);
    assert.match(comment, /`val_mape <= 0\.12` \| 0\.3 \|/);
    assert.deepEqual(await states(cloud), ['pending', 'failure']);
  });
}

async function killed(suite: Suite): Promise<void> {
  await using cloud = await openCloud('act-killed', [job(3600, 0.05)]);
  const kill = new AbortController();
  const running = play(cloud, { example, signal: kill.signal });
  const ended = running.then(({ output }) => Promise.reject(new Error(`it ended before it was killed:\n${output}`)));
  await Promise.race([waitForTraining(cloud), ended]).finally(() => kill.abort());
  const { exitCode, output } = await running;
  await suite.check('act: a run that is killed in mid-training is red', () => assert.equal(exitCode, 1, output));
  await suite.check('act: its post step stops the training job, once', async () => {
    const stops = await cloud.calls('StopTrainingJob');
    assert.deepEqual(
      stops.map(({ request, error }) => [request?.TrainingJobName, error]),
      [[await createdJob(cloud), null]],
      output,
    );
  });
  await suite.check('act: comment and commit status say that the training was cancelled', async () => {
    const [comment = ''] = await comments(cloud);
    assert.match(comment, /cancel/i);
    assert.deepEqual(await states(cloud), ['pending', 'error']);
  });
}

/** Until the action itself has seen the training run. */
async function waitForTraining(cloud: LocalCloudProcess): Promise<void> {
  for (let asked = 0; asked < 120; asked += 1) {
    const described = await cloud.calls('DescribeTrainingJob');
    const seen = described.some(
      ({ response }) => (response as { SecondaryStatus?: string })?.SecondaryStatus === 'Training',
    );
    if (seen) return;
    await sleep(500);
  }
  throw new Error('the action never saw its job in training');
}
