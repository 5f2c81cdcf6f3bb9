import { getOctokit } from '@actions/github';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { postScript } from './harness.ts';

const ours = { owner: 'octo', repo: 'forecast' };
const sha = 'a'.repeat(40);
const pull = { number: 7, title: 'Better', head: { sha, ref: 'feature/x' } };
const fork = { number: 8, head: { sha: 'b'.repeat(40), ref: 'patch', repository: 'stranger/forecast' } };
const orphan = { number: 9, merged: true, mergeCommitSha: 'c'.repeat(40), head: { repository: null } };
const world = {
  pulls: [pull, fork, orphan],
  comments: [
    { issue: 7, times: 150 },
    { issue: 5, body: 'an issue' },
  ],
  runs: [{ id: 42, status: 'completed', conclusion: 'cancelled' }],
};
let local: LocalCloud;
let octokit: ReturnType<typeof getOctokit>;

beforeAll(async () => {
  local = await startLocalCloud({ script: { github: world } });
  octokit = getOctokit(local.env.GITHUB_TOKEN ?? '', {
    baseUrl: local.githubApi,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
});
beforeEach(() => local.cloud.reset());
afterAll(() => local.close());

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => ({ status: 0, message: '' }),
    (error) => ({ status: error.status as number, message: error.message as string, headers: error.response?.headers }),
  );

describe('the local GitHub', () => {
  it('pages through 150 comments, oldest first, by its Link header', async () => {
    const all = await octokit.paginate(octokit.rest.issues.listComments, { ...ours, issue_number: 7, per_page: 100 });
    expect(all).toHaveLength(150);
    expect(all.map((comment) => comment.body)).toEqual(Array.from({ length: 150 }, (_, index) => `Comment ${index}`));
    const first = await octokit.rest.issues.listComments({ ...ours, issue_number: 7 });
    expect(first.data).toHaveLength(30);
    expect(first.headers.link).toMatch(/page=2>; rel="next", <.*page=5>; rel="last"/);
  });

  it('keeps comments as the workflow’s bot, changes them, and reacts once', async () => {
    const { data: made } = await octokit.rest.issues.createComment({ ...ours, issue_number: 7, body: 'hi' });
    expect(made.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot' });
    expect(made.html_url).toBe(`https://github.com/octo/forecast/pull/7#issuecomment-${made.id}`);
    await octokit.rest.issues.updateComment({ ...ours, comment_id: made.id, body: 'changed' });
    expect((await octokit.rest.issues.getComment({ ...ours, comment_id: made.id })).data.body).toBe('changed');
    const react = () =>
      octokit.rest.reactions.createForIssueComment({ ...ours, comment_id: made.id, content: 'rocket' });
    expect([(await react()).status, (await react()).status]).toEqual([201, 200]);
    const stored = (await (await fetch(`${local.url}/_local/github`)).json()) as {
      comments: { body: string }[];
      reactions: unknown[];
    };
    expect(stored.comments.at(-1)).toMatchObject({ issue: 7, body: 'changed', user: { login: 'github-actions[bot]' } });
    expect(stored.reactions).toHaveLength(1);
  });

  it('writes as a person with a person’s token', async () => {
    await postScript(local, { github: { ...world, token: 'user' } });
    const { data } = await octokit.rest.issues.createComment({ ...ours, issue_number: 7, body: 'hi' });
    expect(data.user).toMatchObject({ login: 'octo', type: 'User' });
    expect((await octokit.rest.users.getAuthenticated()).data.login).toBe('octo');
  });

  it('reads pull requests by number, head and commit', async () => {
    expect((await octokit.rest.pulls.get({ ...ours, pull_number: 7 })).data).toMatchObject({
      head: { sha, ref: 'feature/x', repo: { full_name: 'octo/forecast' } },
      base: { ref: 'main' },
    });
    expect((await octokit.rest.pulls.get({ ...ours, pull_number: 8 })).data.head.repo).toMatchObject({
      full_name: 'stranger/forecast',
      fork: true,
    });
    expect((await octokit.rest.pulls.get({ ...ours, pull_number: 9 })).data).toMatchObject({
      state: 'closed',
      merged: true,
      head: { repo: null },
    });
    const byHead = async (head: string) =>
      (await octokit.rest.pulls.list({ ...ours, head })).data.map(({ number }) => number);
    expect(await byHead('octo:feature/x')).toEqual([7]);
    expect(await byHead('stranger:patch')).toEqual([8]);
    const byCommit = async (commit_sha: string) =>
      (await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...ours, commit_sha })).data.map(
        ({ number }) => number,
      );
    expect([await byCommit(sha), await byCommit('c'.repeat(40)), await byCommit('d'.repeat(40))]).toEqual([
      [7],
      [9],
      [],
    ]);
  });

  it('keeps commit statuses and combines the newest of each context', async () => {
    const set = (context: string, state: 'pending' | 'success' | 'failure') =>
      octokit.rest.repos.createCommitStatus({ ...ours, sha, context, state, description: context });
    await set('a', 'pending');
    await set('a', 'success');
    await set('b', 'failure');
    const { data } = await octokit.rest.repos.getCombinedStatusForRef({ ...ours, ref: sha });
    expect(data).toMatchObject({ state: 'failure', total_count: 2 });
    expect(
      (await octokit.rest.repos.listCommitStatusesForRef({ ...ours, ref: sha })).data.map(({ state }) => state),
    ).toEqual(['failure', 'success', 'pending']);
  });

  it('knows collaborators and runs', async () => {
    await postScript(local, { github: { ...world, collaborators: { ann: 'maintain', ben: 'triage' } } });
    const permission = async (username: string) =>
      (await octokit.rest.repos.getCollaboratorPermissionLevel({ ...ours, username })).data;
    expect(await permission('ann')).toMatchObject({ permission: 'write', role_name: 'maintain' });
    expect(await permission('ben')).toMatchObject({ permission: 'read', role_name: 'triage' });
    expect(await permission('cyd')).toMatchObject({ permission: 'read' });
    expect((await octokit.rest.actions.getWorkflowRun({ ...ours, run_id: 42 })).data).toMatchObject({
      status: 'completed',
      conclusion: 'cancelled',
    });
  });

  it.each([
    [
      'a body of 65,537 characters',
      () => octokit.rest.issues.createComment({ ...ours, issue_number: 7, body: 'x'.repeat(65_537) }),
      422,
      /Body is too long \(maximum is 65536 characters\)/,
    ],
    [
      'an empty body',
      () => octokit.rest.issues.createComment({ ...ours, issue_number: 7, body: ' ' }),
      422,
      /Body cannot be blank/,
    ],
    [
      'a description of 141 characters',
      () => octokit.rest.repos.createCommitStatus({ ...ours, sha, state: 'success', description: 'x'.repeat(141) }),
      422,
      /description is too long \(maximum is 140 characters\)/,
    ],
    [
      'an unknown state',
      () => octokit.rest.repos.createCommitStatus({ ...ours, sha, state: 'green' as 'success' }),
      422,
      /state is not included in the list/,
    ],
    [
      'a short sha',
      () => octokit.rest.repos.createCommitStatus({ ...ours, sha: 'abc', state: 'success' }),
      422,
      /No commit found for SHA: abc/,
    ],
    ['an unknown pull request', () => octokit.rest.pulls.get({ ...ours, pull_number: 1000 }), 404, /Not Found/],
    ['another repository', () => octokit.rest.repos.get({ owner: 'octo', repo: 'other' }), 404, /Not Found/],
    ['a call it does not have', () => octokit.request('GET /repos/{owner}/{repo}/topics', ours), 404, /Not Found/],
    [
      'GET /user with a workflow’s token',
      () => octokit.rest.users.getAuthenticated(),
      403,
      /Resource not accessible by integration/,
    ],
  ])('refuses %s', async (_what, call, status, message) => {
    const refused = await refusal(call());
    expect(refused.status).toBe(status);
    expect(refused.message).toMatch(message);
  });

  it.each([
    [
      'pull-requests',
      () => octokit.rest.issues.createComment({ ...ours, issue_number: 7, body: 'x' }),
      'issues=write; pull_requests=write',
    ],
    ['statuses', () => octokit.rest.repos.createCommitStatus({ ...ours, sha, state: 'success' }), 'statuses=write'],
  ])('says which permission is missing without %s: write', async (area, call, accepted) => {
    await postScript(local, { github: { ...world, permissions: { [area]: 'read' } } });
    expect(await refusal(call())).toMatchObject({
      status: 403,
      headers: { 'x-accepted-github-permissions': accepted },
    });
  });

  it('reads with too few permissions in a public repository, not in a private one', async () => {
    const permissions = { issues: 'none', 'pull-requests': 'none' };
    const read = () => refusal(octokit.rest.issues.listComments({ ...ours, issue_number: 7 }));
    await postScript(local, { github: { ...world, permissions } });
    expect(await read()).toMatchObject({ status: 0 });
    await postScript(local, { github: { ...world, permissions, private: true } });
    expect(await read()).toMatchObject({ status: 403 });
  });

  it('counts requests and refuses when none is left', async () => {
    await postScript(local, { github: { ...world, rateLimit: { limit: 1000, remaining: 1, resetSeconds: 60 } } });
    expect((await octokit.rest.repos.get(ours)).headers['x-ratelimit-remaining']).toBe('0');
    expect(await refusal(octokit.rest.repos.get(ours))).toMatchObject({
      status: 403,
      headers: { 'x-ratelimit-remaining': '0' },
    });
  });

  it.each([
    [undefined, 401, 'Requires authentication'],
    ['Bearer wrong', 401, 'Bad credentials'],
  ])('refuses the authorization %s', async (authorization, status, message) => {
    const response = await fetch(
      `${local.githubApi}/repos/octo/forecast`,
      authorization === undefined ? {} : { headers: { authorization } },
    );
    expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject({
      status: String(status),
      message,
    });
  });
});
