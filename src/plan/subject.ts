/** Which commit, branch and pull request an event is about: the contract's commit table. Pure. */
import type { PullRequest } from '../ports.ts';
import { isAt, type Payload, textAt } from './payload.ts';

/** What will be trained and reported on. */
export interface Subject {
  readonly event: string;
  /** `owner/name` of the repository the workflow runs in. */
  readonly repository: string;
  readonly sha: string;
  readonly branch: string;
  /** The branch this would be merged into; absent outside pull requests and merge groups. */
  readonly base: string | undefined;
  readonly pullRequest: number | undefined;
  readonly defaultBranch: string | undefined;
  /** The ref to check out for this commit, for messages. */
  readonly checkoutRef: string;
}

export type Reading =
  | {
      readonly kind: 'subject';
      readonly subject: Subject;
      /** `/train fresh`: nothing of an earlier job is to be reused or resumed. */
      readonly fresh?: boolean;
    }
  /** `/train` was asked for in a comment: the pull request and the commenter's permission must be read first. */
  | {
      readonly kind: 'command';
      readonly pullRequest: number;
      readonly commentId: number;
      readonly user: string;
      readonly argument: string;
    }
  /** Code of strangers: never built with credentials. The subject is known, so that it can be said where. */
  | { readonly kind: 'untrusted'; readonly why: string }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'unsupported'; readonly why: string };

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the event. Every string in it comes from strangers. */
export function readEvent(env: Env, payload: Payload): Reading {
  const event = env.GITHUB_EVENT_NAME ?? '';
  if (event === 'issue_comment') return readComment(payload);
  if (env.GITHUB_ACTOR === 'dependabot[bot]') {
    return {
      kind: 'untrusted',
      why: 'Dependabot started this run: GitHub gives it a read-only token and no OIDC token',
    };
  }
  switch (event) {
    case 'pull_request':
    case 'pull_request_target':
      return readPullRequest(env, payload);
    case 'merge_group':
      return subject(env, payload, {
        sha: textAt(payload, 'merge_group', 'head_sha'),
        branch: refName(textAt(payload, 'merge_group', 'base_ref')),
        base: refName(textAt(payload, 'merge_group', 'base_ref')),
        // Only the first pull request of the group is named in the ref; the base branch may hold slashes.
        pullRequest: numberOf(/\/pr-(\d+)-[0-9a-f]{40}$/.exec(textAt(payload, 'merge_group', 'head_ref') ?? '')?.[1]),
        checkoutRef: '${{ github.event.merge_group.head_sha }}',
      });
    case 'workflow_run':
      return readWorkflowRun(env, payload);
    default:
      return readOther(env, payload);
  }
}

function readOther(env: Env, payload: Payload): Reading {
  if (payload.deleted === true) return { kind: 'ignored', why: 'the push deleted a ref: there is nothing to train' };
  const foreign = isAt(payload, 'pull_request') ? foreignPullRequest(env, payload) : undefined;
  if (foreign) return foreign;
  return subject(env, payload, {
    sha: env.GITHUB_SHA,
    branch: env.GITHUB_REF_NAME,
    checkoutRef: '${{ github.sha }}',
  });
}

/** A pull request of another repository, whatever the event: reviews carry it too, and their GITHUB_SHA is its merge. */
function foreignPullRequest(env: Env, payload: Payload): Reading | undefined {
  const head = textAt(payload, 'pull_request', 'head', 'repo', 'full_name');
  if (head !== undefined && head === env.GITHUB_REPOSITORY) return undefined;
  return { kind: 'untrusted', why: `the pull request comes from ${head ?? 'a deleted fork'}` };
}

function readPullRequest(env: Env, payload: Payload): Reading {
  const foreign = foreignPullRequest(env, payload);
  if (foreign) return foreign;
  return subject(env, payload, {
    sha: textAt(payload, 'pull_request', 'head', 'sha'),
    branch: textAt(payload, 'pull_request', 'head', 'ref'),
    base: textAt(payload, 'pull_request', 'base', 'ref'),
    pullRequest: numberOf(textAt(payload, 'pull_request', 'number')),
    checkoutRef: '${{ github.event.pull_request.head.sha }}',
  });
}

