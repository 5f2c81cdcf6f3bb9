/** Decides line by line what of a large log is kept, and gives it back in order. */
import type { ExcerptLimits, LogExcerpt, LogLine } from './excerpt.ts';
import { Shelf } from './shelf.ts';
import { VOCABULARY } from './vocabulary.ts';

/** Lines kept around one that holds a word of the vocabulary. */
const BEFORE = 3;
const AFTER = 12;
/** A Python traceback runs on until its exception; through frameworks it is long. */
const AFTER_TRACEBACK = 150;
const TRACEBACK = 0;
/** Surroundings of one word that go to the first shelf; a word that floods the log must not use it up alone. */
const FIRST_OF_EACH = 25;
/** Of a longer line both ends are kept: messages start at the front, and come last after a progress bar. */
const LINE_END = 4_000;
const NEWLINE = 10;

export class Keeper {
  private readonly limits: ExcerptLimits;
  private readonly first: Shelf;
  private readonly latest: Shelf;
  private readonly seen = new Uint32Array(VOCABULARY.length);
  private readonly tail: Buffer;
  private tailLength = 0;
  private total = 0;
  private bytesRead = 0;
  private keepThrough = 0;
  private lastKept = 0;
  /** Through this line everything goes to the first shelf: surroundings stay in one piece. */
  private firstThrough = 0;

  constructor(limits: ExcerptLimits) {
    this.limits = limits;
    this.first = new Shelf(limits.head + limits.middle);
    this.latest = new Shelf(limits.middle);
    this.tail = Buffer.alloc(limits.tail);
  }

  /** One line, without its newline. `word`: index in the vocabulary, or -1. */
  line(bytes: Buffer, start: number, end: number, word: number): void {
    this.total++;
    this.bytesRead += end - start + 1;
    const inHead = this.bytesRead <= this.limits.head;
    if (!inHead && word >= 0) this.open(bytes, start, word);
    if (inHead || this.total <= this.keepThrough) this.keep(bytes, start, end, this.total);
  }

  /** Of two words of a line the one seen less often tells more; the traceback's header always does. */
  rarer(word: number, other: number): number {
    if (word < 0 || other === TRACEBACK) return other;
    return word !== TRACEBACK && (this.seen[other] ?? 0) < (this.seen[word] ?? 0) ? other : word;
  }

  /** The bytes from `start` to `end` are done with. */
  passed(bytes: Buffer, start: number, end: number): void {
    const from = Math.max(start, end - this.limits.tail);
    const kept = Math.min(this.tailLength, this.limits.tail - (end - from));
    this.tail.copyWithin(0, this.tailLength - kept, this.tailLength);
    this.tailLength = kept + bytes.copy(this.tail, kept, from, end);
  }

  excerpt(): LogExcerpt {
    const lines = new Map<number, LogLine>();
    const tail = linesOf(this.tail.subarray(0, this.tailLength), this.total);
    for (const line of [...this.first.lines(), ...this.latest.lines(), ...tail]) lines.set(line.number, line);
    const ordered = [...lines.values()].sort((a, b) => a.number - b.number);
    return { lines: ordered, totalLines: this.total, complete: ordered.length === this.total };
  }

  private open(bytes: Buffer, start: number, word: number): void {
    const count = (this.seen[word] ?? 0) + 1;
    this.seen[word] = count;
    const through = this.total + (word === TRACEBACK ? AFTER_TRACEBACK : AFTER);
    this.keepThrough = Math.max(this.keepThrough, through);
    if (count <= FIRST_OF_EACH && !this.first.full) this.firstThrough = Math.max(this.firstThrough, through);
    if (this.lastKept < this.total - 1) this.keepBefore(bytes, start);
  }

  private keep(bytes: Buffer, start: number, end: number, number: number): void {
    this.lastKept = number;
    if (number <= this.firstThrough || this.bytesRead <= this.limits.head) this.first.put(bytes, start, end, number);
    else {
      this.latest.put(bytes, start, end, number);
      this.latest.dropOldest();
    }
  }

  private keepBefore(bytes: Buffer, lineStart: number): void {
    const starts: number[] = [];
    for (let start = lineStart; starts.length < BEFORE && start > 0; starts.unshift(start)) {
      start = start < 2 ? 0 : bytes.lastIndexOf(NEWLINE, start - 2) + 1;
    }
    for (const [index, start] of starts.entries()) {
      const number = this.total - starts.length + index;
      if (number > this.lastKept) this.keep(bytes, start, (starts[index + 1] ?? lineStart) - 1, number);
    }
  }
}

/** Whole lines at the end of the log, numbered back from the last one. */
function linesOf(tail: Buffer, total: number): LogLine[] {
  const texts = tail.toString('utf8').replace(/\n$/, '').split('\n').slice(-total);
  // The first may lack its beginning, unless the tail is the whole log.
  const whole = texts.length === total ? texts : texts.slice(1);
  return whole.map((text, index) => ({ text: cut(text), number: total - whole.length + index + 1 }));
}

function cut(text: string): string {
  return text.length <= 2 * LINE_END ? text : `${text.slice(0, LINE_END)} … ${text.slice(-LINE_END)}`;
}
