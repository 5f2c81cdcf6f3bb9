/** The words of a gate. */

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly column: number }
  | { readonly kind: 'name'; readonly text: string; readonly column: number }
  | { readonly kind: 'quoted name'; readonly text: string; readonly column: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly column: number }
  | { readonly kind: 'end'; readonly text: ''; readonly column: number };

/** Why a gate cannot be read, and where. Stays inside this room: readers get it as a value. */
export class GateSyntaxError extends Error {
  /** 1-based, in characters of the line. */
  readonly column: number;
  readonly remedy: string;

  constructor(message: string, column: number, remedy: string) {
    super(message);
    this.name = 'GateSyntaxError';
    this.column = column;
    this.remedy = remedy;
  }
}

/** Order decides: longer symbols before their beginnings. */
const PATTERNS: readonly { readonly kind: Exclude<Token['kind'], 'end'>; readonly pattern: RegExp }[] = [
  { kind: 'number', pattern: /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y },
  { kind: 'name', pattern: /[A-Za-z_][A-Za-z0-9_.:]*/y },
  { kind: 'quoted name', pattern: /"([^"]*)"/y },
  { kind: 'symbol', pattern: /(?:<=|>=|==|!=|[<>+\-*/()])/y },
];

const BLANKS = /\s*/y;

const MISTAKEN: Readonly<Record<string, string>> = {
  '=': 'Write == to compare; or <= and >= with the = last.',
  '!': 'Write != for "not equal".',
  '&': 'Write one comparison a line: all lines must hold.',
  '|': 'There is no "or": write one comparison a line, all of which must hold.',
  '%': 'Write percentages as fractions: 0.05 for 5 %.',
  ',': 'Write decimals with a dot, and no comma in thousands.',
  "'": 'Put names with other characters in double quotes: "val/loss".',
  '≤': 'Write <=.',
  '≥': 'Write >=.',
  '≠': 'Write !=.',
  '×': 'Write *.',
};

const NAMES = 'Put names with other characters than letters, digits, _ . : in double quotes: "val/loss".';

/** All words of the line, and `end`. Throws GateSyntaxError at what is none. */
export function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  const end = line.trimEnd().length;
  let column = 1;
  for (let at = 0; at < end; ) {
    const blanks = blanksAt(line, at);
    at += blanks;
    column += blanks;
    const word = wordAt(line, at) ?? unreadable(line, at, column);
    if (word.kind === 'number') refuseNoNumber(word, line, column);
    tokens.push(toToken(word, column));
    at += word.length;
    // Columns count characters, of which some take two code units.
    column += [...line.slice(word.at, at)].length;
  }
  tokens.push({ kind: 'end', text: '', column });
  return tokens;
}

interface Word {
  readonly kind: Exclude<Token['kind'], 'end'>;
  readonly text: string;
  readonly at: number;
  readonly length: number;
}

function blanksAt(line: string, at: number): number {
  BLANKS.lastIndex = at;
  return BLANKS.exec(line)?.[0].length ?? 0;
}

function wordAt(line: string, at: number): Word | undefined {
  for (const { kind, pattern } of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match !== null) return { kind, text: match[1] ?? match[0], at, length: match[0].length };
  }
  return undefined;
}

function toToken({ kind, text }: Word, column: number): Token {
  if (kind === 'quoted name' && text.trim() === '')
    throw new GateSyntaxError('a metric name is empty', column, 'Write the name between the quotes.');
  return kind === 'number' ? { kind, text, value: Number(text), column } : { kind, text, column };
}

/** `90x`, `1.2.3`, `5_000`: no number and no name. */
function refuseNoNumber({ text, at, length }: Word, line: string, column: number): void {
  const tail = /^[A-Za-z0-9_.]+/.exec(line.slice(at + length))?.[0];
  if (tail !== undefined)
    throw new GateSyntaxError(`"${text}${tail}" is no number`, column, `Write it like 0.12 or 1e-3. ${NAMES}`);
  if (!Number.isFinite(Number(text)))
    throw new GateSyntaxError(`${text} is too large`, column, 'Write a smaller number.');
}

function unreadable(line: string, at: number, column: number): never {
  const character = String.fromCodePoint(line.codePointAt(at) ?? 0);
  if (character === '"') throw new GateSyntaxError('a quoted name has no end', column, 'Close it with ".');
  throw new GateSyntaxError(`unexpected ${JSON.stringify(character)}`, column, MISTAKEN[character] ?? NAMES);
}