function readWorkflowRun(env: Env, payload: Payload): Reading {
  const head = textAt(payload, 'workflow_run', 'head_repository', 'full_name');
  if (head === undefined || head !== env.GITHUB_REPOSITORY) {
    return { kind: 'untrusted', why: `the workflow run was started from ${head ?? 'a deleted fork'}` };
  }
  if (textAt(payload, 'workflow_run', 'actor', 'login') === 'dependabot[bot]') {
    return { kind: 'untrusted', why: 'Dependabot started the workflow run' };
  }
  return subject(env, payload, {
    sha: textAt(payload, 'workflow_run', 'head_sha'),
    branch: textAt(payload, 'workflow_run', 'head_branch'),
    base: textAt(payload, 'workflow_run', 'pull_requests', '0', 'base', 'ref'),
    pullRequest: numberOf(textAt(payload, 'workflow_run', 'pull_requests', '0', 'number')),
    checkoutRef: '${{ github.event.workflow_run.head_sha }}',
  });
}

function readComment(payload: Payload): Reading {
  const body = textAt(payload, 'comment', 'body') ?? '';
  const command = /^\/train(?:[ \t]+([^\r\n]*))?\s*(?:[\r\n]|$)/.exec(body);
  if (textAt(payload, 'action') !== 'created')
    return { kind: 'ignored', why: 'only a new comment is a command, not an edited one' };
  if (!isAt(payload, 'issue', 'pull_request')) return { kind: 'ignored', why: 'the comment is not on a pull request' };
  if (!command) return { kind: 'ignored', why: 'the comment is not `/train`' };
  const pullRequest = numberOf(textAt(payload, 'issue', 'number'));
  const commentId = numberOf(textAt(payload, 'comment', 'id'));
  const user = textAt(payload, 'comment', 'user', 'login');
  if (pullRequest === undefined || commentId === undefined || user === undefined) {
    return {
      kind: 'unsupported',
      why: 'the issue_comment payload lacks the issue number, the comment id or the commenter',
    };
  }
  return { kind: 'command', pullRequest, commentId, user, argument: (command[1] ?? '').trim() };
}

/** The subject of `/train`: the pull request's head as it is now. */
export function subjectOfCommand(env: Env, payload: Payload, pull: PullRequest): Reading {
  if (pull.headRepository !== env.GITHUB_REPOSITORY) {
    return { kind: 'untrusted', why: `the pull request comes from ${pull.headRepository ?? 'a deleted fork'}` };
  }
  return subject(env, payload, {
    sha: pull.headSha,
    branch: pull.headRef,
    base: pull.baseRef,
    pullRequest: pull.number,
    checkoutRef: `refs/pull/${pull.number}/head`,
  });
}

interface Parts {
  readonly sha: string | undefined;
  readonly branch: string | undefined;
  readonly base?: string | undefined;
  readonly pullRequest?: number | undefined;
  readonly checkoutRef: string;
}

function subject(env: Env, payload: Payload, parts: Parts): Reading {
  const { GITHUB_EVENT_NAME: event, GITHUB_REPOSITORY: repository } = env;
  if (!event || !repository || !/^[0-9a-f]{40,64}$/.test(parts.sha ?? '') || !parts.branch || !parts.sha) {
    return {
      kind: 'unsupported',
      why: `the ${event || 'unnamed'} event does not say which commit and branch it is about`,
    };
  }
  const { base, pullRequest } = parts;
  const defaultBranch = textAt(payload, 'repository', 'default_branch');
  return {
    kind: 'subject',
    subject: {
      event,
      repository,
      sha: parts.sha,
      branch: parts.branch,
      base,
      pullRequest,
      defaultBranch,
      checkoutRef: parts.checkoutRef,
    },
  };
}

const refName = (ref: string | undefined) => ref?.replace(/^refs\/heads\//, '');

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
