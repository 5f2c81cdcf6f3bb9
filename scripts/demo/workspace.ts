/** A checkout of examples/forecast on a pull request's branch, as actions/checkout would leave it. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Workspace {
  readonly directory: string;
  readonly headSha: string;
  readonly baseSha: string;
  readonly headRef: string;
}

const AUTHOR = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};
/** Fixed dates make fixed commits: the demo's names are the same on every machine. */
const DATES = { GIT_AUTHOR_DATE: '2026-01-05T09:00:00Z', GIT_COMMITTER_DATE: '2026-01-05T09:00:00Z' };

export function makeWorkspace(directory: string, example: string): Workspace {
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
  writeFileSync(join(directory, 'CHANGES.md'), 'Train for 24 epochs.\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Train for 24 epochs');
  return { directory, headSha: git('rev-parse', 'HEAD'), baseSha, headRef };
}
