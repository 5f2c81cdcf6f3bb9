/**
 * Metrics by a user's own regular expressions, on the text as SageMaker matches it: raw, escapes and all. An expression can
 * take time without end (`(a+)+$`), so each works within limits, and is given up when it does not keep them.
 */
import type { MetricDefinition } from '../inputs/inputs.ts';
import type { WithinTime } from '../ports.ts';
import type { Measurement } from './measurement.ts';
import { numberOf } from './number.ts';
import { placeOfMetric, spotOf } from './place.ts';
import type { Drawing } from './record.ts';

/**
 * A pattern such as `.*loss=([0-9.]+)` takes time with the square of the text's length. Of longer texts only the end is
 * read: that is where the newest values stand.
 */
const LONGEST_TEXT = 4_096;
/** So many drawings are matched in one go, in at most so many seconds: 5 ms each, where a sound expression takes some µs. */
const AT_ONCE = 200;
const LONGEST_GO = 1;

interface Expression {
  readonly name: string;
  readonly pattern: RegExp;
  givenUp: boolean;
}

export interface Match {
  readonly measurement: Measurement;
  readonly drawing: Drawing;
}

export class Expressions {
  readonly #all: readonly Expression[];
  readonly #withinTime: WithinTime;

  constructor(definitions: readonly MetricDefinition[], withinTime: WithinTime) {
    this.#all = definitions.map(({ name, regex }) => ({ name, pattern: new RegExp(regex, 'dg'), givenUp: false }));
    this.#withinTime = withinTime;
  }

  /** Every value in these drawings, in the order of the expressions. */
  match(drawings: readonly Drawing[]): readonly Match[] {
    const found: Match[] = [];
    for (let start = 0; start < drawings.length; start += AT_ONCE) {
      const some = drawings.slice(start, start + AT_ONCE);
      for (const one of this.#all.filter(({ givenUp }) => !givenUp)) {
        const inTime = this.#withinTime(() => {
          for (const drawing of some) found.push(...matches(drawing, one));
        }, LONGEST_GO);
        one.givenUp = !inTime;
      }
    }
    return found;
  }

  /** Names of the metrics whose expression took too long: what was seen of them is not the whole. */
  givenUp(): readonly string[] {
    return this.#all.filter(({ givenUp }) => givenUp).map(({ name }) => name);
  }
}

/** What two writers have put on one line has no place that would hold for all of it. */
function matches(drawing: Drawing, { name, pattern }: Expression): readonly Match[] {
  const values = [...valuesIn(endOf(drawing.raw), pattern)];
  const [record, second] = drawing.records;
  if (values.length === 0 || record === undefined) return [];
  const spot = spotOf(record.text);
  const place = second === undefined && values.length === 1 ? placeOfMetric(name, spot, undefined) : undefined;
  return values.map((value, at) => ({
    drawing,
    measurement: { name, value, place, redraws: (spot.bar || record.redraws) && at === 0 },
  }));
}

/**
 * Every value in the text. The search goes on right behind the number, not behind the match: what a pattern takes after the
 * number may be what it needs before the next name.
 */
function* valuesIn(text: string, pattern: RegExp): Generator<number> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const end = match.indices?.[1]?.[1] ?? match.index + match[0].length;
    pattern.lastIndex = Math.max(end, match.index + 1);
    const value = numberOf(match[1]);
    if (value !== undefined) yield value;
  }
}

function endOf(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const end = text.slice(-LONGEST_TEXT);
  // A name cut in two would look like another name: best_loss, loss.
  const blank = end.search(/\s/);
  return blank === -1 ? '' : end.slice(blank);
}
