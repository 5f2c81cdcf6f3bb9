import { describe, expect, test } from '@jest/globals';
import { parseDockerfile } from '../../../../src/image/dockerfile/dockerfile.ts';
import { readSource } from '../../../../src/image/dockerfile/source.ts';
import { jsonForm, pathList, splitWords, takeFlags } from '../../../../src/image/dockerfile/words.ts';

const shown = (text: string) =>
  readSource(text).instructions.map(({ name, text, firstLine, lastLine }) => [name, text, firstLine, lastLine]);

describe('instructions and their lines', () => {
  test.each([
    [
      'one a line, names in capitals',
      'from a\nRun x',
      [
        ['FROM', 'a', 1, 1],
        ['RUN', 'x', 2, 2],
      ],
    ],
    [
      'a byte order mark and CRLF',
      '\ufeffFROM a\r\nRUN x\r\n',
      [
        ['FROM', 'a', 1, 1],
        ['RUN', 'x', 2, 2],
      ],
    ],
    ['a continuation', 'RUN a \\\n  b', [['RUN', 'a   b', 1, 2]]],
    ['white space after the continuation character', 'RUN a \\ \t\n b', [['RUN', 'a  b', 1, 2]]],
    [
      'comments and empty lines inside a continuation',
      'RUN a \\\n# why\n\n   # more\n b\nCMD c',
      [
        ['RUN', 'a  b', 1, 5],
        ['CMD', 'c', 6, 6],
      ],
    ],
    ['a comment that ends in the continuation character', '# x \\\nRUN a', [['RUN', 'a', 2, 2]]],
    [
      'an escaped escape character at the end',
      'RUN a \\\\\nRUN b',
      [
        ['RUN', 'a \\\\', 1, 1],
        ['RUN', 'b', 2, 2],
      ],
    ],
    ['a continuation that the end of the file cuts', 'RUN a \\', [['RUN', 'a', 1, 1]]],
    ['a hash inside a line is no comment', 'RUN a # b', [['RUN', 'a # b', 1, 1]]],
    [
      'indented instructions',
      '   FROM a\n\t# c\n\tRUN b',
      [
        ['FROM', 'a', 1, 1],
        ['RUN', 'b', 3, 3],
      ],
    ],
    [
      'another escape character',
      '# escape=`\nRUN a `\n b\nRUN c:\\',
      [
        ['RUN', 'a  b', 2, 3],
        ['RUN', 'c:\\', 4, 4],
      ],
    ],
    [
      'an escape directive that comes too late is a comment',
      'FROM a\n# escape=`\nRUN x `\nRUN y',
      [
        ['FROM', 'a', 1, 1],
        ['RUN', 'x `', 3, 3],
        ['RUN', 'y', 4, 4],
      ],
    ],
    ['an empty file', '', []],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  test('directives are read until the first line that is none', () => {
    expect(readSource('# syntax=docker/dockerfile:1.7\n#escape = `\n# check=skip=all\nFROM a').directives).toEqual({
      syntax: 'docker/dockerfile:1.7',
      escape: '`',
      check: 'skip=all',
    });
    expect(readSource('# a remark\n# syntax=x').directives).toEqual({});
  });
});

describe('heredocs', () => {
  test('their text belongs to the instruction; comments and continuations in it are text', () => {
    const [run, copy, last] = readSource(
      'RUN <<EOF\n# kept \\\n\nEOF\nCOPY <<"A" <<-B /x/\n1\nA\n\t2\n\tB\nCMD y',
    ).instructions;
    expect(run).toMatchObject({
      name: 'RUN',
      firstLine: 1,
      lastLine: 4,
      heredocs: [{ name: 'EOF', content: '# kept \\\n\n', expand: true }],
    });
    expect(copy?.heredocs).toEqual([
      { name: 'A', content: '1\n', expand: false },
      { name: 'B', content: '2\n', expand: true },
    ]);
    expect(last).toMatchObject({ name: 'CMD', firstLine: 10 });
  });

  test.each([
    ['a shift', 'RUN echo $((1<<2))\nCMD x'],
    ['a quoted word', 'RUN echo "<<EOF"\nCMD x'],
    ['an instruction that takes none', 'ENV A=<<EOF\nCMD x'],
    ['a here-string', 'RUN cat <<<word\nCMD x'],
  ])('%s is none', (_, text) => {
    expect(readSource(text).instructions.map(({ name }) => name)).toEqual([expect.any(String), 'CMD']);
  });

  test('ONBUILD RUN takes one; one that never ends takes the rest', () => {
    expect(readSource('ONBUILD RUN <<EOF\na\nEOF\nCMD x').instructions).toHaveLength(2);
    expect(readSource('RUN <<EOF\na\nCMD x').instructions).toMatchObject([{ heredocs: [{ content: 'a\nCMD x\n' }] }]);
  });
});

describe('words', () => {
  test.each([
    ['a  b\tc', ['a', 'b', 'c']],
    [`a="b c" d='e f' g\\ h`, ['a="b c"', `d='e f'`, 'g\\ h']],
    ['"never ends', ['"never ends']],
    ['', []],
  ])('%s', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  test('flags come off the front, with their quotes; `--` ends them', () => {
    expect(takeFlags('--from=a --chown="b c" --link x --y')).toEqual({
      flags: [
        ['from', 'a'],
        ['chown', 'b c'],
        ['link', ''],
      ],
      rest: 'x --y',
    });
    expect(takeFlags('--link -- --x /')).toEqual({ flags: [['link', '']], rest: '--x /' });
  });

  test('the JSON form holds paths with spaces; what is no list of strings is plain words', () => {
    expect(pathList('["a b", "c"]')).toEqual(['a b', 'c']);
    expect(pathList('[a b]')).toEqual(['[a', 'b]']);
    expect(pathList('"a b" c')).toEqual(['"a', 'b"', 'c']);
    expect(jsonForm('["a", 1]')).toBeUndefined();
  });
});

test('stages: names in lower case, platforms, bases; ARGs before the first FROM stand apart', () => {
  const { globals, stages } = parseDockerfile(
    'ARG V=1\nFROM --platform=linux/amd64 python:$V AS Build\nARG V\nRUN a\nFROM build\nCOPY --from=0 /a /b\n',
  );
  expect(globals.map(({ text }) => text)).toEqual(['V=1']);
  expect(stages).toMatchObject([
    { index: 0, name: 'build', base: 'python:$V', platform: 'linux/amd64', from: { firstLine: 2 } },
    { index: 1, name: undefined, base: 'build', platform: undefined },
  ]);
  expect(stages.map(({ instructions }) => instructions.map(({ name }) => name))).toEqual([['ARG', 'RUN'], ['COPY']]);
});
