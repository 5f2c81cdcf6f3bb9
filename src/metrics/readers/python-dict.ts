/** The numbers of a printed Python dictionary. It is no JSON: single quotes, bare `nan`, tensors. */
import { numberOf } from '../number.ts';

interface Entry {
  readonly name: string;
  readonly value: number;
}

/** The top-level entries whose value is a number, from the brace at `start`; a dictionary cut off gives what it has. Linear time. */
export function parsePythonDict(text: string, start: number): readonly Entry[] {
  const entries: Entry[] = [];
  for (let at = start + 1; at > 0 && at < text.length; ) {
    at = skipBlanks(text, at);
    const name = readString(text, at);
    if (name === undefined) break;
    at = skipBlanks(text, name.end);
    if (text[at] !== ':') break;
    at = skipBlanks(text, at + 1);
    const end = endOfValue(text, at);
    const value = text[end] === ',' || text[end] === '}' ? numberIn(text.slice(at, end)) : undefined;
    if (value !== undefined) entries.push({ name: name.text, value });
    if (text[end] !== ',') break;
    at = end + 1;
  }
  return entries;
}

const LONGEST_NUMBER = 60;

/** `0.5`, `'0.5'`, `tensor(0.5)`, `np.float64(0.5)`. */
function numberIn(text: string): number | undefined {
  if (text.length > LONGEST_NUMBER) return undefined;
  const wrapped = /^(?:tensor|np\.\w{1,20}|array)\(([^(),]{1,40})[^()]{0,20}\)$/.exec(text.trim());
  return numberOf(wrapped?.[1] ?? text.trim().replace(/^(['"])(.*)\1$/, '$2'));
}

/** Where the value ends: the comma or bracket behind it, or the end of the text. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "'" || character === '"') at = (readString(text, at)?.end ?? text.length) - 1;
    else if ('([{'.includes(character)) depth++;
    else if (depth === 0 && (character === ',' || character === '}')) return at;
    else if (')]}'.includes(character)) depth--;
  }
  return text.length;
}

function readString(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  const quote = text[start];
  if (quote !== "'" && quote !== '"') return undefined;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return { text: text.slice(start + 1, at), end: at + 1 };
  }
  return undefined;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}
