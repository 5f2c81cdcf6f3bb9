/**
 * `npm run bench [-- --only NAME,NAME]`: measures, prints a table and writes out/bench.json. Where this machine lacks what
 * a figure needs, its line says so, and the exit code is 1.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BENCHES, type Measured } from './benches.ts';

const OUT = join(dirname(fileURLToPath(import.meta.url)), '../out/bench.json');
const NAME_WIDTH = 32;
const say = (text: string) => process.stdout.write(`${text}\n`);

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',').map((name) => name.trim());
const known = BENCHES.flatMap(({ figures }) => figures.map(({ name }) => name));
const unknown = only?.filter((name) => !known.includes(name)) ?? [];

if (unknown.length > 0) {
  say(`There is no figure ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  process.exitCode = 2;
} else {
  const measured: Measured[] = [];
  for (const { figures, measure, missing } of BENCHES) {
    const wanted = figures.filter(({ name }) => only?.includes(name) ?? true);
    if (wanted.length === 0) continue;
    const lacks = missing?.();
    if (lacks !== undefined) {
      for (const { name } of wanted) say(`${name.padEnd(NAME_WIDTH)} not measured: ${lacks}`);
      process.exitCode = 1;
      continue;
    }
    const found = await measure();
    for (const figure of wanted) {
      const value = found[figure.name];
      if (value === undefined) throw new Error(`${figure.name} was not measured`);
      measured.push({ name: figure.name, value, unit: figure.unit, better: figure.better });
      say(`${figure.name.padEnd(NAME_WIDTH)} ${value.toFixed(2).padStart(10)} ${figure.unit}`);
    }
  }
  mkdirSync(dirname(OUT), { recursive: true });
  writeFileSync(OUT, `${JSON.stringify(measured, null, 2)}\n`);
}
