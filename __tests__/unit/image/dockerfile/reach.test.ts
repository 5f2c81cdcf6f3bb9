import { describe, expect, test } from '@jest/globals';
import { parseDockerfile } from '../../../../src/image/dockerfile/dockerfile.ts';
import { reachOf } from '../../../../src/image/dockerfile/reach.ts';
import { resolveStages } from '../../../../src/image/dockerfile/resolve.ts';

function reach(text: string, options: { target?: string; args?: Record<string, string> } = {}) {
  const build = { platform: 'linux/amd64', buildArgs: options.args ?? {} };
  const resolved = resolveStages(parseDockerfile(text), options.target, build);
  return resolved && reachOf(resolved);
}

const images = (text: string, options?: Parameters<typeof reach>[1]) =>
  reach(text, options)?.images.map((i) => i.reference);
const paths = (text: string, options?: Parameters<typeof reach>[1]) => reach(text, options)?.sources.map((s) => s.path);

describe('images', () => {
  test.each([
    ['the default of a global ARG', 'ARG V=3.12\nFROM python:$V', {}, ['python:3.12']],
    [
      'a build argument instead of it',
      'ARG V=3.12\nFROM python:${V}-slim',
      { args: { V: '3.13' } },
      ['python:3.13-slim'],
    ],
    ['a global that builds on another', 'ARG H=r.io\nARG I=$H/x\nFROM ${I}:1', {}, ['r.io/x:1']],
    ['a build argument that nothing declares counts for nothing', 'FROM a:${V:-1}', { args: { V: '2' } }, ['a:1']],
    ['scratch is none', 'FROM scratch', {}, []],
    ['COPY --from names one', 'FROM a\nCOPY --from=b:1 /x /', {}, ['a', 'b:1']],
    [
      'so does a mount',
      'FROM a\nRUN --mount=type=bind,from=b,target=/b --mount=type=cache,target=/c x',
      {},
      ['a', 'b'],
    ],
    ['a stage is no image', 'FROM a AS x\nFROM X\nCOPY --from=0 /a /', {}, ['a']],
    [
      'stages that the target does not need are left out',
      'FROM a AS x\nFROM b AS y\nFROM x\nCOPY --from=x / /',
      {},
      ['a'],
    ],
    ['a target in the middle', 'FROM a AS x\nFROM b', { target: 'X' }, ['a']],
    ['a target by number', 'FROM a\nFROM b', { target: '0' }, ['a']],
    ['the same image twice is one', 'FROM a AS x\nFROM a\nCOPY --from=x / /', {}, ['a']],
    ['the platform of the build is known in FROM', 'FROM a:$TARGETARCH', {}, ['a:amd64']],
    ['that of the builder is not', 'FROM a:$BUILDARCH', {}, [undefined]],
    ['BuildKit expands nothing in --from', 'FROM a\nCOPY --from=$B / /', {}, ['a', undefined]],
    ['a number beyond the stages is an image', 'FROM a\nCOPY --from=7 / /', {}, ['a', '7']],
  ] as const)('%s', (_, text, options, expected) => {
    expect(images(text, options)).toEqual(expected);
  });

  test('the line is that of the instruction', () => {
    expect(reach('# x\nFROM a\n\nCOPY --from=b / /')?.images.map(({ line }) => line)).toEqual([2, 4]);
  });

  test('a target that does not exist, and a file without FROM', () => {
    expect(reach('FROM a', { target: 'x' })).toBeUndefined();
    expect(reach('RUN a')).toBeUndefined();
  });
});

describe('files of the context', () => {
  test.each([
    ['all sources but the last word', 'FROM scratch\nCOPY a b/ c', {}, ['a', 'b']],
    ['the JSON form', 'FROM scratch\nADD ["a b", "/"]', {}, ['a b']],
    ['paths stay below the root', 'FROM scratch\nCOPY ../a /b/./c ./ /', {}, ['a', 'b/c', '']],
    ['flags are none', 'FROM scratch\nCOPY --chown=1:1 --chmod=755 --link a /', {}, ['a']],
    ['wildcards stay', 'FROM scratch\nCOPY *.py /', {}, ['*.py']],
    ['COPY --from takes nothing of it', 'FROM a AS x\nFROM x\nCOPY --from=x a /', {}, []],
    ['a bind mount reads it', 'FROM a\nRUN --mount=source=src,target=/s --mount=type=secret,id=x b', {}, ['src']],
    ['a bind mount without a source reads all of it', 'FROM a\nRUN --mount=type=bind,target=. b', {}, ['']],
    ['heredocs are no files', 'FROM a\nCOPY <<EOF b /x/\nhello\nEOF', {}, ['b']],
    ['variables of the stage', 'FROM scratch\nARG D=src\nENV E=$D/x\nCOPY $E /', {}, ['src/x']],
    ['ENV wins over ARG', 'FROM scratch\nENV D=env\nARG D=arg\nCOPY $D /', { args: { D: 'given' } }, ['env']],
    ['an ARG takes the global default', 'ARG D=src\nFROM scratch\nARG D\nCOPY $D /', {}, ['src']],
    ['a global is not seen in a stage that does not declare it', 'ARG D=src\nFROM scratch\nCOPY x$D /', {}, ['x']],
    [
      'ENV goes on in a stage that begins with this one',
      'FROM scratch AS x\nENV D=src\nFROM x\nCOPY $D /',
      {},
      ['src'],
    ],
    ['ARG does not', 'FROM scratch AS x\nARG D=src\nFROM x\nCOPY y$D /', {}, ['y']],
    ['a variable that the base may set: all of it', 'FROM python\nARG D=src\nCOPY $D /', {}, ['']],
    ['ENV of the Dockerfile itself is known on any base', 'FROM python\nENV D=src\nCOPY ${D} /', {}, ['src']],
    ['an unreached stage reads nothing', 'FROM a AS x\nCOPY big /\nFROM b\nCOPY small /', {}, ['small']],
    [
      'an ONBUILD trigger runs in the stage that begins with this one',
      'FROM scratch AS x\nONBUILD COPY src /\nFROM x',
      {},
      ['src'],
    ],
    ['not in the stage that sets it', 'FROM scratch\nONBUILD COPY src /', {}, []],
    ['the old form of ENV', 'FROM scratch\nENV D some dir\nCOPY ["$D", "/"]', {}, ['some dir']],
  ] as const)('%s', (_, text, options, expected) => {
    expect(paths(text, options)).toEqual(expected);
  });

  test.each([
    ['https://x.org/a.tar', false],
    ['--checksum=sha256:00 https://x.org/a.tar', true],
    ['https://github.com/a/b.git#main', false],
    [`https://github.com/a/b.git#${'a'.repeat(40)}`, true],
    ['git@github.com:a/b.git', false],
  ])('ADD %s is fetched; pinned: %s', (source, pinned) => {
    expect(reach(`FROM a\nADD ${source} /`)).toMatchObject({ sources: [], remotes: [{ pinned, line: 2 }] });
  });

  test('COPY of what looks like a URL is a path', () => {
    expect(reach('FROM a\nCOPY https://x /')).toMatchObject({ remotes: [], sources: [{ path: 'https:/x' }] });
  });
});

test('declared arguments come with the value that holds', () => {
  const stages = reach('ARG G=g\nFROM a\nARG G\nARG A=1 B\nARG C=$G', { args: { B: '2', Z: '3' } })?.stages ?? [];
  expect(stages[0]?.declared).toEqual([
    ['G', 'g'],
    ['A', '1'],
    ['B', '2'],
    // The base's own ENV could stand before the ARG.
    ['C', null],
  ]);
});
