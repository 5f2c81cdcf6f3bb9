/**
 * `npm run test:faults [-- --only TEXT] [--at-once N] [--matrix FILE]`: every outside call of the action, broken in eight
 * ways, one at a time. The calls are not listed by hand: they are what the situations' unbroken runs were seen to make.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Checkout } from '../e2e/checkout.ts';
import type { Fault } from './calls.ts';
import { type Aftermath, type Cell, runCell } from './cell.ts';
import { inPool } from './pool.ts';
import { REFUSALS } from './refusals.ts';
import { checkoutFor, SITUATIONS, type Situation } from './situations.ts';
import { type Expected, orphans, wrongVerdicts } from './verdict.ts';

/** What passes hits twice at most and changes nothing; a refusal is for good. Seconds are the run's own. */
const FAULTS = [
  { kind: 'throttle', times: 2 },
  { kind: '500', times: 2 },
  { kind: 'reset', times: 2 },
  { kind: 'stall', times: 1 },
  { kind: 'expired', times: Number.POSITIVE_INFINITY },
  { kind: 'denied', times: Number.POSITIVE_INFINITY },
  { kind: 'malformed', times: 2 },
  { kind: 'slow', times: 2, seconds: 10 },
] as const satisfies readonly Fault[];
type Kind = (typeof FAULTS)[number]['kind'];
const KINDS = FAULTS.map(({ kind }) => kind);

interface CallSite {
  readonly site: string;
  readonly situation: Situation;
  readonly checkout: Checkout;
}

interface Judged {
  readonly comesTo: string;
  readonly wrong: readonly string[];
  readonly orphans: readonly string[];
  readonly duplicates: readonly string[];
}

const say = (text: string) => process.stdout.write(`${text}\n`);

function options() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      'at-once': { type: 'string', default: '3' },
      matrix: { type: 'string' },
    },
  });
  return { only: values.only, atOnce: Number(values['at-once']), matrix: values.matrix };
}

async function main(): Promise<number> {
  const { only, atOnce, matrix } = options();
  const settings = SITUATIONS.map((situation) => ({ situation, checkout: checkoutFor(situation) }));
  try {
    const sites = (await findCallSites(settings, atOnce)).filter(({ site }) => site.includes(only));
    say(`${sites.length} call sites in ${SITUATIONS.length} situations × ${KINDS.length} faults`);
    say(row('', KINDS));
    const rows: Judged[][] = sites.map(() => []);
    const lines: string[] = [];
    const cells = sites.flatMap((site, index) => KINDS.map((kind) => ({ ...site, index, kind })));
    await inPool(cells, atOnce, async ({ index, kind, ...site }) => {
      const judged = rows[index] as Judged[];
      judged[KINDS.indexOf(kind)] = await judge(site, kind);
      if (Object.keys(judged).length < KINDS.length) return;
      const line = row(
        site.site,
        judged.map(({ comesTo }) => comesTo),
      );
      lines.push(line);
      say(line);
    });
    if (matrix) writeFileSync(matrix, `${[row('', KINDS), ...lines].join('\n')}\n`);
    return summarize(sites, rows);
  } finally {
    for (const { checkout } of settings) rmSync(checkout.directory, { recursive: true, force: true });
  }
}

/** Each call site once, in the first situation that makes it. An unbroken run must come to what the situation says. */
async function findCallSites(settings: readonly Omit<CallSite, 'site'>[], atOnce: number): Promise<CallSite[]> {
  const clean = await inPool(settings, atOnce, runCell);
  const found = new Map<string, CallSite>();
  for (const [index, setting] of settings.entries()) {
    const after = clean[index] as Aftermath;
    const expected = { conclusion: setting.situation.conclusion, refused: undefined };
    const wrong = [...wrongVerdicts(after, expected, setting.situation), ...orphans(after, expected)];
    if (wrong.length > 0) throw new Error(`${setting.situation.name}, unbroken: ${wrong.join('; ')}\n${after.told}`);
    for (const site of after.sites.keys()) if (!found.has(site)) found.set(site, { site, ...setting });
  }
  return [...found.values()];
}

async function judge({ site, situation, checkout }: CallSite, kind: Kind): Promise<Judged> {
  const fault = FAULTS[KINDS.indexOf(kind)];
  const isRefusal = kind === 'expired' || kind === 'denied';
  const refused = isRefusal ? REFUSALS[site]?.[kind] : undefined;
  if (isRefusal && refused === undefined) throw new Error(`refusals.ts does not say what ${site}, ${kind}, comes to`);
  const conclusion = refused === undefined || refused.comesTo === 'same' ? situation.conclusion : refused.comesTo;
  const expected: Expected = { conclusion, refused };
  const cell: Cell = {
    situation,
    checkout,
    broken: { site, fault: fault as Fault },
    livesOn: refused?.comesTo === 'pending',
  };
  const after = await runCell(cell);
  const missed = after.hits === 0 ? ['the call was not made'] : [];
  return {
    comesTo: situation.killed ? `(${after.status})` : after.conclusion,
    wrong: [...missed, ...wrongVerdicts(after, expected, situation)],
    orphans: orphans(after, expected),
    duplicates: after.duplicates,
  };
}

function row(site: string, cells: readonly string[]): string {
  return `${site.padEnd(50)} ${cells.map((cell) => cell.padEnd(9)).join(' ')}`.trimEnd();
}

function summarize(sites: readonly CallSite[], rows: readonly (readonly Judged[])[]): number {
  const cells = sites.flatMap(({ site, situation }, index) =>
    (rows[index] ?? []).map((judged, at) => ({ ...judged, where: `${site} × ${KINDS[at]} (${situation.name})` })),
  );
  for (const { where, wrong, orphans: left, duplicates } of cells) {
    for (const finding of [...wrong, ...left, ...duplicates]) say(`✗ ${where}: ${finding}`);
  }
  const count = (of: (cell: Judged) => readonly string[]) => cells.filter((cell) => of(cell).length > 0).length;
  const counts = [count((cell) => cell.orphans), count((cell) => cell.duplicates), count((cell) => cell.wrong)];
  const failed = cells.filter((cell) => cell.wrong.length + cell.orphans.length + cell.duplicates.length > 0).length;
  say(`faults: ${cells.length - failed} passed, ${failed} failed`);
  say(`${cells.length} cells: ${counts[0]} orphans, ${counts[1]} duplicates, ${counts[2]} wrong verdicts`);
  return failed === 0 && cells.length > 0 ? 0 : 1;
}

process.exitCode = await main();
