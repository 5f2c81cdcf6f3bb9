import { expect, test } from '@jest/globals';
import { PULL_REQUEST, plain, pullRequest, workflowRun } from './events.ts';
import { type Run, Stage } from './stage.ts';

interface Case {
  readonly what: string;
  readonly name: string;
  readonly run: (stage: Stage) => Run;
  readonly says: string;
}

const CASES: readonly Case[] = [
  {
    what: 'a pull request of a fork',
    name: 'untrusted-fork',
    run: ({ checkout }) => ({ event: pullRequest(checkout, { from: 'mallory/forecast' }) }),
    says: 'the pull request comes from mallory/forecast',
  },
  {
    what: 'a fork under pull_request_target',
    name: 'untrusted-target',
    run: ({ checkout }) => ({
      event: pullRequest(checkout, { name: 'pull_request_target', from: 'mallory/forecast' }),
    }),
    says: 'the pull request comes from mallory/forecast',
  },
  {
    what: 'a pull request whose fork was deleted',
    name: 'untrusted-deleted',
    run: ({ checkout }) => ({ event: pullRequest(checkout, { from: null }) }),
    says: 'the pull request comes from a deleted fork',
  },
  {
    what: 'a pull request of Dependabot',
    name: 'untrusted-dependabot',
    run: () => ({ env: { GITHUB_ACTOR: 'dependabot[bot]' } }),
    says: 'Dependabot started this run',
  },
  {
    what: 'a push of Dependabot',
    name: 'untrusted-dependabot-push',
    run: () => ({ event: plain('push'), env: { GITHUB_ACTOR: 'dependabot[bot]' } }),
    says: 'Dependabot started this run',
  },
  {
    what: 'a workflow run of a fork',
    name: 'untrusted-workflow-run',
    run: ({ checkout }) => ({ event: workflowRun(checkout, { from: 'mallory/forecast' }) }),
    says: 'the workflow run was started from mallory/forecast',
  },
  {
    what: 'a workflow run of a deleted fork',
    name: 'untrusted-workflow-run-deleted',
    run: ({ checkout }) => ({ event: workflowRun(checkout, { from: null }) }),
    says: 'the workflow run was started from a deleted fork',
  },
  {
    what: 'a workflow run of Dependabot',
    name: 'untrusted-workflow-run-dependabot',
    run: ({ checkout }) => ({ event: workflowRun(checkout, { actor: 'dependabot[bot]' }) }),
    says: 'Dependabot started the workflow run',
  },
];

test.each(CASES)('$what is skipped without a call, and fails only if asked to', async ({ name, run, says }) => {
  // With the checkout and credentials all there: the decision, not their absence, is what keeps the code out.
  await using stage = await Stage.open({ name });
  const skipped = await stage.run(run(stage));
  const refused = await stage.main({ ...run(stage), inputs: { 'on-untrusted': 'fail' } });

  expect(await stage.seen(skipped.main)).toEqual({ exit: 0, conclusion: 'skipped', statuses: [] });
  expect(skipped.main.log).toMatch(/^::notice::Not trained: /m);
  expect(skipped.post.exitCode).toBe(0);
  expect(await stage.seen(refused)).toEqual({ exit: 1, conclusion: 'skipped', statuses: [] });
  expect(refused.log).toMatch(/^::error::Not trained: /m);
  for (const text of [skipped.main.log, refused.log]) {
    expect(text).toContain(says);
    expect(text).toContain('Code of strangers is never built');
  }
  expect(skipped.main.outputs).not.toHaveProperty('job-name');
  expect(await stage.ledger()).toEqual([]);
});

test('the name of a fork cannot become Markdown in the summary', async () => {
  await using stage = await Stage.open({ name: 'untrusted-name' });
  const main = await stage.main({ event: pullRequest(stage.checkout, { from: 'm/<img src=x>[a](b)`@acme/all' }) });

  expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'skipped', statuses: [] });
  expect(main.summary).not.toMatch(/[<>[\]`@]/);
  expect(await stage.ledger()).toEqual([]);
});

test('a branch of the own repository with the number of a pull request is no fork', async () => {
  await using stage = await Stage.open({ name: 'trusted-branch', headRef: `pull/${PULL_REQUEST}/head` });
  const main = await stage.main();

  expect(await stage.seen(main)).toMatchObject({ exit: 0, conclusion: 'success' });
});
