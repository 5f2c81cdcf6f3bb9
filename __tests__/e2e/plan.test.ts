import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { pullRequest } from './events.ts';
import { build, FakeDocker } from './fake-docker.ts';
import { COMPLETES, TRAINS_ON } from './jobs.ts';
import type { LedgerEntry } from './seen.ts';
import { type Run, Stage } from './stage.ts';

const PLAN = { mode: 'plan' };
/** Operations that change nothing and cost nothing. */
const READS = new Set([
  ...['GetCallerIdentity', 'BatchGetImage', 'DescribeRepositories', 'ListObjectsV2', 'HeadObject', 'Search'],
  ...['DescribeTrainingJob', 'GetServiceQuota', 'GetAWSDefaultServiceQuota'],
]);
const COMMENT = /^(GET|POST|PATCH) \/repos\/\{owner\}\/\{repo\}\/issues\/(\{issue_number\}\/)?comments/;

/** One comment is all that a plan leaves behind. */
function expectOnlyReads(entries: readonly LedgerEntry[]): void {
  expect(entries).not.toEqual([]);
  const others = entries.filter(({ service, operation }) =>
    service === 'github' ? !COMMENT.test(operation) : !READS.has(operation),
  );
  expect(others.map(({ service, operation }) => `${service} ${operation}`)).toEqual([]);
}

const runNumber = (id: string): Run => ({ env: { GITHUB_RUN_ID: id } });

