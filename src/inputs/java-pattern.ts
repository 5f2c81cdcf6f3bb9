/**
 * AWS service models write constraints as Java regular expressions that must match the whole value.
 * This turns the part of that language they use into JavaScript's, in Unicode mode (`\p{L}` needs it).
 */

/** Escapes that mean the same inside and outside a class in Java and in JavaScript's Unicode mode. */
const SHARED_ESCAPES = /[dDwWsStnrf\\^$.*+?()[\]{}|/]/;

/** POSIX classes exist only in Java; these ranges go inside brackets. */
const POSIX_CLASSES: Readonly<Record<string, string>> = {
  Alnum: 'A-Za-z0-9',
  Alpha: 'A-Za-z',
  Digit: '0-9',
  Lower: 'a-z',
  Upper: 'A-Z',
};

/** Matches a whole value exactly when Java's `matches` does. Throws SyntaxError on what it does not understand. */
export function javaScriptPattern(java: string): RegExp {
  let out = '';
  let insideClass = false;
  for (let at = 0; at < java.length; ) {
    const token = tokenAt(java, at);
    out += translate(token, insideClass);
    if (token === '[') insideClass = true;
    if (token === ']') insideClass = false;
    at += token.length;
  }
  return new RegExp(`^(?:${out})$`, 'u');
}

function tokenAt(java: string, at: number): string {
  const rest = java.slice(at);
  return /^\\[pP]\{\w+\}|^\\u[0-9A-Fa-f]{4}|^\\.|^./su.exec(rest)?.[0] ?? '';
}

function translate(token: string, insideClass: boolean): string {
  // Java's dot stops at one line terminator more than JavaScript's: U+0085.
  if (token === '.' && !insideClass) return '[^\\n\\r\\u0085\\u2028\\u2029]';
  if (!token.startsWith('\\') || token.length === 1) return token;
  if (token.startsWith('\\u')) return token;
  if (/^\\[pP]\{/.test(token)) return property(token, insideClass);
  const character = token.slice(1);
  if (SHARED_ESCAPES.test(character)) return token;
  if (character === '-') return insideClass ? '\\-' : '-';
  // Java lets any character that is no letter be escaped; Unicode mode does not.
  if (/[A-Za-z0-9]/.test(character))
    throw new SyntaxError(`Unknown escape ${token} in the pattern ${JSON.stringify(token)}`);
  return character;
}

function property(token: string, insideClass: boolean): string {
  const name = token.slice(3, -1);
  const ranges = POSIX_CLASSES[name];
  if (ranges === undefined) return token;
  const negated = token.startsWith('\\P');
  if (insideClass && negated) throw new SyntaxError(`A negated ${name} inside a class has no JavaScript spelling`);
  return insideClass ? ranges : `[${negated ? '^' : ''}${ranges}]`;
}
