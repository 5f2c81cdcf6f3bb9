/** The example workflows in which somebody says when to train, under a real workflow engine. */
import assert from 'node:assert/strict';
import type { LocalCloudProcess } from '../cloud.ts';
import type { Suite } from '../suite.ts';
import {
  commentEvent,
  comments,
  createdJob,
  job,
  openCloud,
  play,
  pullRequestEvent,
  states,
} from './workflow-stage.ts';

/** One job, a comment and two statuses that tell of its success. */
async function assertTrained(cloud: LocalCloudProcess, output: string): Promise<void> {
  const name = await createdJob(cloud);
  const [comment = '', ...more] = await comments(cloud);
  assert.equal(more.length, 0, output);
  assert.match(comment, /^### ✅/m);
  assert.ok(comment.includes(name), comment);
  assert.deepEqual(await states(cloud), ['pending', 'success']);
}

export async function gatedWorkflowChecks(suite: Suite): Promise<void> {
  await onLabel(suite);
  await onCommand(suite);
  await withApproval(suite);
}

async function onLabel(suite: Suite): Promise<void> {
  await using cloud = await openCloud('act-label', [job(3, 0.05)]);
  const example = 'train-on-label.yml';
  const pushed = await play(cloud, { example });
  await suite.check('act: without the label a push gets its plan, and nothing is spent', async () => {
    assert.equal(pushed.exitCode, 0, pushed.output);
    const [comment = '', ...more] = await comments(cloud);
    assert.equal(more.length, 0);
    assert.match(comment, /^### 📋 Plan: a new training, at most \d/m);
    assert.deepEqual(await cloud.calls('CreateTrainingJob'), []);
    assert.deepEqual(await states(cloud), []);
  });
  const other = (sha: string) => pullRequestEvent(sha, { action: 'labeled', label: { name: 'docs' } }, ['docs']);
  const unrelated = await play(cloud, { example, event: other });
  await suite.check('act: another label starts nothing', async () => {
    assert.equal(unrelated.exitCode, 0, unrelated.output);
    assert.deepEqual(await cloud.calls('CreateTrainingJob'), []);
  });
  const labelled = (sha: string) => pullRequestEvent(sha, { action: 'labeled', label: { name: 'train' } }, ['train']);
  const { exitCode, output } = await play(cloud, { example, event: labelled });
  await suite.check('act: the label `train` lets the training of the plan start', async () => {
    assert.equal(exitCode, 0, output);
    await assertTrained(cloud, output);
    assert.ok(output.includes(`A training would start as ${await createdJob(cloud)}`), output);
  });
}

async function onCommand(suite: Suite): Promise<void> {
  await using cloud = await openCloud('act-command', [job(3, 0.05)]);
  const say = (body: string, login?: string) => ({
    example: 'train-on-command.yml',
    eventName: 'issue_comment',
    event: () => commentEvent(body, login),
  });
  const talk = await play(cloud, say('What does /train do?'));
  await suite.check('act: a comment that is no command starts nothing', async () => {
    assert.equal(talk.exitCode, 0, talk.output);
    assert.deepEqual(await cloud.ledger(), []);
  });
  const reader = await play(cloud, say('/train', 'eve'));
  await suite.check('act: `/train` of somebody who may only read starts nothing', async () => {
    assert.equal(reader.exitCode, 0, reader.output);
    assert.match(reader.output, /write is needed/);
    assert.deepEqual(await cloud.calls('CreateTrainingJob'), []);
  });
  const { exitCode, output } = await play(cloud, say('/train'));
  await suite.check('act: `/train` trains the head of the pull request', async () => {
    assert.equal(exitCode, 0, output);
    await assertTrained(cloud, output);
  });
}

async function withApproval(suite: Suite): Promise<void> {
  await using cloud = await openCloud('act-approval', [job(3, 0.05)]);
  const { exitCode, output, jobs } = await play(cloud, { example: 'train-with-approval.yml' });
  await suite.check('act: what is approved trains as it was planned, in one comment (act asks nobody)', async () => {
    assert.equal(exitCode, 0, output);
    assert.deepEqual(jobs, { plan: 'success', train: 'success' });
    await assertTrained(cloud, output);
    assert.ok(output.includes(`A training would start as ${await createdJob(cloud)}`), output);
  });
}
