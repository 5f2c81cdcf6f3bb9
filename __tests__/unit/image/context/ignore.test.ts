import { describe, expect, test } from '@jest/globals';
import { parseIgnore } from '../../../../src/image/context/ignore.ts';

/** Rows: the file, what it leaves out, what it keeps. */
describe('.dockerignore', () => {
  test.each<[string, string, string[], string[]]>([
    ['a name at the root, with all below it', 'data', ['data', 'data/a', 'data/a/b'], ['x/data', 'data2', 'mydata']],
    ['slashes at both ends count for nothing', '/data/', ['data', 'data/a'], ['x/data']],
    ['./ and // are cleaned', './a//b/', ['a/b', 'a/b/c'], ['a', 'a/c']],
    ['.. is cleaned', 'a/../b', ['b'], ['a']],
    ['* stays within a directory', '*.py', ['a.py', '.py'], ['x/a.py', 'a.pyc']],
    ['? is one character', 'a?c', ['abc'], ['ac', 'abbc', 'a/c']],
    ['a class', '[ab].txt', ['a.txt', 'b.txt'], ['c.txt', 'ab.txt']],
    ['a negated class', '[^a].txt', ['b.txt'], ['a.txt']],
    ['a dot is a dot', 'a.py', ['a.py'], ['axpy']],
    ['regular expressions mean nothing', 'a+(b)|{c}$', ['a+(b)|{c}$'], ['aab']],
    ['an escaped star', 'a\\*', ['a*'], ['ab']],
    ['**/ anywhere', '**/x.log', ['x.log', 'a/x.log', 'a/b/x.log'], ['ax.log']],
    ['**name by its end', '**.pyc', ['a.pyc', 'a/b.pyc'], ['a.py']],
    ['** in the middle', 'a/**/z', ['a/z', 'a/b/z', 'a/b/c/z'], ['z', 'b/a/z']],
    ['** at the end', 'a/**', ['a/b', 'a/b/c'], ['a', 'ab']],
    ['** alone', '**', ['a', 'a/b'], []],
    ['**/ and more wildcards', '**/*.tmp', ['a.tmp', 'a/b.tmp'], ['a.tmpx']],
    ['an exception', '*.md\n!README.md', ['a.md'], ['README.md']],
    ['the last rule wins', '!a\na', ['a'], ['b']],
    ['an exception below an ignored directory', 'a\n!a/keep', ['a', 'a/x'], ['a/keep', 'a/keep/x']],
    ['ignored once more', 'a\n!a/b\na/b/c', ['a/b/c', 'a/x'], ['a/b', 'a/b/d']],
    ['everything but', '*\n!src\n!*.txt', ['a', 'x/y'], ['src', 'src/a', 'b.txt']],
    ['white space around a pattern and after !', '  a \t\n ! b \nb', ['a', 'b'], []],
    ['a comment starts the line; an indented one is a pattern', '# a\n # b', ['# b'], ['a', '# a']],
    ['a byte order mark and CRLF', '\ufeffa\r\nb\r\n', ['a', 'b'], []],
    ['an exclamation mark alone, and a broken class, say nothing', '!\n[a', [], ['a', '[a']],
    ['case counts', 'A', ['A'], ['a']],
  ])('%s', (_, text, ignored, kept) => {
    const rules = parseIgnore(text);
    expect({
      ignored: ignored.filter((path) => !rules.ignores(path)),
      kept: kept.filter((path) => rules.ignores(path)),
    }).toEqual({ ignored: [], kept: [] });
  });

  test('knows whether it holds exceptions', () => {
    expect([parseIgnore('a').hasExceptions, parseIgnore('a\n!b').hasExceptions]).toEqual([false, true]);
  });
});
