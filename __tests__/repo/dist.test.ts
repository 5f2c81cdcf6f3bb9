import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

const filesOf = (directory: string): Record<string, string> =>
  Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]));

test('dist/ is what src/ builds to', () => {
  const directory = mkdtempSync(join(tmpdir(), 'dist-'));
  try {
    execFileSync(process.execPath, ['scripts/build.mjs', directory], { cwd: root, stdio: 'pipe' });
    const [built, committed] = [filesOf(directory), filesOf(join(root, 'dist'))];
    expect(Object.keys(committed)).toEqual(Object.keys(built));
    const stale = Object.keys(built).filter((name) => built[name] !== committed[name]);
    expect({ stale, remedy: 'npm run build' }).toEqual({ stale: [], remedy: 'npm run build' });
    // The rules' samples are for tests and documentation: no run has a use for them.
    expect(Object.keys(built).filter((name) => built[name]?.includes('nearMisses'))).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}, 60_000);
