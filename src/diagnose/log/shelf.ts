/**
 * Lines that are kept, as bytes, in memory that is used again and again: strings and arrays of a gigabyte of log would
 * fill the heap between two collections.
 */
import type { LogLine } from './excerpt.ts';

/** Of a longer line both ends are kept: messages start at the front, and come last after a progress bar. */
const LINE_END = 4_000;
const GAP = Buffer.from(' … ');
/** What a kept line takes beside its bytes. */
const OVERHEAD = 64;
const SMALLEST = 16 * 1024;

/** Holds about so many bytes of lines; one that is told to gives up its oldest. */
export class Shelf {
  readonly #limit: number;
  #bytes = Buffer.alloc(0);
  #used = 0;
  #count = 0;
  /** Of each line: where it ends in the bytes, and its number. */
  #ends = new Uint32Array(0);
  #numbers = new Uint32Array(0);

  constructor(limit: number) {
    this.#limit = limit;
  }

  get full(): boolean {
    return this.#weight() > this.#limit;
  }

  /** The line from `start` to `end` of the bytes, which may be used again afterwards. */
  put(bytes: Buffer, start: number, end: number, number: number): void {
    if (end - start <= 2 * LINE_END) this.#append(bytes, start, end);
    else {
      this.#append(bytes, start, start + LINE_END);
      this.#append(GAP, 0, GAP.length);
      this.#append(bytes, end - LINE_END, end);
    }
    this.#ends = roomFor(this.#count + 1, this.#ends);
    this.#numbers = roomFor(this.#count + 1, this.#numbers);
    this.#ends[this.#count] = this.#used;
    this.#numbers[this.#count++] = number;
  }

  /** In large steps: removing at the front moves all that follows. */
  dropOldest(): void {
    if (this.#weight() < 2 * this.#limit) return;
    let from = 0;
    let cut = 0;
    for (; from < this.#count && this.#used - cut + (this.#count - from) * OVERHEAD > this.#limit; from++)
      cut = this.#ends[from] ?? 0;
    this.#bytes.copyWithin(0, cut, this.#used);
    this.#ends.copyWithin(0, from, this.#count);
    this.#numbers.copyWithin(0, from, this.#count);
    this.#used -= cut;
    this.#count -= from;
    for (let index = 0; index < this.#count; index++) this.#ends[index] = (this.#ends[index] ?? 0) - cut;
  }

  lines(): LogLine[] {
    return Array.from({ length: this.#count }, (_, index) => ({
      text: this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]),
      number: this.#numbers[index] ?? 0,
    }));
  }

  #weight(): number {
    return this.#used + this.#count * OVERHEAD;
  }

  #append(from: Buffer, start: number, end: number): void {
    const needed = this.#used + end - start;
    if (needed > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(SMALLEST, 2 * needed));
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    // `copy` would make a view of the source for each line.
    const to = this.#bytes;
    const shift = this.#used - start;
    for (let at = start; at < end; at++) to[at + shift] = from[at] as number;
    this.#used = end + shift;
  }
}

function roomFor(count: number, array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  if (count <= array.length) return array;
  const larger = new Uint32Array(2 * count + SMALLEST / Uint32Array.BYTES_PER_ELEMENT);
  larger.set(array);
  return larger;
}
