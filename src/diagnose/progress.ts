/** How far a training came before each interruption, read off the numbers of its epochs or steps. */
import type { JobEvent } from '../watch/events.ts';

/** What programs count by: `epoch=3`, `Epoch 3/40`, `step: 1200`, `iteration 17`. */
const COUNT = /\b(epoch|step|iter(?:ation)?)s?\b["']?\s*[=:#[(]?\s*(\d{1,9})\b/i;
/** A line that is longer is data. UTF-16 units. */
const LONGEST_LINE = 2_000;

interface Stretch {
  lowest: number;
  highest: number;
}

export interface Progress {
  listen(event: JobEvent): void;
  /** The word and numbers of a restart at the beginning; `undefined` where none is seen. */
  restart(): { readonly unit: string; readonly reached: number; readonly again: number } | undefined;
}

/** Numbers of one word are compared only with each other; of several the first that the program used. */
export function makeProgress(): Progress {
  let unit: string | undefined;
  const stretches: Stretch[] = [];
  let current: Stretch | undefined;
  const take = (line: string) => {
    const [, word = '', digits] = line.length > LONGEST_LINE ? [] : (COUNT.exec(line) ?? []);
    if (digits === undefined) return;
    unit ??= word.toLowerCase();
    if (word.toLowerCase() !== unit) return;
    const value = Number(digits);
    if (current === undefined) {
      current = { lowest: value, highest: value };
      stretches.push(current);
    }
    current.lowest = Math.min(current.lowest, value);
    current.highest = Math.max(current.highest, value);
  };
  return {
    listen(event) {
      if (event.kind === 'transition' && event.status === 'Interrupted') current = undefined;
      // Lines that arrive late belong to the stretch before, but they are high: the lowest stays right.
      if (event.kind === 'lines') for (const line of event.lines) take(line);
    },
    restart() {
      const [first, ...later] = stretches;
      const again = later.find(({ lowest }) => first && lowest <= first.lowest && first.highest > first.lowest);
      return first && again && unit !== undefined ? { unit, reached: first.highest, again: again.lowest } : undefined;
    },
  };
}
