import { dirname } from 'node:path';
import type { Checkout } from '../ports.ts';
import { runChild } from './child-process.ts';

const COMMIT = /^[0-9a-f]{40,64}$/;

/** `git cat-file commit HEAD` names the parents of a merge even in a shallow clone. */
export function openCheckout(env: NodeJS.ProcessEnv): Checkout {
  const cwd = env.GITHUB_WORKSPACE || process.cwd();
  // A repository that the workspace merely lies in is no checkout of this job.
  const gitEnv = { ...env, GIT_CEILING_DIRECTORIES: dirname(cwd) };
  const git = (...args: string[]) =>
    // A checkout made by another user (container jobs) is refused by Git unless it is named safe.
    runChild({ command: 'git', args: ['-c', `safe.directory=${cwd}`, ...args], env: gitEnv, cwd }).catch(
      () => undefined,
    );
  return {
    async head() {
      const sha = await git('rev-parse', '--verify', '--quiet', 'HEAD');
      if (sha?.exitCode !== 0) return undefined;
      const commit = await git('cat-file', 'commit', 'HEAD');
      const header = commit?.stdout.split('\n\n', 1)[0] ?? '';
      const parents = [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map((match) => match[1] ?? '');
      return { sha: sha.stdout.trim(), parents };
    },
    async tracked(path) {
      const pattern = `:(top,glob)**/${path.replace(/[\\*?[\]]/g, '\\$&')}`;
      const files = await git('ls-files', '-z', '--', pattern);
      return files?.exitCode === 0 ? files.stdout.split('\0').filter((file) => file !== '') : undefined;
    },
    async contains(newer, older) {
      // They come from tags of jobs: what is no commit could be an option.
      if (![newer, older].every((sha) => COMMIT.test(sha))) return undefined;
      const answer = await git('merge-base', '--is-ancestor', older, newer);
      if (answer?.exitCode === 0) return true;
      // Where the history is cut, an ancestor may lie beyond the cut; else every ancestor of a commit that is here is here.
      const shallow = await git('rev-parse', '--is-shallow-repository');
      const here = await git('cat-file', '-e', `${newer}^{commit}`);
      return shallow?.stdout.trim() === 'false' && here?.exitCode === 0 ? false : undefined;
    },
  };
}
