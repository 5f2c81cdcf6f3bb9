/** One pattern of a `.dockerignore`, and Go's filepath.Match for the sources of COPY. Pure. */

export type PathTest = (path: string) => boolean;

/**
 * A pattern, cleaned, as a test of whole paths: `*` and `?` stay within a directory, `**` crosses them. Docker compares
 * patterns without other wildcards as plain texts, which makes `**name` match by its end alone: `**.pyc`, but also
 * `a/my-name`. `undefined` for a pattern that Docker refuses.
 */
export function pathTest(pattern: string): PathTest | undefined {
  const { source, kind } = translate(pattern);
  switch (kind) {
    case 'exact':
      return (path) => path === pattern;
    case 'prefix':
      return (path) => path.startsWith(pattern.slice(0, -2));
    case 'suffix': {
      const suffix = pattern.slice(2);
      return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
    }
    case 'expression':
      return expressionTest(source);
  }
}

type Kind = 'exact' | 'prefix' | 'suffix' | 'expression';

const TOKEN = /\*\*\/?|\\[\s\S]|[\s\S]/gu;

function translate(pattern: string): { source: string; kind: Kind } {
  const tokens = pattern.match(TOKEN) ?? [];
  let kind: Kind = 'exact';
  let source = '';
  tokens.forEach((token, index) => {
    const isLast = index === tokens.length - 1;
    if (token.startsWith('**')) {
      source += isLast ? '.*' : '(?:.*/)?';
      kind = isLast && kind === 'exact' ? 'prefix' : 'expression';
      if (index === 0) kind = 'suffix';
      return;
    }
    source += expressionFor(token);
    if (/^[*?[\]]$|^\\./s.test(token)) kind = 'expression';
  });
  return { source, kind };
}

function expressionFor(token: string): string {
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.startsWith('\\')) return escaped(token.slice(1) || '\\');
  // Classes are handed on: `[a-z]`, `[^a]` mean the same here.
  return token === '[' || token === ']' || token === '^' || token === '-' ? token : escaped(token);
}

function escaped(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function expressionTest(source: string): PathTest | undefined {
  try {
    const expression = new RegExp(`^${source}$`, 's');
    return (path) => expression.test(path);
  } catch {
    return undefined;
  }
}

/** Whether a source of COPY is a pattern rather than a plain path. */
export function hasWildcards(source: string): boolean {
  return /[*?[\\]/.test(source);
}

/** One path component against one component of a COPY source, as Go's filepath.Match. A broken pattern matches nothing. */
export function componentTest(pattern: string): PathTest {
  const tokens = pattern.match(/\\[\s\S]|[\s\S]/g) ?? [];
  return expressionTest(tokens.map(expressionFor).join('')) ?? (() => false);
}
