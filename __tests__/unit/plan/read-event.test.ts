import { describe, expect, it } from '@jest/globals';
import { readEvent } from '../../../src/plan/subject.ts';
import { SHA } from '../../fixtures/plans.ts';

const BASE = 'b'.repeat(40);
const ENV = { GITHUB_REPOSITORY: 'acme/demand', GITHUB_SHA: SHA, GITHUB_REF_NAME: 'main', GITHUB_ACTOR: 'ada' };
const HERE = { repository: { default_branch: 'trunk' } };
const REPO = { full_name: 'acme/demand' };
const pull = (over: object = {}) => ({
  ...HERE,
  pull_request: { number: 7, head: { sha: SHA, ref: 'feature/x', repo: REPO }, base: { ref: 'release/1.2' }, ...over },
});
const group = (base: string, head = `gh-readonly-queue/${base}/pr-12-${BASE}`) => ({
  ...HERE,
  merge_group: { head_sha: SHA, base_ref: `refs/heads/${base}`, head_ref: `refs/heads/${head}` },
});
const finished = (over: object = {}) => ({
  ...HERE,
  workflow_run: {
    head_sha: SHA,
    head_branch: 'feature/y',
    head_repository: REPO,
    actor: { login: 'ada' },
    pull_requests: [],
    ...over,
  },
});

const read = (event: string | undefined, payload: object, env: object = {}) =>
  readEvent({ ...ENV, ...(event && { GITHUB_EVENT_NAME: event }), ...env }, payload as Record<string, unknown>);

describe('the commit table', () => {
  const whole = {
    repository: 'acme/demand',
    sha: SHA,
    base: undefined,
    pullRequest: undefined,
    defaultBranch: 'trunk',
  };
  const ofHead = '${{ github.event.pull_request.head.sha }}';
  it.each([
    ['pull_request', pull(), { branch: 'feature/x', base: 'release/1.2', pullRequest: 7, checkoutRef: ofHead }],
    ['pull_request_target', pull(), { branch: 'feature/x', base: 'release/1.2', pullRequest: 7, checkoutRef: ofHead }],
    ['push', HERE, { branch: 'main', checkoutRef: '${{ github.sha }}' }],
    ['workflow_dispatch', HERE, { branch: 'main', checkoutRef: '${{ github.sha }}' }],
    ['schedule', HERE, { branch: 'main', checkoutRef: '${{ github.sha }}' }],
    ['release', HERE, { branch: 'main', checkoutRef: '${{ github.sha }}' }],
    ['merge_group', group('main'), { branch: 'main', base: 'main', pullRequest: 12 }],
    ['merge_group', group('release/1.x/hot'), { branch: 'release/1.x/hot', base: 'release/1.x/hot', pullRequest: 12 }],
    ['merge_group', group('main', 'some-other-queue'), { branch: 'main', base: 'main' }],
    ['workflow_run', finished(), { branch: 'feature/y', checkoutRef: '${{ github.event.workflow_run.head_sha }}' }],
    [
      'workflow_run',
      finished({ pull_requests: [{ number: 9, base: { ref: 'main' } }] }),
      { branch: 'feature/y', pullRequest: 9, base: 'main' },
    ],
  ])('%s', (event, payload, expected) => {
    expect(read(event, payload)).toMatchObject({ kind: 'subject', subject: { ...whole, event, ...expected } });
  });

  it('takes the head of a pull request, not the merge that GITHUB_SHA names', () => {
    expect(read('pull_request', pull(), { GITHUB_SHA: BASE })).toMatchObject({ subject: { sha: SHA } });
  });

  it.each(['`rm -rf /`', '$(id)', '"; echo 1', 'a\u202eb', '🙂/::error::', `${'x/'.repeat(120)}x`])(
    'takes the branch %j as it is: text, no more',
    (ref) => {
      const payload = pull({ head: { sha: SHA, ref, repo: REPO } });
      expect(read('pull_request', payload)).toMatchObject({ subject: { branch: ref } });
    },
  );

  it.each([
    ['no event name', undefined, HERE, {}],
    ['no commit', 'push', HERE, { GITHUB_SHA: undefined }],
    ['a commit that is none', 'pull_request', pull({ head: { sha: 'main', ref: 'x', repo: REPO } }), {}],
    ['a commit with more behind it', 'push', HERE, { GITHUB_SHA: `${SHA}\n::error::x` }],
    ['no branch', 'pull_request', pull({ head: { sha: SHA, repo: REPO } }), {}],
    ['an empty merge group', 'merge_group', { merge_group: null }, {}],
  ])('says what is missing for %s', (_, event, payload, env) => {
    expect(read(event, payload, env)).toMatchObject({ kind: 'unsupported' });
  });

  it('has nothing to train when a ref was deleted', () => {
    expect(read('push', { ...HERE, deleted: true })).toMatchObject({ kind: 'ignored' });
  });
});

