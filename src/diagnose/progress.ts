/** How far a training came before each interruption, read off the numbers of its epochs or steps. */
import type { JobEvent } from '../watch/events.ts';

/** What programs count by: `epoch=3`, `Epoch 3/40`, `step: 1200`, `iteration 17`. */
const COUNT = /\b(epoch|step|iter(?:ation)?)s?\b["']?\s*[=:#[(]?\s*(\d{1,9})\b/i;
/** A line that is longer is data. UTF-16 units. */
const LONGEST_LINE = 2_000;

/** Programs count steps anew in every epoch: of so many pieces the later ones are one. */
const MOST_PIECES = 5_000;

/** Numbers that only rise. Times are epoch milliseconds. */
interface Piece {
  readonly from: number;
  lowest: number;
  highest: number;
}

export interface Progress {
  listen(event: JobEvent): void;
  /** The word and numbers of a restart at the beginning; `undefined` where none is seen. */
  restart(): { readonly unit: string; readonly reached: number; readonly again: number } | undefined;
}

/**
 * Numbers of one word are compared only with each other; of several the first that the program used. Lines and phases
 * reach this run in any order: which side of an interruption a line is on is told by its time.
 */
export function makeProgress(): Progress {
  let unit: string | undefined;
  let now = 0;
  const interruptions: number[] = [];
  const pieces: Piece[] = [];
  const take = (line: string, time: number) => {
    const [, word = '', digits] = line.length > LONGEST_LINE ? [] : (COUNT.exec(line) ?? []);
    if (digits === undefined) return;
    unit ??= word.toLowerCase();
    if (word.toLowerCase() !== unit) return;
    const value = Number(digits);
    const last = pieces.at(-1);
    if (last === undefined || (value < last.highest && pieces.length < MOST_PIECES))
      pieces.push({ from: time, lowest: value, highest: value });
    else {
      last.lowest = Math.min(last.lowest, value);
      last.highest = Math.max(last.highest, value);
    }
  };
  return {
    listen(event) {
      if (event.kind === 'transition') {
        now = Math.max(now, event.at * 1000);
        if (event.status === 'Interrupted') interruptions.push(event.at * 1000);
      }
      if (event.kind === 'lines')
        for (const [index, line] of event.lines.entries()) take(line, event.times?.[index] ?? now);
    },
    restart() {
      const [first, ...later] = stretches(pieces, interruptions);
      const again = later.find(({ lowest }) => first && lowest <= first.lowest && first.highest > first.lowest);
      return first && again && unit !== undefined ? { unit, reached: first.highest, again: again.lowest } : undefined;
    },
  };
}

/** What was counted between one interruption and the next. */
function stretches(pieces: readonly Piece[], interruptions: readonly number[]) {
  const bounds = [Number.NEGATIVE_INFINITY, ...interruptions.toSorted((one, other) => one - other)];
  return bounds
    .map((start, index) => {
      const end = bounds[index + 1] ?? Number.POSITIVE_INFINITY;
      return pieces.filter(({ from }) => from >= start && from < end);
    })
    .filter((within) => within.length > 0)
    .map((within) => ({
      lowest: Math.min(...within.map(({ lowest }) => lowest)),
      highest: Math.max(...within.map(({ highest }) => highest)),
    }));
}