test('the plan is what is created afterwards: name, image, places, request; until then only reads', async () => {
  using docker = new FakeDocker({ buildx: true });
  await using stage = await Stage.open({ name: 'plan-then-train' });
  const inputs = { 'instance-type': 'medium', hyperparameters: 'epochs: 3', environment: 'LEVEL: debug' };
  const { main: plan, post } = await stage.run(build(docker, { inputs: { ...inputs, ...PLAN } }));

  expect({ exit: plan.exitCode, log: plan.log }).toMatchObject({ exit: 0 });
  expectOnlyReads(await stage.ledger());
  expect(docker.calls()).toEqual([]);
  expect({ exit: post.exitCode, state: plan.state['job-name'] }).toEqual({ exit: 0, state: undefined });
  expect(plan.outputs).toMatchObject({ conclusion: 'success', 'image-source': 'built', 'image-uri': '' });
  const [comment = ''] = await stage.comments();
  expect(comment).toContain('### 📋 Plan: a new training, at most 1.64 USD');
  expect(comment).toContain(
    '1 × `ml.g5.xlarge`, managed spot: the profile `medium` is for networks of the size of TFT or N-HiTS, with one A10G GPU (24 GB)',
  );
  expect(comment).toContain('"LEVEL": "(not shown)"');
  expect(comment).not.toContain('debug');
  expect(plan.outputs['comment-url']).toMatch(/#issuecomment-\d+$/);

  const train = await stage.main(build(docker, { inputs }));
  expect({ exit: train.exitCode, log: train.log }).toMatchObject({ exit: 0 });
  for (const name of ['job-name', 'checkpoint-uri', 'image-source'])
    expect([name, train.outputs[name]]).toEqual([name, plan.outputs[name]]);
  const [created] = await stage.created();
  const planned = JSON.parse(/```json\n(.*?)\n```/s.exec(plan.summary)?.[1] ?? '{}');
  const { Environment, AlgorithmSpecification, Tags: _, ...rest } = created?.request ?? {};
  expect(Environment).toEqual({ LEVEL: 'debug' });
  expect(Object(AlgorithmSpecification).TrainingImage).toContain('/acme/forecast/train@sha256:');
  expect(planned).toMatchObject(JSON.parse(JSON.stringify(rest).replaceAll('111122223333', 'ACCOUNT_ID')));
  const [result = ''] = await stage.comments();
  expect(result).toContain('Training passed');
  expect(result).not.toContain('Plan:');
});

test('a plan stands below an earlier result, which stays as it is, and below it alone; the next result takes its place', async () => {
  await using stage = await Stage.open({ name: 'plan-beside', jobs: [COMPLETES, COMPLETES] });
  await stage.main(runNumber('100'));
  const [result = ''] = await stage.comments();
  const [shown = '', hidden = ''] = result.split(/\n\n(?=<!-- train-history)/);
  const different = { hyperparameters: 'epochs: 4' };
  for (const id of ['101', '102']) await stage.main({ ...runNumber(id), inputs: { ...PLAN, ...different } });

  const comments = await stage.comments();
  expect(comments).toHaveLength(1);
  const [both = ''] = comments;
  expect(both.startsWith(`${shown}\n\n---\n\n### 📋 Plan: a new training`)).toBe(true);
  expect(both.endsWith(`\n${hidden}`)).toBe(true);
  expect(both.match(/### /g)).toHaveLength(2);
  expect(both).toContain('/actions/runs/102/');
  expect(both).not.toContain('/actions/runs/101/');

  const { statuses } = await stage.github();
  expect(statuses.map(({ state }) => state)).toEqual(['pending', 'success']);
  await stage.main({ ...runNumber('103'), inputs: different });
  const [last = ''] = await stage.comments();
  expect(last).not.toContain('Plan:');
  expect(last).toContain('2 runs of this pull request');
});

test('what has completed is told to be reported again, what runs to be followed', async () => {
  await using stage = await Stage.open({ name: 'plan-existing', jobs: [COMPLETES, TRAINS_ON] });
  const { outputs } = await stage.main(runNumber('100'));
  const seen = (await stage.ledger()).length;
  const again = await stage.main({ ...runNumber('101'), inputs: PLAN });
  expectOnlyReads((await stage.ledger()).slice(seen));
  expect(again.outputs).toMatchObject({ conclusion: 'success', 'job-name': outputs['job-name'] });
  expect(again.outputs['job-arn']).toBe(outputs['job-arn']);
  expect(again.summary).toContain('### 📋 Plan: an earlier result is reported again, at no cost');

  const running = stage.main({ ...runNumber('102'), inputs: { hyperparameters: 'epochs: 9', 'on-cancel': 'leave' } });
  await stage.when('GetLogEvents');
  await stage.when('CreateTrainingJob', 2);
  const follow = await stage.main({ ...runNumber('103'), inputs: { ...PLAN, hyperparameters: 'epochs: 9' } });
  stage.stopInConsole();
  const { outputs: live } = await running;
  expect(follow.summary).toContain('### 📋 Plan: the training that runs already is followed');
  expect(follow.outputs['job-name']).toBe(live['job-name']);
});

test('in script mode the program is packed and looked for, and not sent', async () => {
  await using stage = await Stage.open({ name: 'plan-script', jobs: [COMPLETES] });
  mkdirSync(join(stage.checkout.directory, 'training'));
  writeFileSync(join(stage.checkout.directory, 'training/train.py'), 'print("val_mape=0.05")\n');
  const inputs = { 'source-dir': 'training', 'entry-point': 'train.py' };
  const before = await stage.main({ inputs: { ...inputs, ...PLAN } });
  expectOnlyReads(await stage.ledger());
  expect(before.summary).toMatch(
    /`training\/train\.py`, to be uploaded to `s3:\/\/acme-ml\/train\/source\/[0-9a-f]{64}/,
  );
  const trained = await stage.main({ inputs });
  expect(trained.outputs['job-name']).toBe(before.outputs['job-name']);
  const after = await stage.main({ inputs: { ...inputs, ...PLAN, hyperparameters: 'epochs: 1' } });
  expect(after.summary).toContain('`training/train.py`, unchanged, already at `s3://acme-ml/train/source/');
});

const DENIED = { faults: [{ service: 'ecr', operation: 'BatchGetImage', kind: 'denied', times: 100 }] };

test.each([
  { what: 'does not exist', image: 'gone', script: {}, says: /^There is no image .*:gone.* in Amazon ECR/m },
  { what: 'cannot be read', image: 'ready', script: DENIED, says: /is not authorized to perform: ecr:BatchGetImage/ },
])('an image that $what is a plan that could not be made, beside the result', async ({ image, script, says }) => {
  await using stage = await Stage.open({ name: `plan-image-${image}` });
  await stage.main();
  const [result = ''] = await stage.comments();
  stage.change(script);
  const seen = (await stage.ledger()).length;
  const uri = stage.image.replace(/:ready$/, `:${image}`);
  const plan = await stage.main({ inputs: { ...PLAN, image: uri } });

  expect({ exit: plan.exitCode, conclusion: plan.outputs.conclusion }).toEqual({ exit: 1, conclusion: 'failure' });
  expect(plan.log).toMatch(/^::error::/m);
  expectOnlyReads((await stage.ledger()).slice(seen));
  const [comment = ''] = await stage.comments();
  expect(comment.startsWith(result.split('\n\n<!-- train-history')[0] ?? '-')).toBe(true);
  expect(comment).toContain('### ❌ Plan: it could not be made');
  expect(comment.replaceAll('`', '')).toMatch(says);
  expect(comment).toContain('**Next:** ');
});

test('bad input is told with everything that is wrong, and nothing is asked', async () => {
  await using stage = await Stage.open({ name: 'plan-bad-input' });
  const plan = await stage.main({ inputs: { ...PLAN, 'max-run': '1', gates: 'val_mape <', spot: 'maybe' } });
  expect(await stage.seen(plan)).toEqual({ exit: 1, conclusion: 'failure', statuses: [] });
  expect(plan.log).toContain('There are 3 mistakes in the inputs:');
  expect(await stage.ledger()).toEqual([]);
});

test('a fork gets no plan, for a plan needs credentials too', async () => {
  await using stage = await Stage.open({ name: 'plan-fork' });
  const plan = await stage.main({ inputs: PLAN, event: pullRequest(stage.checkout, { from: 'eve/forecast' }) });
  expect(await stage.seen(plan)).toEqual({ exit: 0, conclusion: 'skipped', statuses: [] });
  expect(await stage.ledger()).toEqual([]);
});
