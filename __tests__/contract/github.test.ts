import { afterEach, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../local-cloud/start.ts';
import { openGitHub } from '../../src/adapters/github.ts';
import type { Comment, GitHub } from '../../src/ports.ts';
import { publishStatus, upsertComment } from '../../src/report/publish.ts';
import { asClean } from '../fixtures/reports.ts';

const SHA = '4f1d2c3b5a69788796a5b4c3d2e1f00112233445';
const MARKER = '<!-- train-on-sagemaker:forecast -->';
const PULL = { number: 7, head: { sha: SHA, ref: 'feature/longer-history' }, base: { ref: 'main' } };

let local: LocalCloud | undefined;
afterEach(async () => {
  await local?.close();
  local = undefined;
});

async function open(
  github: Record<string, unknown> = {},
  faults: readonly Record<string, unknown>[] = [],
): Promise<GitHub> {
  local = await startLocalCloud({
    script: {
      github: { repository: 'acme/demand', pulls: [PULL], ...github },
      faults: faults.map((fault) => ({ service: 'github', ...fault })),
    },
  });
  const { env, githubApi } = local;
  return openGitHub({ token: env.GITHUB_TOKEN ?? '', apiUrl: githubApi }, 'acme/demand');
}

function operations(): string[] {
  return (local?.cloud.ledger.entries() ?? []).map(({ operation }) => operation.replace('/repos/{owner}/{repo}', ''));
}

async function all(comments: AsyncIterable<Comment>): Promise<Comment[]> {
  const found: Comment[] = [];
  for await (const comment of comments) found.push(comment);
  return found;
}

const upsert = (github: GitHub, text: string, known?: number) =>
  upsertComment({ github, issue: 7, marker: MARKER, body: () => asClean(`${MARKER}\n${text}`), known, runId: '1' });

describe('the GitHub adapter', () => {
  it('reads pull requests by number and by commit, permissions, and writes statuses and reactions', async () => {
    const github = await open({ collaborators: { ada: 'maintain', bob: 'triage' } });
    const expected = {
      number: 7,
      headSha: SHA,
      headRef: 'feature/longer-history',
      headRepository: 'acme/demand',
      baseRef: 'main',
      state: 'open',
      merged: false,
      mergeCommitSha: undefined,
    };
    expect(await github.pullRequest(7)).toEqual(expected);
    expect(await github.pullRequestsOfCommit(SHA)).toEqual([expected]);
    expect(await github.permission('ada')).toBe('write');
    expect(await github.permission('bob')).toBe('read');
    const comment = await github.createComment(7, asClean('hello'));
    await github.react(comment.id, 'eyes');
    await github.deleteComment(comment.id);
    await github.deleteComment(comment.id);
    expect(await github.comment(comment.id)).toBeUndefined();
    const description = asClean('Training passed');
    await github.setStatus({ sha: SHA, state: 'success', context: 'train / forecast', description });
    expect(local?.cloud.ledger.entries().at(-1)?.response).toMatchObject({
      state: 'success',
      context: 'train / forecast',
      description: 'Training passed',
      target_url: null,
    });
  });

  it('knows a fork that was deleted', async () => {
    const github = await open({ pulls: [{ ...PULL, head: { ...PULL.head, repository: null } }] });
    expect((await github.pullRequest(7)).headRepository).toBeNull();
  });

  it('reads every page of comments, oldest first', async () => {
    const comments = Array.from({ length: 250 }, (_, index) => ({ issue: 7, body: `comment ${index}`, user: 'ada' }));
    const github = await open({ comments });
    const found = await all(github.comments(7));
    expect(found.map(({ body }) => body)).toEqual(comments.map(({ body }) => body));
    expect(operations()).toHaveLength(3);
    expect(found[0]?.author).toEqual({ login: 'ada', type: 'User' });
  });

  it.each<
    [
      string,
      { pull?: number; permissions?: Record<string, string>; private?: boolean },
      { status: number; message?: RegExp },
    ]
  >([
    ['a refusal', { pull: 8 }, { status: 404, message: /Not Found/ }],
    ['a missing permission', { permissions: { 'pull-requests': 'none' }, private: true }, { status: 403 }],
  ])('tells %s with its status', async (_, { pull = 7, ...script }, expected) => {
    const github = await open(script);
    await expect(github.pullRequest(pull)).rejects.toMatchObject({
      name: 'GitHubError',
      ...expected,
      ...(expected.message ? { message: expect.stringMatching(expected.message) } : {}),
    });
  });

  it.each(['500', 'reset', 'malformed'])('tries again after %s', async (kind) => {
    const github = await open({}, [{ operation: 'GET *', kind }]);
    expect((await github.pullRequest(7)).number).toBe(7);
    expect(operations()).toHaveLength(2);
  });

  it('waits for a rate limit that is short', async () => {
    const github = await open({}, [{ operation: 'GET *', kind: 'throttle', seconds: 1 }]);
    expect((await github.pullRequest(7)).number).toBe(7);
    expect(operations()).toHaveLength(2);
  });

  it('does not wait for a rate limit that is long', async () => {
    const github = await open({}, [{ operation: 'GET *', kind: 'throttle', seconds: 600 }]);
    await expect(github.pullRequest(7)).rejects.toMatchObject({ name: 'GitHubError' });
    expect(operations()).toHaveLength(1);
  });
});

describe('the comment on a real API', () => {
  it('is found among 150 others, passes over a person who planted its marker, and is edited in place', async () => {
    const others = Array.from({ length: 150 }, (_, index) => ({ issue: 7, body: `comment ${index}`, user: 'ada' }));
    const github = await open({ comments: [{ issue: 7, body: `${MARKER}\nplanted`, user: 'mallory' }, ...others] });
    const first = await upsert(github, 'running');
    const second = await upsert(github, 'passed');
    expect(second).toEqual(first);
    const bodies = (await all(github.comments(7))).map(({ body }) => body);
    expect(bodies).toHaveLength(152);
    expect(bodies[0]).toBe(`${MARKER}\nplanted`);
    expect(bodies.at(-1)).toBe(`${MARKER}\npassed`);
  });

  it('exists once even when the answer to its creation was lost', async () => {
    const github = await open({}, [{ operation: 'POST *comments', kind: '500', performed: true }]);
    expect(await upsert(github, 'running')).toMatchObject({ ok: true });
    expect(await all(github.comments(7))).toHaveLength(1);
  });

  it('comes to a warning that names the permission when the token may not write', async () => {
    const github = await open({ permissions: { 'pull-requests': 'read', statuses: 'read' } });
    const comment = await upsert(github, 'running');
    expect(comment).toMatchObject({ ok: false, warning: expect.stringContaining('`pull-requests: write`') });
    expect(comment).toMatchObject({ warning: expect.stringContaining('issues=write; pull_requests=write') });
    const description = asClean('Training passed');
    const status = await publishStatus(github, { sha: SHA, state: 'success', context: 'train', description });
    expect(status).toMatchObject({ ok: false, warning: expect.stringContaining('`statuses: write`') });
  });
});
