import { describe, expect, test } from '@jest/globals';
import { parseIgnore } from '../../../../src/image/context/ignore.ts';
import { readContext } from '../../../../src/image/context/read-context.ts';
import { ContextTree } from '../../../../src/image/context/tree.ts';
import { memoryFiles, type Tree } from '../memory-files.ts';

const TREE: Tree = {
  Dockerfile: '',
  'src/a.py': 'a',
  'src/b.txt': 'b',
  'src/deep/c.py': 'c',
  'data/big.csv': 'x',
  empty: null,
  link: '-> src/a.py',
  linkdir: '-> src',
  loop: '-> loop',
  out: '-> ../../etc/passwd',
  absolute: '-> /data',
  'src/inner': '-> ../data/big.csv',
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/index': 'times',
  '.git/refs/heads/main': `${'1'.repeat(40)}\n`,
};

async function reached(sources: readonly string[], ignore = ''): Promise<readonly string[]> {
  const entries = await new ContextTree('.', parseIgnore(ignore), memoryFiles(TREE)).reachedBy(sources);
  return entries.map(({ path }) => path);
}

describe('what sources reach', () => {
  test.each<[string, readonly string[], readonly string[], string?]>([
    ['a file', ['src/a.py'], ['src/a.py']],
    [
      'a directory with all in it; links in it stay links',
      ['src'],
      ['src', 'src/a.py', 'src/b.txt', 'src/deep', 'src/deep/c.py', 'src/inner'],
    ],
    ['an empty directory', ['empty'], ['empty']],
    ['wildcards', ['src/*.py'], ['src/a.py']],
    ['wildcards for directories', ['s*/d?ep'], ['src/deep', 'src/deep/c.py']],
    ['nothing', ['none', 'src/none/x', '*.none'], []],
    ['a link that is named, and what it leads to', ['link'], ['link', 'src/a.py']],
    ['a link on the way', ['linkdir/deep'], ['linkdir', 'src/deep', 'src/deep/c.py']],
    ['a link through a wildcard', ['lin?'], ['link', 'src/a.py']],
    ['an absolute link is one below the root', ['absolute'], ['absolute', 'data', 'data/big.csv']],
    ['a link that leads out, or in a circle, reaches itself', ['out', 'loop'], ['loop', 'out']],
    ['.git is one entry', ['.git'], ['.git']],
    [
      'ignored files are not reached',
      ['src'],
      ['src', 'src/deep', 'src/deep/c.py', 'src/inner'],
      'src/*.py\nsrc/b.txt',
    ],
    ['an ignored directory is not made', ['src'], [], 'src'],
    ['unless something in it is taken back in', ['src'], ['src', 'src/deep', 'src/deep/c.py'], 'src\n!src/deep'],
    ['the target of a named link may be ignored', ['link'], ['link'], 'src'],
  ])('%s', async (...[, sources, expected, ignore]) => {
    expect(await reached(sources, ignore)).toEqual(expected);
  });

  test('the whole context, without what is ignored', async () => {
    expect(await reached([''], '.git\n*\n!src/deep')).toEqual(['src', 'src/deep', 'src/deep/c.py']);
    expect(await reached(['src', ''])).toContain('data/big.csv');
  });

  test('directories that no source leads to are not listed', async () => {
    const files = memoryFiles(TREE);
    await new ContextTree('.', parseIgnore('data'), files).reachedBy(['src/deep', '']);
    expect(files.listed).not.toContain('data');
    const others = memoryFiles(TREE);
    await new ContextTree('.', parseIgnore(''), others).reachedBy(['src/deep']);
    expect(others.listed).toEqual(['.', 'src', 'src/deep']);
  });
});

describe('reading it', () => {
  const read = (tree: Tree, sources = ['']) =>
    readContext({ root: 'ctx', dockerfile: 'ctx/Dockerfile', sources }, memoryFiles(tree));

  test('the rules beside the Dockerfile come before those of the context', async () => {
    const both = { 'ctx/a': '1', 'ctx/b': '2', 'ctx/.dockerignore': 'a\n.*' };
    expect((await read(both)).entries.map(({ path }) => path)).toEqual(['b']);
    const context = await read({ ...both, 'ctx/Dockerfile.dockerignore': 'b\n.*\n*ignore' });
    expect(context).toMatchObject({ ignoreFile: 'ctx/Dockerfile.dockerignore', ignoreFileIsBuildKits: true });
    expect(context.entries.map(({ path }) => path)).toEqual(['a']);
  });

  test.each([
    ['a commit', { 'ctx/.git/HEAD': `${'a'.repeat(40)}\n` }, 'a'.repeat(40)],
    [
      'a branch',
      { 'ctx/.git/HEAD': 'ref: refs/heads/x/y\n', 'ctx/.git/refs/heads/x/y': `${'b'.repeat(40)}\n` },
      'b'.repeat(40),
    ],
    [
      'a packed branch',
      { 'ctx/.git/HEAD': 'ref: refs/heads/x\n', 'ctx/.git/packed-refs': `# pack\n${'c'.repeat(40)} refs/heads/x\n` },
      `${'c'.repeat(40)} refs/heads/x`,
    ],
  ])('.git stands for what is checked out: %s', async (_, tree, content) => {
    expect((await read({ ...tree, 'ctx/.git/index': String(Object.keys(tree).length) })).entries).toMatchObject([
      { path: '.git', content },
    ]);
  });

  test('a file that cannot be read is a failure with a remedy', async () => {
    const files = { ...memoryFiles({ 'ctx/a': '1' }), sha256: () => Promise.reject(new Error('EACCES: a')) };
    await expect(readContext({ root: 'ctx', dockerfile: 'x', sources: [''] }, files)).rejects.toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: 'The build context ctx cannot be read: EACCES: a',
    });
  });
});
