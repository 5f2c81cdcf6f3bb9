/** What a program wrote, freed from what launchers, consoles and log viewers put around it. */
import type { LogLine } from './excerpt.ts';

export interface Piece {
  /** Without prefixes; indentation is kept, for tracebacks need it. */
  readonly text: string;
  readonly line: LogLine;
  /** Stream and rank: what one process wrote, one after the other. */
  readonly lane: string;
  readonly rank: string | undefined;
}

/** Escapes as bytes or as syslog writes them (`#033[31m`, `#011`, `#015`). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const ESCAPES = /(?:\u001b|#033)\[[0-9;]*[A-Za-z]/g;
const MPI_TAG = /\[\d+,(?:mpirank:)?(\d+)(?:,[\w-]+)?\]<std(?:err|out|diag)>:?/;
const MPI_TAGS = new RegExp(MPI_TAG, 'g');

/** Each takes one prefix off; the first group, where there is one, is a rank. */
const PREFIXES: readonly RegExp[] = [
  // Log exports: timestamp, stream.
  /^"?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)\s?/,
  /^\S+\/algo-\d+-\d{6,}\s/,
  // docker compose (local mode), torchrun's tee, torch ≥ 2.2, Ray, Lightning, DeepSpeed.
  /^algo-\d+-\w+\s+\|\s?/,
  /^\[rank(\d+)\]:\s?/,
  /^\[default(\d+)\]:/,
  /^\((?:[\w:]+ )?pid=(\d+)(?:, ip=[\d.]+)?\)\s?/,
  /^algo-\d+:\s(?=\s*(?:Traceback|File "|\w+Error))/,
  // What is left of a two-digit rank tag in ErrorMessage.
  /^:(?=\s*(?:Traceback|File "|[A-Z]\w*(?:Error|Exception)|\s))/,
];

/** Where two writers shared one line: a logger's time stamp, or an exception glued to the source text above it. */
const GLUED =
  /(?<=\S)(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (?:sagemaker|\w+_container))|(?<=[)\]])(?=[A-Z][A-Za-z]+Error: )|(?<=\S) (?=During handling of the above exception|The above exception was the direct|Traceback \(most recent call last\)|ERROR:torch\.distributed)/;

export function piecesOf(line: LogLine): Piece[] {
  const plain = line.text.replace(ESCAPES, '').replaceAll('#011', '\t').replaceAll('#015', '\r');
  return plain
    .split(/\r+/)
    .flatMap(unfold)
    .flatMap((text) => toPieces(text, line));
}

/** A child's stderr as a bytes or string literal holds its newlines escaped. */
function unfold(text: string): string[] {
  const literal = /\b(?:Err: b?|stderr=b?|output=b?)['"]|\\nTraceback|Traceback[^\\]*\\n/.test(text);
  return literal ? text.split(/\\n/) : [text];
}

function toPieces(raw: string, line: LogLine): Piece[] {
  let rank = MPI_TAG.exec(raw)?.[1];
  let text = raw.replace(MPI_TAGS, '');
  for (const prefix of PREFIXES) {
    const found = prefix.exec(text);
    if (!found) continue;
    rank ??= found[1];
    text = text.slice(found[0].length);
  }
  const lane = `${line.stream ?? ''}/${rank ?? ''}`;
  return text.split(GLUED).map((part) => ({ text: part, line, rank, lane }));
}
