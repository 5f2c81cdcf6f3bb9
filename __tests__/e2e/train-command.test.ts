import { describe, expect, test } from '@jest/globals';
import { issueComment, PULL_REQUEST, REPOSITORY, type Remark, refEnvironment } from './events.ts';
import { COMPLETES } from './jobs.ts';
import { tagsOf } from './seen.ts';
import { type Setting, Stage } from './stage.ts';

const COMMENTED: Pick<Setting, 'github'> = {
  github: {
    comments: [{ issue: PULL_REQUEST, body: '/train', user: 'ada' }],
    collaborators: { ada: 'write', grace: 'read', linus: 'triage', root: 'admin', mary: 'maintain' },
  },
};

/** The run of a comment is about the default branch; what it trains is not. */
async function comment(stage: Stage, remark: Omit<Remark, 'id'> = {}) {
  const id = (await stage.github()).comments[0]?.id ?? 0;
  return { event: issueComment({ id, ...remark }), env: refEnvironment('refs/heads/main', stage.checkout.baseSha) };
}

test('/train by a writer trains the head of the pull request', async () => {
  await using stage = await Stage.open({ name: 'train-writer', ...COMMENTED });
  const { headSha } = stage.checkout;
  const main = await stage.main(await comment(stage, { body: '/train\r\nplease' }));

  expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'success', statuses: ['pending', 'success'] });
  const tags = tagsOf((await stage.calls('CreateTrainingJob'))[0]);
  expect(tags).toMatchObject({ 'train-commit': headSha, 'train-pull-request': '7' });
  expect(tags['train-branch']).toMatch(/^feature-longer--/);
  const { reactions, statuses } = await stage.github();
  expect(reactions.map(({ content }) => content)).toEqual(['eyes']);
  expect(statuses.map(({ sha }) => sha)).toEqual([headSha, headSha]);
  expect((await stage.comments())[0]).toContain(headSha.slice(0, 7));
});

test('/train reports what is known of the commit; /train fresh trains it once more, from zero', async () => {
  await using stage = await Stage.open({ name: 'train-fresh', ...COMMENTED, jobs: [{ ...COMPLETES, match: '*' }] });
  expect((await stage.main(await comment(stage))).outputs.conclusion).toBe('success');
  expect((await stage.main(await comment(stage))).outputs.conclusion).toBe('success');
  expect(await stage.calls('CreateTrainingJob')).toHaveLength(1);

  const main = await stage.main(await comment(stage, { body: '/train fresh' }));
  expect(main.outputs.conclusion).toBe('success');
  const [first, again] = await stage.calls('CreateTrainingJob');
  const placeOf = (call: typeof first) =>
    (call?.request as { CheckpointConfig?: { S3Uri?: string } } | undefined)?.CheckpointConfig?.S3Uri;
  expect(placeOf(again)).toBe(placeOf(first)?.replace(/\/$/, '-r2/'));
});

describe('what is not obeyed', () => {
  test.each([
    { who: 'a reader', name: 'train-reader', user: 'grace', policy: 'skip', exit: 0, says: 'read permission' },
    { who: 'a triager', name: 'train-triage', user: 'linus', policy: 'skip', exit: 0, says: 'read permission' },
    { who: 'a stranger', name: 'train-stranger', user: 'eve', policy: 'fail', exit: 1, says: 'write is needed' },
  ])('/train by $who is skipped with a reaction, and on-untrusted: $policy exits $exit', async (row) => {
    await using stage = await Stage.open({ name: row.name, ...COMMENTED });
    const { event, env } = await comment(stage, { user: row.user });
    const main = await stage.main({ event, env, inputs: { 'on-untrusted': row.policy } });

    expect(await stage.seen(main)).toEqual({ exit: row.exit, conclusion: 'skipped', statuses: [] });
    expect(main.log).toContain(`${row.user} asked for \`/train\``);
    expect(main.log).toContain(row.says);
    expect((await stage.github()).reactions.map(({ content }) => content)).toEqual(['confused']);
    expect(await stage.awsCalls()).toEqual([]);
  });

  test.each([
    { what: 'an edited comment', name: 'train-edited', remark: { action: 'edited' }, says: 'edited' },
    { what: 'a deleted comment', name: 'train-deleted', remark: { action: 'deleted' }, says: 'only a new comment' },
    { what: 'a comment on an issue', name: 'train-issue', remark: { onPullRequest: false }, says: 'pull request' },
    { what: 'other words', name: 'train-other', remark: { body: 'Let us /train it' }, says: 'not `/train`' },
    { what: 'a longer word', name: 'train-longer', remark: { body: '/training now' }, says: 'not `/train`' },
  ] as const)('$what is no command: green, and nobody is asked anything', async ({ name, remark, says }) => {
    await using stage = await Stage.open({ name, ...COMMENTED });
    const main = await stage.main(await comment(stage, remark));

    expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'skipped', statuses: [] });
    expect(main.log).toContain('::notice::Nothing to do');
    expect(main.log).toContain(says);
    expect(await stage.ledger()).toEqual([]);
  });

  test.each(['stop', 'now', 'fresh now'])(
    '/train %s is no command of this version, and that is said',
    async (argument) => {
      await using stage = await Stage.open({ name: `train-${argument.replace(' ', '-')}`, ...COMMENTED });
      const main = await stage.main(await comment(stage, { body: `/train ${argument}` }));

      expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: [] });
      expect(main.log).toContain(
        `\`/train ${argument}\` is not a command of this version; \`/train\` and \`/train fresh\` are`,
      );
      expect((await stage.github()).reactions.map(({ content }) => content)).toEqual(['confused']);
      expect(await stage.awsCalls()).toEqual([]);
    },
  );

  test('/train on the pull request of a fork is not trained, whoever asks', async () => {
    const pull = { number: PULL_REQUEST, head: { sha: '7'.repeat(40), ref: 'x', repository: 'mallory/forecast' } };
    await using stage = await Stage.open({ name: 'train-fork', github: { ...COMMENTED.github, pulls: [pull] } });
    const main = await stage.main(await comment(stage, { user: 'root' }));

    expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'skipped', statuses: [] });
    expect(main.log).toContain('the pull request comes from mallory/forecast');
    expect(await stage.awsCalls()).toEqual([]);
  });
});

test('when the head moves before the job is created, nothing is created and no status is written', async () => {
  const faults = [{ service: 's3', operation: 'ListObjectsV2', kind: 'slow', seconds: 10 }];
  await using stage = await Stage.open({ name: 'train-moved', ...COMMENTED, script: { faults } });
  const newer = '9'.repeat(40);
  const pull = { number: PULL_REQUEST, head: { sha: newer, ref: stage.checkout.headRef } };
  const { event, env } = await comment(stage);
  const running = stage.main({ event, env });
  // By now the head was read for the first time.
  await stage.when('ListObjectsV2');
  stage.change({ github: { repository: REPOSITORY, pulls: [pull], ...COMMENTED.github } });
  const main = await running;

  expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'cancelled', statuses: [] });
  expect(await stage.calls('CreateTrainingJob')).toEqual([]);
  expect(await stage.calls('POST /repos/{owner}/{repo}/statuses/{sha}')).toEqual([]);
  expect((await stage.comments())[0]).toContain(`A newer commit, \`${newer.slice(0, 7)}\`, was pushed`);
  expect(main.state['job-name']).toBeUndefined();
});
