/** Words and flags of an instruction's text. Pure. */

/** Quoted parts, escaped characters and plain ones; a quote that never ends goes to the end. */
const WORD = /(?:\\[\s\S]?|'[^']*'?|"(?:\\[\s\S]?|[^"\\])*"?|[^\s\\'"])+/g;

/** Splits at white space outside quotes; quotes and escapes stay in the words. */
export function splitWords(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

export interface Flagged {
  /** `--name=value` → [name, value]; a flag without a value has ''. In order: `--mount` may come several times. */
  readonly flags: readonly (readonly [string, string])[];
  readonly rest: string;
}

/** Takes the flags off the front. `--` alone ends them. */
export function takeFlags(text: string): Flagged {
  const flags: [string, string][] = [];
  let rest = text.trimStart();
  while (rest.startsWith('--')) {
    const [word = ''] = splitWords(rest);
    rest = rest.slice(word.length).trimStart();
    if (word === '--') break;
    const [, name = '', value = ''] = /^--([^=]*)=?([\s\S]*)$/.exec(word) ?? [];
    flags.push([name, unquote(value)]);
  }
  return { flags, rest };
}

/** Without quotes and escapes, as the shell would read it. */
export function unquote(text: string): string {
  return text.replace(/\\(.)|["']/gs, '$1');
}

/** The JSON form `["a", "b"]`; `undefined` for what is none (Docker then reads it as plain words). */
export function jsonForm(text: string): readonly string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Sources and destination of COPY and ADD: the JSON form, or words parted by white space (quotes do not hold them together). */
export function pathList(text: string): readonly string[] {
  return jsonForm(text) ?? text.trim().split(/\s+/);
}
