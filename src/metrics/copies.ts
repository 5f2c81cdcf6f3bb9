/** Lines that a logger prints once more by another channel, at once or all of them at the end. */
import type { LogRecord } from './record.ts';
import type { Source } from './track.ts';

/** Texts remembered; older ones are forgotten first. */
const MOST_TEXTS = 4_096;
/** Longer texts are told apart by their beginning and their length. */
const LONGEST_KEY = 400;

export class Copies {
  /** How often each channel printed a text. */
  readonly #seen = new Map<string, Map<string, number>>();

  /** Whether another channel of the same process has printed this text more often so far. */
  isCopy({ text, channel }: LogRecord, { rank, node }: Source): boolean {
    const key = `${node} ${rank} ${text.length} ${text.slice(0, LONGEST_KEY)}`;
    const counts = this.#countsOf(key);
    const mine = (counts.get(channel) ?? 0) + 1;
    counts.set(channel, mine);
    if (counts.size === 1) return false;
    return [...counts].some(([other, count]) => other !== channel && count >= mine);
  }

  #countsOf(key: string): Map<string, number> {
    const known = this.#seen.get(key);
    if (known !== undefined) return known;
    const oldest = this.#seen.size >= MOST_TEXTS ? this.#seen.keys().next().value : undefined;
    if (oldest !== undefined) this.#seen.delete(oldest);
    const counts = new Map<string, number>();
    this.#seen.set(key, counts);
    return counts;
  }
}
