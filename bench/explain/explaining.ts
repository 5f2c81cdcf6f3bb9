/** `npm run explain -- --log` on logs of a gigabyte: of one node, and of twenty that are interleaved. The worse of both counts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Figure } from '../figure.ts';
import { CAUSE, writeOneNode, writeTwentyNodes } from './large-log.ts';

export const EXPLAIN_FIGURES: readonly Figure[] = [
  { name: 'explain-mb-per-second', unit: 'MB/s', better: 'higher' },
  { name: 'explain-peak-rss-mb', unit: 'MB', better: 'lower' },
];

const BYTES = 1e9;
const MEGABYTE = 1e6;
const EXPLAIN = fileURLToPath(new URL('../../scripts/explain.ts', import.meta.url));
const REPORT = new URL('report-peak.mjs', import.meta.url).href;

interface Explained {
  /** From the start of the process to its end. */
  readonly seconds: number;
  readonly peakBytes: number;
}

export async function measureExplaining(): Promise<Readonly<Record<string, number>>> {
  const runs: Explained[] = [];
  for (const write of [writeOneNode, writeTwentyNodes]) {
    const directory = mkdtempSync(join(tmpdir(), 'explain-bench-'));
    try {
      const log = join(directory, 'log.txt');
      write(log, BYTES);
      runs.push(await explain(log));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
  return {
    'explain-mb-per-second': BYTES / MEGABYTE / Math.max(...runs.map(({ seconds }) => seconds)),
    'explain-peak-rss-mb': Math.max(...runs.map(({ peakBytes }) => peakBytes)) / MEGABYTE,
  };
}

/** A fast answer that is wrong measures nothing. */
async function explain(log: string): Promise<Explained> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', REPORT, EXPLAIN, '--log', log], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const [answer, peak] = await Promise.all([
    text(child.stdio[1] as Readable),
    text(child.stdio[3] as Readable),
    once(child, 'exit'),
  ]);
  const seconds = (performance.now() - began) / 1000;
  const { label } = JSON.parse(answer) as { label: string };
  if (label !== CAUSE) throw new Error(`the log was explained as ${label} instead of ${CAUSE}`);
  return { seconds, peakBytes: Number(peak) * 1024 };
}
