/** The door to GitHub's REST API. */
import type { Clean } from '../hostile/text.ts';

export interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly headRef: string;
  /** `owner/name`, or null when the fork was deleted. */
  readonly headRepository: string | null;
  readonly baseRef: string;
  readonly state: string;
  readonly merged: boolean;
  /** The commit on the base branch that it became: a merge, a squash, the last of a rebase. */
  readonly mergeCommitSha: string | undefined;
}

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly url: string;
  readonly author: { readonly login: string; readonly type: string };
}

export type StatusState = 'pending' | 'success' | 'failure' | 'error';

export interface CommitStatus {
  readonly sha: string;
  readonly state: StatusState;
  readonly context: string;
  /** At most 140 characters. */
  readonly description: Clean;
  readonly targetUrl?: string;
}

/** GitHub's REST API for this repository. */
export interface GitHub {
  pullRequest(number: number): Promise<PullRequest>;
  pullRequestsOfCommit(sha: string): Promise<readonly PullRequest[]>;
  /** `admin` | `write` | `read` | `none` */
  permission(user: string): Promise<string>;
  /** `undefined` when there is none of that id (any more). */
  comment(id: number): Promise<Comment | undefined>;
  /** Every comment of every page, oldest first. */
  comments(issue: number): AsyncIterable<Comment>;
  createComment(issue: number, body: Clean): Promise<Comment>;
  updateComment(id: number, body: Clean): Promise<Comment>;
  /** One that is gone already is no failure. */
  deleteComment(id: number): Promise<void>;
  setStatus(status: CommitStatus): Promise<void>;
  /** Whether a workflow run has come to its end. Needs `actions: read`. */
  runHasEnded(id: string): Promise<boolean>;
  react(commentId: number, content: 'eyes' | 'confused'): Promise<void>;
}
