/** What exists in a scripted cloud at its start: the repository, buckets, roles, quotas. */

import type { Bytes } from './script.ts';

export interface ScriptSide {
  readonly sha?: string;
  readonly ref?: string;
  readonly repository?: string | null;
}

export interface ScriptPull {
  readonly number: number;
  readonly title?: string;
  readonly state?: 'open' | 'closed';
  readonly merged?: boolean;
  readonly mergeCommitSha?: string | null;
  readonly user?: string;
  readonly head?: ScriptSide;
  readonly base?: ScriptSide;
}

export interface ScriptRun {
  readonly id: number;
  readonly status: string;
  readonly conclusion?: string | null;
  readonly attempt?: number;
  readonly headSha?: string;
  readonly headBranch?: string;
  readonly path?: string;
}

export interface ScriptComment {
  readonly issue: number;
  readonly body?: string;
  readonly user?: string;
  readonly type?: 'User' | 'Bot';
  readonly times?: number;
}

export type Access = 'none' | 'read' | 'write';

export interface ScriptGitHub {
  readonly repository?: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  readonly token?: 'github-actions[bot]' | 'user';
  readonly permissions?: Readonly<Record<string, Access>>;
  readonly pulls?: readonly ScriptPull[];
  readonly commits?: Readonly<Record<string, readonly number[]>>;
  readonly collaborators?: Readonly<Record<string, string>>;
  readonly runs?: readonly ScriptRun[];
  readonly comments?: readonly ScriptComment[];
  readonly rateLimit?: { readonly limit?: number; readonly remaining?: number; readonly resetSeconds?: number };
}

export interface ScriptRole {
  readonly name: string;
  readonly path?: string;
  readonly maxSessionDuration?: number;
  readonly trust?: Readonly<Record<string, unknown>>;
  readonly policies?: readonly Readonly<Record<string, unknown>>[];
}

export interface ScriptBucket {
  readonly name: string;
  readonly region?: string;
  readonly objects?: readonly (Bytes & { readonly key: string; readonly file?: string })[];
}

export interface ScriptQuota {
  readonly service?: string;
  readonly code?: string;
  readonly name: string;
  /** null: none was ever applied to this account, AWS's default holds. */
  readonly value: number | null;
}

export interface ScriptRepository {
  /** The account whose registry it is in; default: the cloud's own. */
  readonly account?: string;
  readonly name: string;
  readonly immutable?: boolean;
  readonly images?: readonly { readonly tag: string; readonly base64?: string; readonly mediaType?: string }[];
}
