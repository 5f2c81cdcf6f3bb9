import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openCheckout } from '../../src/adapters/checkout.ts';

const PERSON = { NAME: 'Ada', EMAIL: 'ada@example.com' };
const ENV = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  ...Object.fromEntries(
    Object.entries(PERSON).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]),
  ),
};

let root: string;
let origin: string;
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
const head = (workspace: string, env: Record<string, string | undefined> = ENV) =>
  openCheckout({ ...env, GITHUB_WORKSPACE: workspace }).head();

let base: string;
let feature: string;
let merge: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'checkout-'));
  origin = join(root, 'origin');
  mkdirSync(origin);
  git(origin, 'init', '--quiet', '--initial-branch=main');
  const commit = (file: string) => {
    writeFileSync(join(origin, file), file);
    git(origin, 'add', '.');
    git(origin, 'commit', '--quiet', '-m', `add ${file}\n\nparent ${'0'.repeat(40)}`);
    return git(origin, 'rev-parse', 'HEAD');
  };
  commit('a');
  git(origin, 'checkout', '--quiet', '-b', 'feature');
  feature = commit('b');
  git(origin, 'checkout', '--quiet', 'main');
  base = commit('c');
  git(origin, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
  merge = git(origin, 'rev-parse', 'HEAD');
});
afterAll(() => rmSync(root, { recursive: true }));

const clone = (name: string, ...args: string[]) => {
  const directory = join(root, name);
  git(root, 'clone', '--quiet', ...args, `file://${origin}`, directory);
  return directory;
};

describe('the checkout adapter', () => {
  it('names a merge and its parents, base first', async () => {
    await expect(head(clone('whole'))).resolves.toEqual({ sha: merge, parents: [base, feature] });
  });

  it('names the parents also in a clone of depth 1, where they are not', async () => {
    await expect(head(clone('shallow', '--depth=1'))).resolves.toEqual({ sha: merge, parents: [base, feature] });
  });

  it('takes no word of the message for a parent', async () => {
    const { parents } = (await head(clone('one', '--branch=feature'))) ?? {};
    expect(parents).toHaveLength(1);
  });

  it('reads a detached head', async () => {
    const directory = clone('detached');
    git(directory, 'checkout', '--quiet', feature);
    await expect(head(directory)).resolves.toMatchObject({ sha: feature });
  });

  it('finds no checkout in an empty directory, in a repository without commits, or nowhere', async () => {
    const empty = join(root, 'empty');
    mkdirSync(empty);
    await expect(head(empty)).resolves.toBeUndefined();
    git(empty, 'init', '--quiet');
    await expect(head(empty)).resolves.toBeUndefined();
    await expect(head(join(root, 'nowhere'))).resolves.toBeUndefined();
  });

  it('does not take the repository around the workspace for it', async () => {
    const inside = join(clone('outer'), 'work', 'inner');
    mkdirSync(inside, { recursive: true });
    await expect(head(inside)).resolves.toBeUndefined();
  });

  it('finds none where there is no git', async () => {
    await expect(head(clone('gitless'), { PATH: '/nowhere' })).resolves.toBeUndefined();
  });

  it('reads a checkout that belongs to another user, as in a container job', async () => {
    const directory = clone('foreign');
    // Git itself plays the other owner in its own tests by this variable.
    await expect(head(directory, { ...ENV, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' })).resolves.toMatchObject({
      sha: merge,
    });
    expect(() =>
      execFileSync('git', ['rev-parse', 'HEAD'], {
        cwd: directory,
        env: { ...ENV, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' },
        stdio: 'ignore',
      }),
    ).toThrow();
  });
});

describe('whether one commit holds another', () => {
  const contains = (workspace: string, newer: string, older: string) =>
    openCheckout({ ...ENV, GITHUB_WORKSPACE: workspace }).contains(newer, older);

  it('is known in a whole clone, also of a commit that is not there', async () => {
    const directory = clone('history');
    await expect(contains(directory, merge, feature)).resolves.toBe(true);
    await expect(contains(directory, merge, merge)).resolves.toBe(true);
    await expect(contains(directory, feature, base)).resolves.toBe(false);
    await expect(contains(directory, feature, 'f'.repeat(40))).resolves.toBe(false);
  });

  it('is not known where the history is cut, the newer one is not there, or there is no checkout', async () => {
    const shallow = clone('cut', '--depth=1');
    await expect(contains(shallow, merge, merge)).resolves.toBe(true);
    await expect(contains(shallow, merge, feature)).resolves.toBeUndefined();
    await expect(contains(clone('other'), 'f'.repeat(40), feature)).resolves.toBeUndefined();
    await expect(contains(root, merge, feature)).resolves.toBeUndefined();
  });

  it('is not asked about what is no commit', async () => {
    await expect(contains(clone('hostile'), merge, '--help')).resolves.toBeUndefined();
  });
});

describe('the tracked files of a name', () => {
  it('are those of this path, and those whose path ends with it, and nothing untracked', async () => {
    const directory = clone('tracked');
    for (const folder of ['src', 'lib/src', 'odd']) mkdirSync(join(directory, folder), { recursive: true });
    for (const file of ['src/t.py', 'lib/src/t.py', 'odd/nott.py', 'odd/a[1]*.py', 'odd/a1x.py']) {
      writeFileSync(join(directory, file), '');
    }
    git(directory, 'add', '.');
    writeFileSync(join(directory, 't.py'), 'untracked');
    const { tracked } = openCheckout({ ...ENV, GITHUB_WORKSPACE: directory });
    expect((await tracked('t.py'))?.toSorted()).toEqual(['lib/src/t.py', 'src/t.py']);
    await expect(tracked('lib/src/t.py')).resolves.toEqual(['lib/src/t.py']);
    await expect(tracked('a[1]*.py')).resolves.toEqual(['odd/a[1]*.py']);
    await expect(tracked('gone.py')).resolves.toEqual([]);
  });

  it('are not told where there is no checkout', async () => {
    const bare = mkdtempSync(join(root, 'bare-'));
    await expect(openCheckout({ ...ENV, GITHUB_WORKSPACE: bare }).tracked('a')).resolves.toBeUndefined();
  });
});
