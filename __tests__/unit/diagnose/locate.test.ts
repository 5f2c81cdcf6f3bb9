import { describe, expect, it } from '@jest/globals';
import { locate } from '../../../src/diagnose/locate.ts';
import { originsOf } from '../../../src/image/dockerfile/copies.ts';
import { parseDockerfile } from '../../../src/image/dockerfile/dockerfile.ts';
import { resolveStages } from '../../../src/image/dockerfile/resolve.ts';

const BUILD = { platform: 'linux/amd64', buildArgs: {} };
const origins = (dockerfile: string, path: string) =>
  originsOf(path, resolveStages(parseDockerfile(dockerfile), undefined, BUILD) ?? []);

describe('where a file of the image came from', () => {
  it.each([
    ['a directory', 'FROM python\nCOPY src/ /opt/ml/code/', '/opt/ml/code/a/b.py', ['src/a/b.py']],
    ['the whole context', 'FROM python\nCOPY . /opt/ml/code', '/opt/ml/code/train.py', ['train.py']],
    [
      'a file into a directory',
      'FROM x\nCOPY src/train.py /code/',
      '/code/train.py',
      ['src/train.py', 'src/train.py/train.py'],
    ],
    ['a file under another name', 'FROM x\nCOPY src/a.py /code/train.py', '/code/train.py', ['src/a.py']],
    ['the last of several', 'FROM x\nCOPY a /code\nADD b /code', '/code/t.py', ['b/t.py', 'a/t.py']],
    ['JSON', 'FROM x\nCOPY ["my src", "/code"]', '/code/t.py', ['my src/t.py']],
    ['a variable', 'FROM scratch\nARG TO=/code\nCOPY src $TO/', '/code/t.py', ['src/t.py']],
    ['below WORKDIR', 'FROM x\nWORKDIR /opt\nWORKDIR app\nCOPY src .', '/opt/app/t.py', ['src/t.py']],
    ['a relative path', 'FROM x\nWORKDIR /app\nCOPY src /app', 't.py', ['src/t.py']],
    [
      'an earlier stage it begins with',
      'FROM x AS base\nCOPY src /code\nFROM base\nRUN true',
      '/code/t.py',
      ['src/t.py'],
    ],
    ['the root', 'FROM x\nCOPY rootfs /', '/code/t.py', ['rootfs/code/t.py']],
  ])('is told by a COPY of %s', (_, dockerfile, path, expected) => {
    expect(origins(dockerfile, path)).toEqual(expected);
  });

  it.each([
    ['another stage', 'FROM x AS b\nCOPY src /code\nFROM x\nCOPY --from=b /code /code', '/code/t.py'],
    ['a variable of the base image', 'FROM x\nCOPY src $HOME/code', '/code/t.py'],
    ['a pattern', 'FROM x\nCOPY src/*.py /code/', '/code/t.py'],
    ['another place', 'FROM x\nCOPY src /code2', '/code/t.py'],
    ['a relative path below the base image’s directory', 'FROM x\nCOPY src ./', '/code/t.py'],
  ])('is not told by %s', (_, dockerfile, path) => {
    expect(origins(dockerfile, path)).toEqual([]);
  });
});

const IMAGE = { context: 'app', dockerfile: 'app/Dockerfile', platform: 'linux/amd64', buildArgs: {} };
const frame = (file: string, line: number, code: string) => ({ file, line, code, function: 'main' });
const DOCKERFILE = 'FROM python\nCOPY src/ /opt/ml/code/\n';

function find(files: Readonly<Record<string, string>>, ...frames: readonly ReturnType<typeof frame>[]) {
  const tracked = (path: string) => Object.keys(files).filter((name) => name === path || name.endsWith(`/${path}`));
  return locate(frames, IMAGE as Parameters<typeof locate>[1], {
    files: { read: async (path) => files[path] },
    checkout: { tracked: async (path) => tracked(path) },
  });
}

describe('the line of the repository', () => {
  const SOURCE = 'import os\nrows =  read(\n    path)\n';

  it('is found through the Dockerfile, below the context', async () => {
    const files = { 'app/Dockerfile': DOCKERFILE, 'app/src/train.py': SOURCE, 'train.py': SOURCE };
    await expect(find(files, frame('/opt/ml/code/train.py', 2, 'rows = read( path)'))).resolves.toEqual({
      file: 'app/src/train.py',
      line: 2,
    });
  });

  it('is found by its name where no COPY tells and only one file has it', async () => {
    const files = { 'app/Dockerfile': 'FROM x', 'lib/pkg/train.py': SOURCE, 'other.py': SOURCE };
    await expect(find(files, frame('/opt/ml/code/pkg/train.py', 1, 'import os'))).resolves.toEqual({
      file: 'lib/pkg/train.py',
      line: 1,
    });
  });

  it('is the next frame’s where the deepest is not found', async () => {
    const files = { 'app/Dockerfile': DOCKERFILE, 'app/src/train.py': SOURCE };
    const frames = [frame('/opt/ml/code/gone.py', 9, 'x'), frame('/opt/ml/code/train.py', 1, 'import os')];
    await expect(find(files, ...frames)).resolves.toEqual({ file: 'app/src/train.py', line: 1 });
  });

  it.each([
    [
      'two files of that name',
      { 'a/train.py': SOURCE, 'b/train.py': SOURCE },
      frame('/opt/ml/code/train.py', 1, 'import os'),
    ],
    ['another text on that line', { 'train.py': SOURCE }, frame('/opt/ml/code/train.py', 1, 'import sys')],
    ['no such line', { 'train.py': SOURCE }, frame('/opt/ml/code/train.py', 99, 'import os')],
    ['no source in the traceback', { 'train.py': SOURCE }, frame('/opt/ml/code/train.py', 1, '')],
    ['another directory', { 'train.py': SOURCE }, frame('/srv/train.py', 1, 'import os')],
    ['a way out', { '../train.py': SOURCE }, frame('/opt/ml/code/../train.py', 1, 'import os')],
  ])('is not told in doubt: %s', async (_, files, one) => {
    await expect(find({ 'app/Dockerfile': 'FROM x', ...files }, one)).resolves.toBeUndefined();
  });
});
