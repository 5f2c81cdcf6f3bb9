/** A small real repository on a pull request's branch, checked out as a test wants it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Checkout {
  readonly directory: string;
  readonly baseSha: string;
  readonly headSha: string;
  /** The merge of the head into the base branch, as GitHub's `refs/pull/N/merge`. */
  readonly mergeSha: string;
  readonly headRef: string;
}

/** `none`: a workspace without a repository in it. */
export type At = 'head' | 'merge' | 'base' | 'none';

const ENV = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
  GIT_AUTHOR_DATE: '2026-01-05T09:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-05T09:00:00Z',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

export function makeCheckout(at: At, headRef = 'feature/longer'): Checkout {
  const directory = mkdtempSync(join(tmpdir(), 'checkout-'));
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: directory, encoding: 'utf8', env: { ...process.env, ...ENV } }).trim();
  const commit = (file: string, text: string) => {
    writeFileSync(join(directory, file), text);
    git('add', '--all');
    git('commit', '--quiet', '--message', file);
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch=main');
  commit('Dockerfile', 'FROM scratch AS gpu\nCOPY train.py /opt/ml/code/\n');
  git('switch', '--quiet', '--create', headRef);
  const headSha = commit('train.py', 'print("val_mape=0.05")\n');
  git('switch', '--quiet', 'main');
  const baseSha = commit('README.md', 'The base branch has moved on.\n');
  git('switch', '--quiet', '--detach');
  git('merge', '--quiet', '--no-ff', '--message', 'Merge', headSha);
  const mergeSha = git('rev-parse', 'HEAD');
  if (at === 'none') rmSync(join(directory, '.git'), { recursive: true });
  else git('switch', '--quiet', '--detach', { head: headSha, merge: mergeSha, base: baseSha }[at]);
  return { directory, baseSha, headSha, mergeSha, headRef };
}
