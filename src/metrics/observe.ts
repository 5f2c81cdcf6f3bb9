/** Metrics read off the log as it passes by, with the regular expressions that SageMaker applies. */
import type { MetricDefinition } from '../inputs/inputs.ts';

/** What the log said of one metric. Without points there is no value. */
export interface Observed {
  readonly last: number | undefined;
  /** Over the values that are numbers: nan is left out, unless there was nothing else. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly points: number;
}

export interface Observer {
  /** Takes one line of the log. */
  line(text: string): void;
  /** By metric name; every definition has an entry. */
  observed(): ReadonlyMap<string, Observed>;
}

/**
 * A pattern such as `.*loss=([0-9.]+)` takes time with the square of the line's length. Of longer lines only the end is
 * read: that is where a progress bar, redrawn many times on one line, shows its newest values.
 */
const MAX_LINE = 4_096;

const NOTHING: Observed = { last: undefined, min: undefined, max: undefined, points: 0 };

/** Memory does not grow with the log. */
export function observe(definitions: readonly MetricDefinition[]): Observer {
  const rows = definitions.map(({ name, regex }) => ({ name, pattern: new RegExp(regex, 'dg'), seen: NOTHING }));
  return {
    line(text) {
      const shown = endOf(text);
      for (const row of rows) for (const value of valuesIn(shown, row.pattern)) row.seen = withValue(row.seen, value);
    },
    observed: () => new Map(rows.map(({ name, seen }) => [name, seen])),
  };
}

function endOf(text: string): string {
  if (text.length <= MAX_LINE) return text;
  const end = text.slice(-MAX_LINE);
  // A name cut in two would look like another name: best_loss, loss.
  const blank = end.search(/\s/);
  return blank === -1 ? '' : end.slice(blank);
}

/**
 * Every value in the line. The search goes on right behind the number, not behind the match: what a pattern takes
 * after the number may be what it needs before the next name.
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

/** A number as Python, C or JavaScript print it; undefined when it is none. */
export function numberOf(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (/^[-+]?nan$/i.test(trimmed)) return Number.NaN;
  if (/^[-+]?inf(?:inity)?$/i.test(trimmed)) return trimmed.startsWith('-') ? -Infinity : Infinity;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(trimmed) ? Number(trimmed) : undefined;
}

function withValue({ min, max, points }: Observed, value: number): Observed {
  return { last: value, min: extreme(min, value, Math.min), max: extreme(max, value, Math.max), points: points + 1 };
}

function extreme(before: number | undefined, value: number, choose: (a: number, b: number) => number): number {
  if (before === undefined || Number.isNaN(before)) return value;
  return Number.isNaN(value) ? before : choose(before, value);
}
