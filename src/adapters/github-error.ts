import { messageOf } from '../failure.ts';

/** GitHub's refusal, or its silence (`status` undefined: the request may or may not have been carried out). */
export class GitHubError extends Error {
  readonly status: number | undefined;
  /** `X-Accepted-GitHub-Permissions`: what the token would have needed. */
  readonly acceptedPermissions: string | undefined;

  constructor(message: string, status: number | undefined, acceptedPermissions: string | undefined, cause: unknown) {
    super(message, { cause });
    this.name = 'GitHubError';
    this.status = status;
    this.acceptedPermissions = acceptedPermissions;
  }
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** Octokit gives a request without an answer the status 500 and no response. */
export function toGitHubError(error: unknown): GitHubError {
  const { response } = Object(error) as { readonly response?: Answered };
  const said = messageOf(error);
  if (response === undefined)
    return new GitHubError(`GitHub could not be reached: ${said}`, undefined, undefined, error);
  const accepted = response.headers['x-accepted-github-permissions'];
  return new GitHubError(said, response.status, accepted === undefined ? undefined : String(accepted), error);
}
