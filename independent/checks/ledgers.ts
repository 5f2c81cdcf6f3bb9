/** Every request and answer of every ledger, against what AWS and GitHub themselves publish about their APIs. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEntry } from '../cloud.ts';
import { isAnswered, requestViolations, responseViolations } from '../github-description.ts';
import { LEDGERS, program, ROOT, type Suite } from '../suite.ts';

/** Where ledgers come from, and what writes them. */
const SOURCES = [
  { name: 'tests', path: join(ROOT, 'out/ledgers'), remedy: 'npm test' },
  { name: 'demo', path: join(ROOT, 'out/demo/ledger.json'), remedy: 'npm run demo' },
  { name: 'independent', path: LEDGERS, remedy: 'npm run test:independent' },
];

export async function ledgerChecks(suite: Suite): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'ledgers-'));
  try {
    for (const { name, path, remedy } of SOURCES) {
      await suite.check(`ledgers of ${name} are there`, () => {
        if (!existsSync(path) || (!path.endsWith('.json') && readdirSync(path).length === 0))
          throw new Error(`no ledger in ${path}: run \`${remedy}\` first`);
        cpSync(path, join(directory, path.endsWith('.json') ? `${name}.json` : name), { recursive: true });
      });
    }
    await awsChecks(suite, directory);
    await githubChecks(suite, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** One line of validate_ledgers.py: service, operation, direction, entries, `ok` or the number of violations. */
const ROW = /^(\w+) +(\w+) +(request|response) +(\d+) {2}(ok|\d+ violations)$/;

async function awsChecks(suite: Suite, directory: string): Promise<void> {
  const { status, stdout, stderr } = spawnSync(
    program('python'),
    [join(ROOT, 'independent/validate_ledgers.py'), directory],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  const lines = stdout.split('\n');
  const rows = lines.map((line) => ROW.exec(line)).filter((row) => row !== null);
  for (const [, service = '', operation = '', direction = '', entries = '', verdict = ''] of rows) {
    await suite.check(`botocore: ${service} ${operation}, ${direction}s (${entries})`, () => {
      if (verdict === 'ok') return;
      const place = `${service} ${operation} ${direction}: `;
      const told = lines.flatMap((line, index) => (line.startsWith(place) ? [line, lines[index + 1] ?? ''] : []));
      throw new Error(told.join('\n'));
    });
  }
  const told = rows.some((row) => row[5] !== 'ok');
  if (rows.length === 0 || (status !== 0) !== told)
    throw new Error(`validate_ledgers.py ended with ${status}:\n${stdout}${stderr}`);
}

async function githubChecks(suite: Suite, directory: string): Promise<void> {
  const tallies = new Map<string, { entries: number; violations: Map<string, string> }>();
  const add = (title: string, place: string, violations: readonly string[]) => {
    const tally = tallies.get(title) ?? { entries: 0, violations: new Map() };
    tallies.set(title, tally);
    tally.entries += 1;
    for (const violation of violations) if (!tally.violations.has(violation)) tally.violations.set(violation, place);
  };
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  )) {
    const entries: readonly LedgerEntry[] = JSON.parse(readFileSync(join(directory, file), 'utf8'));
    for (const entry of entries.filter(({ service }) => service === 'github')) {
      const place = `${file} #${entry.n}`;
      add(`GitHub: ${entry.operation}, requests`, place, requestViolations(entry));
      if (isAnswered(entry)) add(`GitHub: ${entry.operation}, answers`, place, responseViolations(entry));
    }
  }
  for (const [title, { entries, violations }] of [...tallies].sort(([a], [b]) => a.localeCompare(b))) {
    await suite.check(`${title} (${entries})`, () => {
      const told = [...violations].map(([violation, place]) => `${violation}, first in ${place}`);
      if (told.length > 0) throw new Error(told.join('\n'));
    });
  }
  if (tallies.size === 0) throw new Error('no ledger has a call to GitHub');
}
