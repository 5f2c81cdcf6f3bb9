import { describe, expect, test } from '@jest/globals';
import { COMPLETES, failed, job } from './jobs.ts';
import { type Setting, Stage } from './stage.ts';

const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const SUCCESS = { exit: 0, conclusion: 'success' };

const warningsIn = (log: string) => log.match(/^::warning::.*$/gm) ?? [];

interface Case {
  readonly what: string;
  readonly setting: Setting;
  readonly warnings: readonly RegExp[];
  readonly statuses: readonly string[];
  readonly comments: number;
}

const CASES: readonly Case[] = [
  {
    what: 'pull-requests: write is missing',
    setting: { name: 'surface-no-comment', github: { permissions: { 'pull-requests': 'read' } } },
    warnings: [/^::warning::The pull request comment could not be written: .*`pull-requests: write`/],
    statuses: ['pending', 'success'],
    comments: 0,
  },
  {
    what: 'statuses: write is missing',
    setting: { name: 'surface-no-status', github: { permissions: { statuses: 'read' } } },
    warnings: [/^::warning::The commit status could not be written: .*`statuses: write`/],
    statuses: [],
    comments: 1,
  },
  {
    what: 'GitHub fails for the whole run',
    setting: {
      name: 'surface-github-500',
      script: { faults: [{ service: 'github', operation: '*', kind: '500', times: 100_000 }] },
    },
    warnings: [
      /^::warning::The commit status could not be written: .*502/,
      /^::warning::The pull request comment could not be written: .*502/,
    ],
    statuses: [],
    comments: 0,
  },
];

describe('GitHub refuses', () => {
  test.each(CASES)('$what: one warning each, the verdict stands', async ({ setting, ...row }) => {
    await using stage = await Stage.open(setting);
    const { main, post } = await stage.run();

    expect(await stage.seen(main)).toEqual({ ...SUCCESS, statuses: row.statuses });
    const warnings = warningsIn(main.log);
    expect(warnings).toHaveLength(row.warnings.length);
    for (const [index, pattern] of row.warnings.entries()) expect(warnings[index]).toMatch(pattern);
    expect(await stage.comments()).toHaveLength(row.comments);
    expect(main.summary).toContain('Training passed');
    expect(post.exitCode).toBe(0);
    expect(warningsIn(post.log)).toEqual([]);
  });

  test('everything: a failed job stays a failure, and neither refusal hides why', async () => {
    const permissions = { 'pull-requests': 'read', statuses: 'read' };
    await using stage = await Stage.open({
      name: 'surface-nothing',
      jobs: [failed('AlgorithmError: boom, exit code: 1')],
      github: { permissions },
    });
    const main = await stage.main();

    expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: [] });
    expect(warningsIn(main.log)).toHaveLength(2);
    expect(main.log).toMatch(/^::error::Training failed: the program raised an exception/m);
    expect(main.summary).toContain('AlgorithmError: boom, exit code: 1');
  });
});

test('comment: off asks for no comment and writes the status all the same', async () => {
  await using stage = await Stage.open({ name: 'surface-comment-off' });
  const main = await stage.main({ inputs: { comment: 'off', 'status-context': 'models/forecast' } });

  expect(await stage.seen(main)).toEqual({ ...SUCCESS, statuses: ['pending', 'success'] });
  const operations = (await stage.ledger()).filter(({ service }) => service === 'github');
  expect(operations.filter(({ operation }) => operation.includes('comments'))).toEqual([]);
  expect(main.outputs['comment-url']).toBe('');
  const contexts = (await stage.github()).statuses.map(({ context }) => context);
  expect(contexts).toEqual(['models/forecast', 'models/forecast']);
});

const LONGER = { status: 'Training', seconds: 150 };

test('a comment that somebody deletes meanwhile is written anew, once', async () => {
  await using stage = await Stage.open({
    name: 'surface-deleted',
    jobs: [job(['val_mape=0.05'], { phases: [LONGER] })],
  });
  const running = stage.main();
  await stage.when('GetLogEvents');
  const first = (await stage.github()).comments[0]?.id;
  const answer = await fetch(`${stage.local.githubApi}/repos/acme/forecast/issues/comments/${first}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${stage.local.env.GITHUB_TOKEN}` },
  });
  const main = await running;

  expect(answer.status).toBe(204);
  expect(await stage.seen(main)).toEqual({ ...SUCCESS, statuses: ['pending', 'success'] });
  const comments = await stage.comments();
  expect(comments).toHaveLength(1);
  expect(comments[0]).toContain('Training passed');
  expect(main.outputs['comment-url']).not.toContain(String(first));
});

test('the comment of a person who copied our marker is left alone', async () => {
  const body = '<!-- train-on-sagemaker:train -->\nMine.';
  await using stage = await Stage.open({ name: 'surface-copied', github: { comments: [{ issue: 7, body }] } });
  const main = await stage.main();

  expect(await stage.seen(main)).toMatchObject(SUCCESS);
  const [theirs, ours = ''] = await stage.comments();
  expect(theirs).toBe(body);
  expect(ours).toContain('Training passed');
});

test('a comment whose answer was lost is not written twice', async () => {
  const faults = [{ service: 'github', operation: `POST ${COMMENTS}`, kind: 'reset', performed: true }];
  await using stage = await Stage.open({ name: 'surface-lost-answer', script: { faults } });
  const main = await stage.main();

  expect(await stage.seen(main)).toMatchObject(SUCCESS);
  expect(await stage.comments()).toHaveLength(1);
  expect((await stage.comments())[0]).toContain('Training passed');
});

test('two legs of a matrix on one pull request never touch each other’s comment or status', async () => {
  await using stage = await Stage.open({ name: 'surface-matrix', jobs: [COMPLETES, failed('AlgorithmError: boom')] });
  const first = await stage.main({ matrix: { model: 'small', seed: 1 } });
  const second = await stage.main({ matrix: { model: 'large', seed: 1 } });
  const again = await stage.main({ matrix: { model: 'small', seed: 1 } });

  expect([first, second, again].map(({ exitCode }) => exitCode)).toEqual([0, 1, 0]);
  const comments = await stage.comments();
  expect(comments.map((body) => body.split('\n')[0])).toEqual([
    '<!-- train-on-sagemaker:train-small-1 -->',
    '<!-- train-on-sagemaker:train-large-1 -->',
  ]);
  expect(comments[0]).toContain('Training passed');
  expect(comments[1]).toContain('Training failed');
  const { statuses } = await stage.github();
  const last = new Map(statuses.map(({ context, state }) => [context, state]));
  expect(Object.fromEntries(last)).toEqual({
    'train-on-sagemaker / train-small-1': 'success',
    'train-on-sagemaker / train-large-1': 'failure',
  });
  expect(first.outputs['checkpoint-uri']).not.toBe(second.outputs['checkpoint-uri']);
});
