import { GITHUB_PREFIX } from '../protocols/github-rest.ts';
import type { ScriptPull, ScriptRun, ScriptSide } from '../script-world.ts';
import type { Cloud } from '../state.ts';
import { type Comment, type CommitStatus, type GitHubRecords, idOf, type Reaction, type User } from './records.ts';

const WEB = 'https://github.com';
const NO_COMMIT = '0'.repeat(40);

export type Json = Record<string, unknown>;

/** Address of a path of the API. */
export function apiUrl(cloud: Cloud, path: string): string {
  return `${cloud.urls.url}${GITHUB_PREFIX}${path}`;
}

export function userJson(user: User): Json {
  return { ...user, node_id: `U_${user.id}`, html_url: `${WEB}/${user.login.replace('[bot]', '')}`, site_admin: false };
}

export function repositoryJson(records: GitHubRecords, fullName = records.repository): Json {
  const [owner = '', name = ''] = fullName.split('/');
  const isOurs = fullName === records.repository;
  const isPrivate = records.scripted.private ?? false;
  return {
    id: idOf(fullName),
    node_id: `R_${idOf(fullName)}`,
    name,
    full_name: fullName,
    private: isPrivate,
    visibility: isPrivate ? 'private' : 'public',
    owner: userJson({ login: owner, id: idOf(owner), type: 'User' }),
    html_url: `${WEB}/${fullName}`,
    fork: !isOurs,
    default_branch: records.scripted.defaultBranch ?? 'main',
  };
}

/** As lists show it; `merged` is for the one asked for by its number. */
export function pullJson(cloud: Cloud, records: GitHubRecords, pull: ScriptPull): Json {
  const user = pull.user ?? 'octo';
  const merged = pull.merged ?? false;
  return {
    url: apiUrl(cloud, `/repos/${records.repository}/pulls/${pull.number}`),
    id: idOf(`pull ${pull.number}`),
    number: pull.number,
    state: merged ? 'closed' : (pull.state ?? 'open'),
    title: pull.title ?? `Pull request ${pull.number}`,
    user: userJson({ login: user, id: idOf(user), type: user.endsWith('[bot]') ? 'Bot' : 'User' }),
    draft: false,
    merged_at: merged ? `${new Date(cloud.clock.epoch).toISOString().slice(0, 19)}Z` : null,
    merge_commit_sha: pull.mergeCommitSha ?? null,
    html_url: `${WEB}/${records.repository}/pull/${pull.number}`,
    head: sideJson(records, pull.head ?? {}, `feature-${pull.number}`),
    base: sideJson(records, pull.base ?? {}, records.scripted.defaultBranch ?? 'main'),
  };
}

function sideJson(records: GitHubRecords, side: ScriptSide, standardRef: string): Json {
  const repository = side.repository === undefined ? records.repository : side.repository;
  const ref = side.ref ?? standardRef;
  const owner = repository?.split('/')[0] ?? 'unknown';
  return {
    label: `${owner}:${ref}`,
    ref,
    sha: side.sha ?? NO_COMMIT,
    user: userJson({ login: owner, id: idOf(owner), type: 'User' }),
    repo: repository === null ? null : repositoryJson(records, repository),
  };
}

export function commentJson(cloud: Cloud, records: GitHubRecords, comment: Comment): Json {
  const { issue, user, ...rest } = comment;
  const place = records.pull(issue) ? 'pull' : 'issues';
  return {
    ...rest,
    node_id: `IC_${comment.id}`,
    url: apiUrl(cloud, `/repos/${records.repository}/issues/comments/${comment.id}`),
    issue_url: apiUrl(cloud, `/repos/${records.repository}/issues/${issue}`),
    html_url: `${WEB}/${records.repository}/${place}/${issue}#issuecomment-${comment.id}`,
    user: userJson(user),
    author_association: user.type === 'Bot' ? 'NONE' : 'CONTRIBUTOR',
    performed_via_github_app: null,
  };
}

export function statusJson(cloud: Cloud, records: GitHubRecords, status: CommitStatus): Json {
  const { sha, creator, ...rest } = status;
  return {
    ...rest,
    node_id: `SC_${status.id}`,
    url: apiUrl(cloud, `/repos/${records.repository}/statuses/${sha}`),
    avatar_url: null,
    creator: userJson(creator),
    updated_at: status.created_at,
  };
}

export function reactionJson({ comment: _comment, user, ...reaction }: Reaction): Json {
  return { ...reaction, node_id: `REA_${reaction.id}`, user: userJson(user) };
}

export function runJson(records: GitHubRecords, run: ScriptRun): Json {
  return {
    id: run.id,
    name: 'train',
    status: run.status,
    conclusion: run.conclusion ?? null,
    run_attempt: run.attempt ?? 1,
    head_sha: run.headSha ?? NO_COMMIT,
    head_branch: run.headBranch ?? 'main',
    path: run.path ?? '.github/workflows/train.yml',
    html_url: `${WEB}/${records.repository}/actions/runs/${run.id}`,
  };
}