describe('code of strangers', () => {
  const fork = { sha: SHA, ref: 'main', repo: { full_name: 'mallory/demand' } };
  const gone = { sha: SHA, ref: 'main', repo: null };
  it.each([
    ['a fork', 'pull_request', pull({ head: fork }), 'mallory/demand'],
    ['a fork with the credentials of the base', 'pull_request_target', pull({ head: fork }), 'mallory/demand'],
    ['a deleted fork', 'pull_request_target', pull({ head: gone }), 'deleted fork'],
    ['a review of a fork', 'pull_request_review', pull({ head: fork }), 'mallory/demand'],
    ['a review comment on a deleted fork', 'pull_request_review_comment', pull({ head: gone }), 'deleted fork'],
    [
      'a run of a fork',
      'workflow_run',
      finished({ head_repository: { full_name: 'mallory/demand' } }),
      'mallory/demand',
    ],
    ['a run of a deleted fork', 'workflow_run', finished({ head_repository: null }), 'deleted fork'],
    ['a run that Dependabot began', 'workflow_run', finished({ actor: { login: 'dependabot[bot]' } }), 'Dependabot'],
  ])('is not trusted: %s', (_, event, payload, why) => {
    expect(read(event, payload)).toMatchObject({ kind: 'untrusted', why: expect.stringContaining(why) });
  });

  it.each(['pull_request', 'pull_request_target', 'push', 'merge_group', 'workflow_run'])(
    'is what Dependabot starts by %s',
    (event) => {
      expect(read(event, pull(), { GITHUB_ACTOR: 'dependabot[bot]' })).toMatchObject({ kind: 'untrusted' });
    },
  );
});

describe('a comment', () => {
  const comment = (body: string, over: object = {}) => ({
    action: 'created',
    issue: { number: 7, pull_request: { url: 'https://api.github.com/x' } },
    comment: { id: 99, body, user: { login: 'bob' } },
    ...over,
  });

  it.each([
    ['/train', ''],
    ['/train  ', ''],
    ['/train\n\nplease', ''],
    ['/train\r\nplease', ''],
    ['/train fresh', 'fresh'],
    ['/train\tstop now ', 'stop now'],
  ])('%j is a command', (body, argument) => {
    expect(read('issue_comment', comment(body))).toEqual({
      kind: 'command',
      pullRequest: 7,
      commentId: 99,
      user: 'bob',
      argument,
    });
  });

  it.each([
    ['is edited', comment('/train', { action: 'edited' }), 'new comment'],
    ['is deleted', comment('/train', { action: 'deleted' }), 'new comment'],
    ['is on an issue', comment('/train', { issue: { number: 7 } }), 'not on a pull request'],
    ['speaks of it', comment('please /train'), 'not `/train`'],
    ['quotes it', comment('> /train'), 'not `/train`'],
    ['is another word', comment('/training'), 'not `/train`'],
    ['is empty', comment(''), 'not `/train`'],
  ])('that %s is ignored', (_, payload, why) => {
    expect(read('issue_comment', payload)).toEqual({ kind: 'ignored', why: expect.stringContaining(why) });
  });

  it('without a commenter cannot be obeyed', () => {
    const payload = comment('/train', { comment: { id: 99, body: '/train', user: null } });
    expect(read('issue_comment', payload)).toMatchObject({ kind: 'unsupported' });
  });
});
