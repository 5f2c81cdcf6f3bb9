/** A checkout of examples/forecast on a pull request's branch, as actions/checkout would leave it. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Workspace {
  readonly directory: string;
  readonly headSha: string;
  readonly baseSha: string;
  readonly headRef: string;
  /** Of the pull request. */
  readonly title: string;
}

/** What a pull request does to the example. */
export interface Change {
  readonly title: string;
  /** The file that is edited. */
  readonly file?: string;
  /** What is written → what stands there afterwards, in which `$&` is what was written. */
  readonly edits?: readonly (readonly [string, string])[];
  /** New files, by path. */
  readonly added?: Readonly<Record<string, string>>;
}

const AUTHOR = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};
/** Fixed dates make fixed commits: the demo's names are the same on every machine. */
const DATES = { GIT_AUTHOR_DATE: '2026-01-05T09:00:00Z', GIT_COMMITTER_DATE: '2026-01-05T09:00:00Z' };

export function makeWorkspace(directory: string, example: string, change?: Change): Workspace {
  const title = change?.title ?? 'Train for 24 epochs';
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: directory,
      encoding: 'utf8',
      env: { ...process.env, ...AUTHOR, ...DATES, GIT_CONFIG_GLOBAL: '/dev/null' },
    }).trim();
  mkdirSync(directory, { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  cpSync(example, directory, { recursive: true, filter: (path) => !path.includes('__pycache__') });
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Forecast sea-surface temperature');
  const baseSha = git('rev-parse', 'HEAD');
  const headRef = 'more-epochs';
  git('switch', '--quiet', '--create', headRef);
  writeFileSync(join(directory, 'CHANGES.md'), `${title}.\n`);
  if (change?.file !== undefined) edit(join(directory, change.file), change.edits ?? []);
  for (const [path, text] of Object.entries(change?.added ?? {})) writeFileSync(join(directory, path), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', title);
  return { directory, headSha: git('rev-parse', 'HEAD'), baseSha, headRef, title };
}

function edit(file: string, edits: NonNullable<Change['edits']>): void {
  let text = readFileSync(file, 'utf8');
  for (const [written, instead] of edits) {
    if (!text.includes(written)) throw new Error(`${file} no longer holds ${JSON.stringify(written)}`);
    text = text.replace(written, instead);
  }
  writeFileSync(file, text);
}
