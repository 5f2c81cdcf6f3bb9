// node --test independent/tests/act.test.ts      ($ACT: the program, else `act` on the PATH)
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runWorkflow, type WorkflowRun } from '../act.ts';

const FILES = {
  'package.json': '{"type":"module"}',
  'action.yml': `
name: throw-away
description: prints what it was given
inputs:
  max-run: { description: a hyphen, default: 1h }
  fail: { description: yes or no, default: 'no' }
outputs:
  metrics: { description: JSON }
runs: { using: node24, main: dist/index.js, post: dist/index.js }
`,
  'dist/index.js': `
import { appendFileSync, readFileSync } from 'node:fs';
const { env } = process;
if (env.STATE_job) {
  console.log('post of', env.STATE_job);
} else {
  appendFileSync(env.GITHUB_STATE, 'job=job-1\\n');
  appendFileSync(env.GITHUB_OUTPUT, 'metrics<<END\\n{"val_mape":0.1}\\nEND\\n');
  const { number } = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8'));
  console.log('main', env['INPUT_MAX-RUN'], 'node', process.versions.node, 'pull request', number, 'by', env.GITHUB_ACTOR, 'from', env.CLOUD);
  console.log('inherited', env.INHERITED ?? 'nothing');
  if (env.INPUT_FAIL === 'yes') process.exitCode = 1;
  if (env.INPUT_FAIL === 'hang') setTimeout(() => {}, 600_000);
}
`,
  'workflow.yml': `
on: pull_request
jobs:
  train:
    runs-on: ubuntu-latest
    outputs: { metrics: '\${{ steps.train.outputs.metrics }}' }
    steps:
      - uses: actions/checkout@v7
        with: { ref: '\${{ github.event.pull_request.head.sha || github.sha }}' }
      - id: train
        uses: ./
        with: { fail: '\${{ github.event.fail }}' }
  report:
    needs: train
    runs-on: ubuntu-latest
    steps:
      - run: echo "reads \${{ fromJSON(needs.train.outputs.metrics).val_mape }}"
`,
};

let project = '';
const git = (...args: string[]) =>
  execFileSync('git', ['-C', project, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' });

before(() => {
  project = mkdtempSync(join(tmpdir(), 'project-'));
  mkdirSync(join(project, 'dist'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(project, name), text);
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  writeFileSync(join(project, 'dist/index.js'), 'throw new Error("not committed")');
});
after(() => rmSync(project, { recursive: true, force: true }));

const run = (fail: string, rest: Partial<WorkflowRun> = {}) =>
  runWorkflow({
    project,
    workflow: 'workflow.yml',
    event: (sha: string) => ({
      number: 7,
      sender: { login: 'dev' },
      fail,
      pull_request: { number: 7, head: { sha, ref: 'feature/x' }, base: { sha, ref: 'main' } },
    }),
    env: { CLOUD: 'http://127.0.0.1:4566' },
    ...rest,
  });

test('a second job reads the outputs of the first, at the commit that was cloned', async () => {
  process.env.INHERITED = 'something';
  const { exitCode, output, jobs, commit } = await run('no');
  assert.equal(exitCode, 0, output);
  assert.deepEqual(jobs, { train: 'success', report: 'success' });
  assert.match(output, /^\[report\] reads 0\.1$/m);
  assert.match(output, new RegExp(`^\\[train\\] HEAD is now at ${commit}$`, 'm'));
  assert.equal(commit, git('rev-parse', 'HEAD').trim());
  assert.match(
    output,
    new RegExp(
      `^\\[train\\] main 1h node ${process.versions.node} pull request 7 by dev from http://127.0.0.1:4566$`,
      'm',
    ),
  );
  assert.match(output, /^\[train\] inherited nothing$/m);
  assert.match(output, /^\[train\] post of job-1$/m);
});

test('a step that fails fails its job, the next one is not run, and its post step still is', async () => {
  const { exitCode, output, jobs } = await run('yes');
  assert.equal(exitCode, 1);
  assert.equal(jobs.train, 'failure');
  assert.doesNotMatch(output, /reads 0\.1/);
  assert.match(output, /^\[train\] post of job-1$/m);
});

test('a run that takes too long is cancelled: its main step is killed, its post step still runs', async () => {
  await assert.rejects(run('hang', { timeoutSeconds: 3 }), (error: Error) => {
    assert.match(error.message, /longer than 3 s/);
    assert.match(error.message, /main 1h/);
    assert.match(error.message, /post of job-1/);
    return true;
  });
});

test('an engine that is not there is an error', async () => {
  await assert.rejects(run('no', { act: '/nonexistent/act' }), /ENOENT/);
});
