/** The part of a log that can matter, in bounded memory whatever the log's size. */
import type { Untrusted } from '../../hostile/text.ts';
import { makeAutomaton } from './automaton.ts';
import { Keeper } from './keeper.ts';
import { VOCABULARY } from './vocabulary.ts';

export interface LogLine {
  readonly text: Untrusted;
  /** 1-based, in its stream. */
  readonly number: number;
  /** The node's log stream, when there are several. */
  readonly stream?: string;
  /** Epoch milliseconds, when the log service gave them. */
  readonly at?: number;
}

export interface LogExcerpt {
  /** In order; gaps show in the numbers. */
  readonly lines: readonly LogLine[];
  readonly totalLines: number;
  /** False when lines were left out. */
  readonly complete: boolean;
}

export const NO_LOG: LogExcerpt = { lines: [], totalLines: 0, complete: true };

/** All in bytes. The beginning and the end are kept whole; between them, what surrounds the words of the vocabulary. */
export interface ExcerptLimits {
  readonly head: number;
  readonly tail: number;
  /** For the surroundings found first, and again for those found last. */
  readonly middle: number;
}

const LIMITS: ExcerptLimits = { head: 256 * 1024, tail: 256 * 1024, middle: 1 * 1024 * 1024 };
/** A "line" longer than this (a progress bar that never ends its line) is cut into several. */
const LONGEST_LINE = 256 * 1024;
const NEWLINE = 10;
const MARGIN_LINES = 4;
const AUTOMATON = makeAutomaton(VOCABULARY);

export interface LogExcerpter {
  /** The next bytes (UTF-8); the buffer may be used again afterwards. */
  write(chunk: Buffer): void;
  end(): LogExcerpt;
}

export function makeLogExcerpter(limits: ExcerptLimits = LIMITS): LogExcerpter {
  const keeper = new Keeper(limits);
  // One buffer for the whole log: what is allocated for each chunk lies around until the next collection.
  const work = Buffer.alloc(2 * LONGEST_LINE);
  let held = 0;
  let scanned = 0;
  const scanTo = (end: number) => {
    scan(work, scanned, end, keeper);
    keeper.passed(work, scanned, end);
    // A few lines stay: a word at the front of the next part has its surroundings here.
    const from = lineStartBefore(work, end, MARGIN_LINES);
    work.copyWithin(0, from, held);
    held -= from;
    scanned = end - from;
  };
  return {
    write(chunk) {
      for (let from = 0; from < chunk.length; ) {
        const taken = chunk.copy(work, held, from);
        from += taken;
        held += taken;
        // Only a full buffer is read, so that what is kept does not depend on how the bytes are cut.
        if (held < work.length) continue;
        const last = work.lastIndexOf(NEWLINE, held - 1) + 1;
        scanTo(last > scanned ? last : held);
      }
    },
    end() {
      if (held > scanned) scanTo(held);
      return keeper.excerpt();
    },
  };
}

/** Where the line starts that is so many lines before `end`; never so far back that no room is left. */
function lineStartBefore(bytes: Buffer, end: number, lines: number): number {
  let start = end;
  for (let count = 0; count < lines && start > 0; count++) {
    const before = start < 2 ? 0 : bytes.lastIndexOf(NEWLINE, start - 2) + 1;
    if (end - before > LONGEST_LINE) break;
    start = before;
  }
  return start;
}

/** The excerpt of a text that is in memory already. */
export function excerptOf(text: string): LogExcerpt {
  if (text === '') return NO_LOG;
  const excerpter = makeLogExcerpter();
  excerpter.write(Buffer.from(text, 'utf8'));
  return excerpter.end();
}

/** The hot loop: one look-up a byte; everything else happens at a word or at the end of a line. */
function scan(bytes: Buffer, start: number, end: number, keeper: Keeper): void {
  const { columns, table, firstEvent, wordOf, width } = AUTOMATON;
  let state = 0;
  let lineStart = start;
  let word = -1;
  for (let at = start; at < end; at++) {
    state = table[state + (columns[bytes[at] as number] as number)] as number;
    if (state < firstEvent) continue;
    const found = wordOf[state / width] as number;
    if (found >= 0) {
      word = keeper.rarer(word, found);
      continue;
    }
    keeper.line(bytes, lineStart, at, word);
    lineStart = at + 1;
    word = -1;
  }
  if (lineStart < end) keeper.line(bytes, lineStart, end, word);
}
