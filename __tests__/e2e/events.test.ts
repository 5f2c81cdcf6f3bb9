import { describe, expect, test } from '@jest/globals';
import type { Checkout } from './checkout.ts';
import { mergeGroup, PULL_REQUEST, plain, pullRequest, refEnvironment, workflowRun } from './events.ts';
import { tagsOf } from './seen.ts';
import { type Run, Stage } from './stage.ts';

interface Case {
  readonly event: string;
  readonly name: string;
  readonly run: (checkout: Checkout) => Run;
  /** The branch whose slug the job is tagged with. */
  readonly branch: string;
  /** Whether the run ends with a comment on the pull request. */
  readonly comments: boolean;
}

const FEATURE = /^feature-longer--[0-9a-f]{8}$/.source;

const ABOUT_THE_HEAD: readonly Case[] = [
  {
    event: 'pull_request_target',
    name: 'event-target',
    run: (checkout) => ({
      event: pullRequest(checkout, { name: 'pull_request_target' }),
      env: refEnvironment('refs/heads/main', checkout.baseSha),
    }),
    branch: FEATURE,
    comments: true,
  },
  {
    event: 'a push to a branch that has a pull request',
    name: 'event-push',
    run: ({ headSha, headRef }) => ({
      event: plain('push', { ref: `refs/heads/${headRef}`, deleted: false }),
      env: refEnvironment(`refs/heads/${headRef}`, headSha),
    }),
    branch: FEATURE,
    comments: true,
  },
  {
    event: 'a push of a tag',
    name: 'event-tag',
    run: ({ headSha }) => ({
      event: plain('push', { ref: 'refs/tags/v1.2.0', deleted: false }),
      env: refEnvironment('refs/tags/v1.2.0', headSha),
    }),
    branch: /^v1\.2\.0$/.source,
    comments: true,
  },
  {
    event: 'workflow_dispatch',
    name: 'event-dispatch',
    run: ({ headSha }) => ({
      event: plain('workflow_dispatch', { inputs: {} }),
      env: refEnvironment('refs/heads/main', headSha),
    }),
    branch: '^main$',
    comments: true,
  },
  {
    event: 'workflow_run',
    name: 'event-workflow-run',
    run: (checkout) => ({ event: workflowRun(checkout), env: refEnvironment('refs/heads/main', checkout.baseSha) }),
    branch: FEATURE,
    comments: true,
  },
  {
    event: 'merge_group',
    name: 'event-merge-group',
    run: ({ headSha }) => ({
      event: mergeGroup(headSha, 'release/2'),
      env: refEnvironment(`refs/heads/gh-readonly-queue/release/2/pr-7-${'5'.repeat(40)}`, headSha),
    }),
    branch: /^release-2--[0-9a-f]{8}$/.source,
    comments: true,
  },
  {
    event: 'schedule',
    name: 'event-schedule',
    run: ({ headSha }) => ({
      event: plain('schedule', { schedule: '0 3 * * *' }),
      env: refEnvironment('refs/heads/main', headSha),
    }),
    branch: '^main$',
    comments: false,
  },
];

describe('which commit and which branch', () => {
  test.each(ABOUT_THE_HEAD)('$event trains the commit it is about', async ({ name, run, branch, comments }) => {
    await using stage = await Stage.open({ name });
    const { headSha } = stage.checkout;
    const main = await stage.main(run(stage.checkout));

    expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'success', statuses: ['pending', 'success'] });
    const [create] = await stage.calls('CreateTrainingJob');
    const tags = tagsOf(create);
    expect(tags).toMatchObject({ 'train-commit': headSha, 'train-tree': headSha, 'train-wait': 'run:4711' });
    expect(tags['train-branch']).toMatch(new RegExp(branch));
    expect(tags['train-pull-request']).toBe(comments ? String(PULL_REQUEST) : undefined);
    expect(new Set((await stage.github()).statuses.map(({ sha }) => sha))).toEqual(new Set([headSha]));
    expect((await stage.comments()).length).toBe(comments ? 1 : 0);
  });

  test('a push that deletes a branch starts nothing and is green', async () => {
    await using stage = await Stage.open({ name: 'event-deleted' });
    const { main, post } = await stage.run({
      event: plain('push', { ref: 'refs/heads/feature/longer', deleted: true }),
      env: refEnvironment('refs/heads/feature/longer', '0'.repeat(40)),
    });

    expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'skipped', statuses: [] });
    expect(main.log).toContain('::notice::Nothing to do: the push deleted a ref');
    expect(post.exitCode).toBe(0);
    expect(await stage.ledger()).toEqual([]);
  });

  test('an event without a commit is refused in words', async () => {
    await using stage = await Stage.open({ name: 'event-without-commit' });
    const main = await stage.main({ event: plain('merge_group', { action: 'checks_requested' }) });

    expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: [] });
    expect(main.log).toContain('the merge_group event does not say which commit and branch it is about');
    expect(await stage.ledger()).toEqual([]);
  });
});
