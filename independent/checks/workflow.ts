/**
 * The example workflow under a real workflow engine: the action of this commit (`uses: ./`), a second job that reads
 * its outputs, a gate that fails, and a run that is killed in mid-training.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runWorkflow, type WorkflowResult } from '../act.ts';
import { type LocalCloudProcess, startCloud } from '../cloud.ts';
import { program, ROOT, type Suite } from '../suite.ts';

const REPOSITORY = 'acme/forecast';
const PULL_REQUEST = 7;
const RUN_ID = '4711';
const EXAMPLE = join(ROOT, 'examples/workflows/use-outputs.yml');
const MARKER = '<!-- train-on-sagemaker:train -->';

/** A job of `seconds` whose last val_mape is `mape`. */
const job = (seconds: number, mape: number) => ({
  phases: [
    { status: 'Starting', seconds: 1 },
    { status: 'Downloading', seconds: 1 },
    { status: 'Training', seconds },
    { status: 'Uploading', seconds: 1 },
  ],
  logs: {
    lines: [
      { at: 0.5, text: 'epoch=1 val_mape=0.31' },
      { at: 1, text: `epoch=2 val_mape=${mape}` },
    ],
  },
});

/** The commit that act will clone: the pull request's head. */
const head = () => execFileSync('git', ['-C', ROOT, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();

function openCloud(name: string, training: object): Promise<LocalCloudProcess> {
  const sides = { head: { sha: head(), ref: 'longer' }, base: { sha: '0'.repeat(40), ref: 'main' } };
  return startCloud(name, {
    jobs: [training],
    github: { repository: REPOSITORY, pulls: [{ number: PULL_REQUEST, ...sides }] },
    s3: { buckets: [{ name: 'my-bucket', objects: [{ key: 'data/train/sst.csv', text: 'month,value\n' }] }] },
    ecr: { repositories: [{ name: REPOSITORY, images: [{ tag: 'ready' }] }] },
  });
}

/** What users paste, but for two lines: this checkout's action, and an image that exists instead of one to be built. */
export function underAct(example: string, image: string): string {
  const uses = /^( *)uses: OWNER\/train-on-sagemaker@v1\n( *)with:\n/m;
  assert.match(example, uses);
  return example.replace(uses, (_, step, inputs) => `${step}uses: ./\n${inputs}with:\n${inputs}  image: ${image}\n`);
}

function pullRequestEvent(sha: string) {
  const repo = { full_name: REPOSITORY };
  return {
    action: 'synchronize',
    number: PULL_REQUEST,
    sender: { login: 'ada' },
    pull_request: {
      number: PULL_REQUEST,
      head: { sha, ref: 'longer', repo },
      base: { sha: '0'.repeat(40), ref: 'main', repo },
    },
    repository: {
      full_name: REPOSITORY,
      default_branch: 'main',
      private: false,
      owner: { login: 'acme' },
      name: 'forecast',
    },
  };
}

async function play(cloud: LocalCloudProcess, signal?: AbortSignal): Promise<WorkflowResult> {
  const directory = mkdtempSync(join(tmpdir(), 'workflow-'));
  const workflow = join(directory, 'train.yml');
  writeFileSync(workflow, underAct(readFileSync(EXAMPLE, 'utf8'), `${cloud.registry}/${REPOSITORY}:ready`));
  try {
    return await runWorkflow({
      project: ROOT,
      workflow,
      event: pullRequestEvent,
      env: {
        ...cloud.env,
        GITHUB_RUN_ID: RUN_ID,
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/train.yml@refs/pull/${PULL_REQUEST}/merge`,
      },
      secrets: { GITHUB_TOKEN: cloud.env.GITHUB_TOKEN ?? '' },
      act: program('act'),
      ...(signal && { signal }),
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const comments = async (cloud: LocalCloudProcess) =>
  (await cloud.github()).comments.map(({ body }) => body).filter((body) => body.startsWith(MARKER));

const states = async (cloud: LocalCloudProcess) => (await cloud.github()).statuses.map(({ state }) => state);

const createdJob = async (cloud: LocalCloudProcess): Promise<string> => {
  const created = await cloud.calls('CreateTrainingJob');
  assert.equal(created.length, 1, 'CreateTrainingJob calls');
  return String(created[0]?.request?.TrainingJobName);
};

export async function workflowChecks(suite: Suite): Promise<void> {
  await passes(suite);
  await gateFails(suite);
  await killed(suite);
}

async function passes(suite: Suite): Promise<void> {
  await using cloud = await openCloud('act-passes', job(3, 0.05));
  const { exitCode, output, jobs } = await play(cloud);
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
  await using cloud = await openCloud('act-gate-fails', job(3, 0.3));
  const { exitCode, output, jobs } = await play(cloud);
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
  await using cloud = await openCloud('act-killed', job(3600, 0.05));
  const kill = new AbortController();
  const running = play(cloud, kill.signal);
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
