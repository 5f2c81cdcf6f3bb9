// `npm test [-- jest's own arguments]`: every ring of __tests__ (its folders), counted by name at the end.
// What jest says goes to the screen, its JSON to out/test-results.json. The ledgers of the local clouds that the tests
// leave in out/ledgers belong to this run alone: `npm run test:independent` holds them against AWS's models.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ringLines } from './test-rings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tests = join(root, '__tests__');
const results = join(root, 'out/test-results.json');
const extra = process.argv.slice(2);

rmSync(join(root, 'out/ledgers'), { recursive: true, force: true });
rmSync(results, { force: true });
mkdirSync(join(root, 'out/ledgers'), { recursive: true });

const { status, signal, error } = spawnSync(
  process.execPath,
  [
    ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    join(root, 'node_modules/jest/bin/jest.js'),
    ...['--maxWorkers=2', '--json', `--outputFile=${results}`],
    ...extra,
  ],
  // jest's report goes to stderr; its JSON, which --json would print as well, to nowhere.
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
);
if (error) throw error;
if (signal) process.stdout.write(`jest was ended by ${signal}\n`);

const { lines, failed } = ringLines({
  rings: extra.length > 0 ? [] : ringsOnDisk(),
  files: readResults(),
  ringOf: (file) => relative(tests, file).split(sep)[0] ?? '',
});
for (const line of lines) process.stdout.write(`${line}\n`);
process.exitCode = status === 0 && failed === 0 ? 0 : 1;

/** Folders that hold tests: none of them may stay silent when everything is run. */
function ringsOnDisk() {
  return readdirSync(tests, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => readdirSync(join(tests, name), { recursive: true }).some((file) => file.endsWith('.test.ts')));
}

function readResults() {
  try {
    return JSON.parse(readFileSync(results, 'utf8')).testResults;
  } catch {
    return []; // jest did not get as far as writing them; its exit code says so
  }
}
