import type { Comment, GitHub, PullRequest } from '../ports.ts';
import { type GitHubPlace, type Octokit, openClient } from './github-client.ts';
import { toGitHubError } from './github-error.ts';

/** GitHub's REST API for one repository (`owner/name`). Every failure is a `GitHubError`. */
export function openGitHub(place: GitHubPlace, repository: string): GitHub {
  const octokit = openClient(place);
  const [owner = '', repo = ''] = repository.split('/');
  const rest = octokit.rest;
  const here = { owner, repo };
  return {
    pullRequest: (number) =>
      told(async () => toPullRequest((await rest.pulls.get({ ...here, pull_number: number })).data)),
    pullRequestsOfCommit: (sha) =>
      told(async () => {
        const found = await octokit.paginate(rest.repos.listPullRequestsAssociatedWithCommit, {
          ...here,
          commit_sha: sha,
          per_page: 100,
        });
        return found.map(toPullRequest);
      }),
    permission: (user) =>
      told(async () => (await rest.repos.getCollaboratorPermissionLevel({ ...here, username: user })).data.permission),
    comments: (issue) => comments(octokit, { ...here, issue_number: issue, per_page: 100 }),
    comment: (id) =>
      told(async () => toComment((await rest.issues.getComment({ ...here, comment_id: id })).data)).catch((error) => {
        if (error.status === 404) return undefined;
        throw error;
      }),
    createComment: (issue, body) =>
      told(async () => {
        // Not repeated blindly: an answer that got lost would leave two comments. The caller looks first.
        const once = { request: { retries: 0 } };
        return toComment((await rest.issues.createComment({ ...here, issue_number: issue, body, ...once })).data);
      }),
    updateComment: (id, body) =>
      told(async () => toComment((await rest.issues.updateComment({ ...here, comment_id: id, body })).data)),
    deleteComment: (id) =>
      told(async () => {
        await rest.issues.deleteComment({ ...here, comment_id: id });
      }).catch((error) => {
        if (error.status !== 404) throw error;
      }),
    setStatus: ({ sha, state, context, description, targetUrl }) =>
      told(async () => {
        const target = targetUrl === undefined ? {} : { target_url: targetUrl };
        await rest.repos.createCommitStatus({ ...here, sha, state, context, description, ...target });
      }),
    runHasEnded: (id) => told(() => hasEnded(octokit, { ...here, run_id: Number(id) })),
    react: (commentId, content) =>
      told(async () => {
        await rest.reactions.createForIssueComment({ ...here, comment_id: commentId, content });
      }),
  };
}

/** A token that may not read runs can be answered 404 as well: that is no end. */
async function hasEnded(octokit: Octokit, run: { owner: string; repo: string; run_id: number }): Promise<boolean> {
  return (await octokit.rest.actions.getWorkflowRun(run)).data.status === 'completed';
}

async function* comments(
  octokit: Octokit,
  list: { owner: string; repo: string; issue_number: number; per_page: number },
): AsyncGenerator<Comment> {
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, list)[Symbol.asyncIterator]();
  for (;;) {
    const page = await told(() => pages.next());
    if (page.done) return;
    yield* page.value.data.map(toComment);
  }
}

interface WirePullRequest {
  readonly number: number;
  readonly state: string;
  readonly head: { readonly sha: string; readonly ref: string; readonly repo: { readonly full_name: string } | null };
  readonly base: { readonly ref: string };
  readonly merged_at?: string | null;
  readonly merge_commit_sha?: string | null;
}

function toPullRequest(pull: WirePullRequest): PullRequest {
  const { number, state, head, base } = pull;
  return {
    number,
    headSha: head.sha,
    headRef: head.ref,
    headRepository: head.repo?.full_name ?? null,
    baseRef: base.ref,
    state,
    merged: typeof pull.merged_at === 'string',
    mergeCommitSha: pull.merge_commit_sha ?? undefined,
  };
}

interface WireComment {
  readonly id: number;
  readonly body?: string;
  readonly html_url: string;
  readonly user: { readonly login: string; readonly type: string } | null;
}

/** The author is null when the account is gone. */
function toComment({ id, body = '', html_url: url, user }: WireComment): Comment {
  return { id, body, url, author: { login: user?.login ?? '', type: user?.type ?? '' } };
}

async function told<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw toGitHubError(error);
  }
}
