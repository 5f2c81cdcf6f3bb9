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
  { kind: 'number', pattern: /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/ },
  { kind: 'name', pattern: /^[A-Za-z_][A-Za-z0-9_.:]*/ },
  { kind: 'quoted name', pattern: /^"([^"]*)"/ },
  { kind: 'symbol', pattern: /^(?:<=|>=|==|!=|[<>+\-*/()])/ },
];

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
  for (let at = skipBlanks(line, 0); at < line.length; ) {
    const column = columnAt(line, at);
    const match = firstMatch(line.slice(at));
    if (match === undefined) throw unreadable(line.slice(at), column);
    const token = toToken(match, column);
    at += match.length;
    if (token.kind === 'number') refuseLetters(token.text, line.slice(at), column);
    tokens.push(token);
    at = skipBlanks(line, at);
  }
  tokens.push({ kind: 'end', text: '', column: columnAt(line, line.trimEnd().length) });
  return tokens;
}

interface Match {
  readonly kind: Exclude<Token['kind'], 'end'>;
  readonly text: string;
  readonly length: number;
}

function firstMatch(rest: string): Match | undefined {
  for (const { kind, pattern } of PATTERNS) {
    const match = pattern.exec(rest);
    if (match !== null) return { kind, text: match[1] ?? match[0], length: match[0].length };
  }
  return undefined;
}

function toToken({ kind, text }: Match, column: number): Token {
  if (kind === 'quoted name' && text.trim() === '')
    throw new GateSyntaxError('a metric name is empty', column, 'Write the name between the quotes.');
  return kind === 'number' ? { kind, text, value: Number(text), column } : { kind, text, column };
}

/** `90x`, `1.2.3`, `5_000`: no number and no name. */
function refuseLetters(number: string, rest: string, column: number): void {
  const tail = /^[A-Za-z0-9_.]+/.exec(rest)?.[0];
  if (tail !== undefined)
    throw new GateSyntaxError(`"${number}${tail}" is no number`, column, `Write it like 0.12 or 1e-3. ${NAMES}`);
}

function unreadable(rest: string, column: number): GateSyntaxError {
  if (rest.startsWith('"')) return new GateSyntaxError('a quoted name has no end', column, 'Close it with ".');
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return new GateSyntaxError(`unexpected ${JSON.stringify(character)}`, column, MISTAKEN[character] ?? NAMES);
}

function skipBlanks(line: string, from: number): number {
  return from + (/^\s*/.exec(line.slice(from))?.[0].length ?? 0);
}

function columnAt(line: string, index: number): number {
  return [...line.slice(0, index)].length + 1;
}
