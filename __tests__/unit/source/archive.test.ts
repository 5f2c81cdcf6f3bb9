import { execFileSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { gzipOf, type SourceFile, tarOf } from '../../../src/source/archive.ts';

/** The training toolkit unpacks with Python's tarfile. */
const READ = `
import io, json, sys, tarfile
archive = tarfile.open(fileobj=io.BytesIO(sys.stdin.buffer.read()), mode="r:gz")
print(json.dumps([[m.name, oct(m.mode), m.mtime, m.uid, m.gid, m.isfile(), archive.extractfile(m).read().decode()] for m in archive]))
`;

const read = (archive: Uint8Array) =>
  JSON.parse(execFileSync('python3', ['-c', READ], { input: archive, encoding: 'utf8' })) as unknown[];
const file = (path: string, text: string, executable = false): SourceFile => ({
  path,
  executable,
  bytes: Buffer.from(text),
});

const LONG = `${'directory/'.repeat(30)}train.py`;
const FILES = [
  file('train.py', 'print(1)\n'),
  file('run.sh', '#!/bin/sh\n', true),
  file('größe/日本.txt', 'x'.repeat(512)),
  file(LONG, ''),
  file('a b.txt', 'y'.repeat(513)),
  file(`${'n'.repeat(100)}`, 'exactly a hundred'),
  file(`${'m'.repeat(101)}`, 'one more'),
];

describe('the archive', () => {
  it('is read by Python as what went in, sorted, without times and owners', () => {
    const expected = FILES.map(({ path, executable, bytes }) => [
      path,
      executable ? '0o755' : '0o644',
      0,
      0,
      0,
      true,
      Buffer.from(bytes).toString(),
    ]);
    expect(read(gzipOf(tarOf(FILES)))).toEqual(
      expected.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
    );
  });

  it('has the same bytes in whatever order its files were found', () => {
    expect(tarOf([...FILES].reverse()).equals(tarOf(FILES))).toBe(true);
    expect(gzipOf(tarOf(FILES)).equals(gzipOf(tarOf(FILES)))).toBe(true);
  });

  it.each<[string, readonly SourceFile[]]>([
    ['a byte', [file('train.py', 'print(2)\n')]],
    ['a name', [file('train2.py', 'print(1)\n')]],
    ['a mode', [file('train.py', 'print(1)\n', true)]],
  ])('changes with %s', (_, files) => {
    expect(tarOf(files).equals(tarOf([file('train.py', 'print(1)\n')]))).toBe(false);
  });

  it('tells neither time nor system in its compressed form', () => {
    const archive = gzipOf(tarOf(FILES));
    expect([...archive.subarray(4, 8), archive[9]]).toEqual([0, 0, 0, 0, 255]);
    expect(gunzipSync(archive).equals(tarOf(FILES))).toBe(true);
  });

  it('is a whole number of blocks, ended by two empty ones', () => {
    const tar = tarOf([]);
    expect([tar.length, tar.every((byte) => byte === 0)]).toEqual([1024, true]);
  });
});
