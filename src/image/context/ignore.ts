/** `.dockerignore` with Docker's semantics (moby/patternmatcher). Pure. */
import { posix } from 'node:path';
import { type PathTest, pathTest } from './ignore-pattern.ts';

interface Rule {
  readonly matches: PathTest;
  /** `!pattern`: takes back in what an earlier rule left out. */
  readonly exception: boolean;
}

/** The rules of one file; the last one that matches a path or one of its parents decides. */
export class IgnoreRules {
  readonly #rules: readonly Rule[];

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /** Whether something below an ignored directory may be taken back in. */
  get hasExceptions(): boolean {
    return this.#rules.some(({ exception }) => exception);
  }

  /** `path`: relative to the context's root, parted by `/`. */
  ignores(path: string): boolean {
    const lineage = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
    let ignored = false;
    for (const { matches, exception } of this.#rules) {
      if (exception === ignored && lineage.some(matches)) ignored = !exception;
    }
    return ignored;
  }
}

/**
 * Reads a `.dockerignore`. A line that starts with `#` is a comment, also when more follows; white space around a pattern
 * does not count, nor does a slash at its start or end. Patterns that Docker refuses are kept out: it says so itself.
 */
export function parseIgnore(text: string): IgnoreRules {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  return new IgnoreRules(lines.flatMap((line) => readRule(line) ?? []));
}

function readRule(line: string): Rule | undefined {
  const whole = line.trim();
  if (line.startsWith('#') || whole === '') return undefined;
  const exception = whole.startsWith('!');
  const written = exception ? whole.slice(1).trim() : whole;
  if (written === '') return undefined;
  const matches = pathTest(cleaned(written));
  return matches && { matches, exception };
}

/** Go's filepath.Clean, then without the slash at the start: `./a//b/` and `/a/b` are `a/b`. */
function cleaned(pattern: string): string {
  const normal = posix.normalize(pattern).replace(/(?<=.)\/+$/, '');
  return normal.length > 1 ? normal.replace(/^\//, '') : normal;
}
