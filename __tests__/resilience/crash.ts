/**
 * `npm run test:crash [-- --only kill|cancel|race|long] [--at-once N]`: runs that are killed, cancelled or doubled at every
 * moment that matters, and one that lasts thirty hours.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeCheckout } from '../e2e/checkout.ts';
import { cancelAt, countRequests, killAt, type Length, type Point, race } from './crash-points.ts';
import { followThirtyHours } from './long-job.ts';
import { inPool } from './pool.ts';

const RACES = 20;
/** Of a job that lives on every request up to here is a moment of its own; later ones only repeat. */
const LONG_POINTS = 24;
const upTo = (count: number, length: Length) =>
  Array.from({ length: count }, (_, index) => [length, index + 1] as const);
const say = (text: string) => process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, 'at-once': { type: 'string', default: '3' } },
});
const atOnce = Number(values['at-once']);
const wanted = (part: string) => values.only === '' || values.only === part;

async function main(): Promise<number> {
  const checkout = makeCheckout('head');
  const points: Point[] = [];
  const told = async (point: Promise<Point>) => {
    const known = await point;
    points.push(known);
    say(`${known.what.padEnd(72)} ${known.seen}`);
  };
  try {
    const moments = [...upTo(LONG_POINTS, 'long'), ...upTo(await countRequests(checkout), 'short')];
    const acts = [
      // First, for it takes longest: 108 s of this machine at least.
      ...(wanted('long') ? [() => followThirtyHours(checkout)] : []),
      ...(wanted('kill')
        ? moments.map(
            ([length, at]) =>
              () =>
                killAt(checkout, length, at),
          )
        : []),
      ...(wanted('cancel')
        ? moments.map(
            ([length, at]) =>
              () =>
                cancelAt(checkout, length, at),
          )
        : []),
      ...(wanted('race') ? Array.from({ length: RACES }, (_, pair) => () => race(checkout, pair + 1)) : []),
    ];
    await inPool(acts, atOnce, (act) => told(act()));
  } finally {
    rmSync(checkout.directory, { recursive: true, force: true });
  }
  return summarize(points);
}

function summarize(points: readonly Point[]): number {
  for (const { what, orphans, duplicates, wrong } of points)
    for (const finding of [...orphans, ...duplicates, ...wrong]) say(`✗ ${what}: ${finding}`);
  const bad = points.filter(({ orphans, duplicates, wrong }) => orphans.length + duplicates.length + wrong.length > 0);
  const count = (of: (point: Point) => readonly string[]) => points.filter((point) => of(point).length > 0).length;
  const counts = [count((p) => p.orphans), count((p) => p.duplicates), count((p) => p.wrong)];
  say(`crash: ${points.length - bad.length} passed, ${bad.length} failed`);
  say(`${points.length} crash points: ${counts[0]} orphans, ${counts[1]} duplicates, ${counts[2]} wrong verdicts`);
  return bad.length === 0 && points.length > 0 ? 0 : 1;
}

process.exitCode = await main();
