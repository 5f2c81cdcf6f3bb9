/** What a reader takes from one record of the log. */
import type { LogRecord } from './record.ts';

/** Where in the training: epoch (-1: not told), then step. A missing step stands for the end of the epoch. */
export type Place = readonly [epoch: number, step?: number];

export interface Measurement {
  readonly name: string;
  readonly value: number;
  /** As the record itself says; absent when it does not say. */
  readonly place?: Place | undefined;
  /** Where the training was by what stood before: good for telling a replay, not for telling copies. */
  readonly near?: Place | undefined;
  /** Equal places and equal identities are one measurement told twice; default: the value. */
  readonly identity?: string | undefined;
  /** A newer drawing of the same place, as in a progress bar: it takes the place of the older one. */
  readonly redraws?: boolean | undefined;
  /** A better reading of the measurement before it, wherever that stood. */
  readonly supersedes?: boolean | undefined;
  /** Of another fit than the measurement before it: an earlier place is no replay. */
  readonly fresh?: boolean | undefined;
  /** A table or a summary that may repeat the last value, with more or fewer digits. */
  readonly echoes?: boolean | undefined;
  /** How sure the form is: 0 is best, and a metric seen in a better form is never read from a worse one. */
  readonly tier?: number | undefined;
}

/** Reads one record; undefined when the record is not of the reader's form, empty when it is but has no value to take. */
export type Reader = (record: LogRecord) => readonly Measurement[] | undefined;

/** Which names a reader lets out. */
export type Wanted = (name: string) => boolean;

/** Earlier, same (0) or later. */
export function comparePlaces(one: Place, other: Place): number {
  if (one[0] !== other[0]) return one[0] - other[0];
  const [step, otherStep] = [one[1] ?? Infinity, other[1] ?? Infinity];
  return step === otherStep ? 0 : step - otherStep;
}
