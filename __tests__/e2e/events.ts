/** Events as GitHub gives them to the runner: payload and the variables that go with it. */
import type { Step } from '../../scripts/runner/step.ts';
import type { Checkout } from './checkout.ts';

export const REPOSITORY = 'acme/forecast';
export const PULL_REQUEST = 7;
export const RUN_ID = '4711';

type Event = Step['event'];

const repository = { full_name: REPOSITORY, default_branch: 'main', private: false };

/** The variables of a run that a pull request started. */
export function environment({ mergeSha }: Checkout): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_JOB: 'train',
    GITHUB_ACTOR: 'ada',
    GITHUB_RUN_ID: RUN_ID,
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW: 'train',
    GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/train.yml@refs/pull/${PULL_REQUEST}/merge`,
    GITHUB_SHA: mergeSha,
    GITHUB_REF: `refs/pull/${PULL_REQUEST}/merge`,
    GITHUB_REF_NAME: `${PULL_REQUEST}/merge`,
  };
}

/** `from`: the head repository; null when the fork was deleted. */
export function pullRequest(
  { headSha, headRef, baseSha }: Checkout,
  { name = 'pull_request', from = REPOSITORY }: { readonly name?: string; readonly from?: string | null } = {},
): Event {
  const head = { sha: headSha, ref: headRef, repo: from === null ? null : { full_name: from } };
  const base = { sha: baseSha, ref: 'main', repo: { full_name: REPOSITORY } };
  const pull_request = { number: PULL_REQUEST, head, base };
  return { name, payload: { action: 'synchronize', number: PULL_REQUEST, pull_request, repository } };
}

/** An event about the commit that GITHUB_SHA names. */
export function plain(name: string, payload: Readonly<Record<string, unknown>> = {}): Event {
  return { name, payload: { ...payload, repository } };
}

/** Variables of an event about a branch or a tag. */
export function refEnvironment(ref: string, sha: string): Record<string, string> {
  return { GITHUB_SHA: sha, GITHUB_REF: ref, GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags)\//, '') };
}

export function mergeGroup(headSha: string, base: string): Event {
  const head_ref = `refs/heads/gh-readonly-queue/${base}/pr-${PULL_REQUEST}-${'5'.repeat(40)}`;
  const merge_group = { head_sha: headSha, head_ref, base_ref: `refs/heads/${base}`, base_sha: '5'.repeat(40) };
  return plain('merge_group', { action: 'checks_requested', merge_group });
}

export function workflowRun(
  { headSha, headRef }: Checkout,
  { from = REPOSITORY, actor = 'ada' }: { readonly from?: string | null; readonly actor?: string } = {},
): Event {
  const workflow_run = {
    head_sha: headSha,
    head_branch: headRef,
    head_repository: from === null ? null : { full_name: from },
    actor: { login: actor },
    pull_requests: from === REPOSITORY ? [{ number: PULL_REQUEST }] : [],
  };
  return plain('workflow_run', { action: 'completed', workflow_run });
}

export interface Remark {
  readonly body?: string;
  readonly user?: string;
  readonly id: number;
  readonly action?: 'created' | 'edited' | 'deleted';
  readonly onPullRequest?: boolean;
}

export function issueComment({ body = '/train', user = 'ada', id, action, onPullRequest = true }: Remark): Event {
  const issue = { number: PULL_REQUEST, ...(onPullRequest && { pull_request: { url: 'https://api.github.com/x' } }) };
  return plain('issue_comment', {
    action: action ?? 'created',
    issue,
    comment: { id, body, user: { login: user }, author_association: 'OWNER' },
  });
}
