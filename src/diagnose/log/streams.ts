/** The excerpts of several streams, each line with its time, so that what failed first comes first. */
import type { Untrusted } from '../../hostile/text.ts';
import { type ExcerptLimits, type LogExcerpt, type LogLine, makeLogExcerpter } from './excerpt.ts';

/** Bytes kept of all streams together, whatever their number. */
const KEPT = 8 * 1024 * 1024;
const MOST_PER_STREAM = 512 * 1024;
/** Lines are handed on in pieces of about this many UTF-16 units. */
const PIECE = 64 * 1024;

export interface StreamExcerpter {
  /** Lines of one moment (epoch milliseconds), without their newlines. */
  write(at: number, lines: readonly Untrusted[]): void;
  end(): LogExcerpt;
}

/** What each of so many streams may keep. */
export function shareOf(streams: number): ExcerptLimits {
  const share = Math.min(MOST_PER_STREAM, Math.floor(KEPT / streams / 4));
  return { head: Math.floor(share / 2), tail: Math.floor(share / 2), middle: share };
}

export function makeStreamExcerpter(stream: string, limits: ExcerptLimits): StreamExcerpter {
  const excerpter = makeLogExcerpter(limits);
  let piece = '';
  const flush = () => {
    if (piece !== '') excerpter.write(Buffer.from(piece, 'utf8'));
    piece = '';
  };
  return {
    write(at, lines) {
      for (const line of lines) {
        // The time travels in front of each line, so that the excerpt keeps it.
        piece += `${at}\t${line}\n`;
        if (piece.length > PIECE) flush();
      }
    },
    end() {
      flush();
      const { lines, ...rest } = excerpter.end();
      return { ...rest, lines: lines.map((line) => ({ ...timed(line), stream })) };
    },
  };
}

/** One excerpt of all. */
export function inOrderOfTime(excerpts: readonly LogExcerpt[]): LogExcerpt {
  return {
    lines: excerpts.flatMap(({ lines }) => lines).sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
    totalLines: excerpts.reduce((sum, { totalLines }) => sum + totalLines, 0),
    complete: excerpts.every(({ complete }) => complete),
  };
}

function timed(line: LogLine): LogLine {
  const tab = line.text.indexOf('\t');
  return { ...line, text: line.text.slice(tab + 1), at: Number(line.text.slice(0, tab)) };
}
