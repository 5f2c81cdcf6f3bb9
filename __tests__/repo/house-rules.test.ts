import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'out', 'build', 'fixtures', 'data']);
const MAX_LINES = 200;

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

function filesBelow(directory: string, name: RegExp): SourceFile[] {
  const entries = readdirSync(join(root, directory), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesBelow(path, name);
    if (!entry.isFile() || !name.test(entry.name)) return [];
    return [{ path: relative(root, join(root, path)), text: readFileSync(join(root, path), 'utf8') }];
  });
}

const code = ['src', 'local-cloud', 'scripts', 'bench'].flatMap((directory) => filesBelow(directory, /\.(ts|mjs|py)$/));
const tests = filesBelow('__tests__', /\.(ts|mjs)$/);

describe('source files', () => {
  it(`have at most ${MAX_LINES} lines`, () => {
    const long = code
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  it('are found by this test', () => {
    expect(code.map(({ path }) => path)).toEqual(expect.arrayContaining(['src/failure.ts', 'scripts/docs.ts']));
  });
});

describe('package.json', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const dependencies = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}),
  );

  it.each(dependencies)('pins %s to one version: %s', (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('the repository', () => {
  it('stands alone: nothing points out of it', () => {
    // Spelled in parts, so that this file is no finding of its own.
    const outside = new RegExp([`\\.\\.${'/'}shared`, `/${'work'}/(main|shared|notes)`].join('|'));
    const everything = [...filesBelow('.', /\.(ts|mjs|py|json|ya?ml|md|sh)$/)];
    expect(everything.filter(({ text }) => outside.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('mocks no modules', () => {
    const mocks = new RegExp(`\\bjest\\.(${['mock', 'unstable_mockModule', 'doMock', 'spyOn', 'fn'].join('|')})\\(`);
    expect(tests.filter(({ text }) => mocks.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
