import type { Access, ScriptGitHub, ScriptPull } from '../script-world.ts';
import type { Cloud } from '../state.ts';

export interface User {
  readonly login: string;
  readonly id: number;
  readonly type: 'User' | 'Bot';
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  body: string;
  readonly user: User;
  readonly created_at: string;
  updated_at: string;
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string | null;
  readonly target_url: string | null;
  readonly creator: User;
  readonly created_at: string;
}

export interface Reaction {
  readonly id: number;
  readonly comment: number;
  readonly content: string;
  readonly user: User;
  readonly created_at: string;
}

/** What GitHub has stored of one repository. */
export interface GitHubRecords {
  /** The scripted repository, as it is in force. */
  readonly scripted: ScriptGitHub;
  readonly comments: Comment[];
  readonly statuses: CommitStatus[];
  readonly reactions: Reaction[];
  /** Requests counted against the hourly rate limit. */
  used: number;
  /** Full name `owner/repo`. */
  readonly repository: string;
  /** Whose token it is. */
  readonly me: User;
  permission(area: string): Access;
  pull(number: number): ScriptPull | undefined;
  nextId(): number;
  /** GitHub's time stamp of now: ISO 8601, whole seconds. */
  now(): string;
  /** Everything stored, for `GET /_local/github`. */
  snapshot(): Record<string, unknown>;
}

export const STANDARD_REPOSITORY = 'octo/forecast';
const BOT: User = { login: 'github-actions[bot]', id: 41_898_282, type: 'Bot' };
const OWNER: User = { login: 'octo', id: 583_231, type: 'User' };
const FIRST_ID = 2_000_000_001;

export function createGitHubRecords(cloud: Cloud): GitHubRecords {
  let lastId = FIRST_ID - 1;
  const records: GitHubRecords & { scripted: ScriptGitHub } = {
    scripted: {},
    comments: [],
    statuses: [],
    reactions: [],
    used: 0,
    get repository() {
      return records.scripted.repository ?? STANDARD_REPOSITORY;
    },
    get me() {
      return records.scripted.token === 'user' ? OWNER : BOT;
    },
    permission: (area) => records.scripted.permissions?.[area] ?? 'write',
    pull: (number) => records.scripted.pulls?.find((pull) => pull.number === number),
    nextId: () => ++lastId,
    now: () => new Date(cloud.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    snapshot: () => ({
      repository: records.repository,
      comments: records.comments,
      statuses: records.statuses,
      reactions: records.reactions,
    }),
  };
  const fill = (scripted: ScriptGitHub) => {
    records.scripted = scripted;
    for (const list of [records.comments, records.statuses, records.reactions]) list.length = 0;
    records.used = 0;
    lastId = FIRST_ID - 1;
    addComments(records, scripted);
  };
  cloud.onReset(() => fill({}));
  cloud.onScript((script) => {
    if (script.github) fill(script.github);
  });
  return records;
}

function addComments(records: GitHubRecords, scripted: ScriptGitHub): void {
  for (const { issue, body = 'Comment {i}', user = 'someone', type = 'User', times = 1 } of scripted.comments ?? []) {
    for (let index = 0; index < times; index += 1) {
      const now = records.now();
      const author = { login: user, id: idOf(user), type };
      records.comments.push({
        id: records.nextId(),
        issue,
        body: body.replaceAll('{i}', String(index)),
        user: author,
        created_at: now,
        updated_at: now,
      });
    }
  }
}

/** A stable id for a login. */
export function idOf(login: string): number {
  return [...login].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 100_000_000, 7);
}
