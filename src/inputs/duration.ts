import { type Parsed, quoted, valid, wrong } from './problem.ts';

const UNITS = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;
const DURATION = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const HOW = 'Write a number with a unit, largest first: 45s, 90m, 1h30m, 2d.';

export interface DurationRange {
  /** Seconds. */
  readonly min: number;
  /** Seconds. */
  readonly max: number;
}

/** `45s`, `90m`, `1h30m`, `2d` → seconds, within the range. */
export function duration(range: DurationRange): (text: string) => Parsed<number> {
  return (text) => {
    const match = DURATION.exec(text);
    if (match === null || text === '') return notADuration(text);
    const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
    const total =
      Number(days) * UNITS.d + Number(hours) * UNITS.h + Number(minutes) * UNITS.m + Number(seconds) * UNITS.s;
    if (total < range.min) return wrong(`is ${quoted(text)}, shorter than ${inWords(range.min)}`, between(range));
    if (total > range.max) return wrong(`is ${quoted(text)}, longer than ${inWords(range.max)}`, between(range));
    return valid(total);
  };
}

function notADuration(text: string): Parsed<never> {
  if (/^\d+$/.test(text))
    return wrong(`is ${quoted(text)}, a number without a unit`, `Write ${text}s for seconds, or use m, h or d.`);
  return wrong(`is ${quoted(text)}, which is no duration`, HOW);
}

function between({ min, max }: DurationRange): string {
  return `Write a duration from ${inWords(min)} to ${inWords(max)}.`;
}

/** Seconds → `1h30m`, in the spelling that {@link duration} reads. */
export function inWords(seconds: number): string {
  if (seconds === 0) return '0s';
  let rest = seconds;
  let text = '';
  for (const [unit, size] of Object.entries(UNITS)) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}
