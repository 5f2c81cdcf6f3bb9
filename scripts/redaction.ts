/**
 * `node scripts/redaction.ts [--seeds N]`: how much of what must be hidden is readable on any surface, and how much of what
 * must be readable is cut. Exit code 1 when a bound is broken.
 */
import { parseArgs } from 'node:util';
import { SURFACES } from '../__tests__/fixtures/redaction.ts';
import { measureRedaction } from './redaction/measure.ts';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '3' } } });
const { formats, samples, leaks, innocents, cut } = await measureRedaction(Number(values.seeds));

for (const { format, surface, text } of leaks) process.stdout.write(`LEAK  ${format}, ${surface}: ${text}\n`);
for (const text of cut) process.stdout.write(`CUT   ${text}\n`);
const share = ((100 * cut.length) / innocents).toFixed(2);
process.stdout.write(
  `${formats} formats of secrets, ${samples} samples × ${SURFACES.length} surfaces: ${leaks.length} leaks\n` +
    `${innocents} look-alikes: ${cut.length} cut (${share} %)\n`,
);
process.exitCode = leaks.length === 0 && cut.length <= innocents / 100 ? 0 : 1;
