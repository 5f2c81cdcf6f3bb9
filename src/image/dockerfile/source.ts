/** A Dockerfile as text → its instructions, with the lines they stand on. Pure; BuildKit's rules. */
import { type Heredoc, heredocsOf, readHeredocs } from './heredoc.ts';

/** `\` unless the directive `# escape=` says a backtick. */
export type Escape = '\\' | '`';

export interface SourceInstruction {
  /** In capitals, as written or not: `COPY`. */
  readonly name: string;
  /** What follows the name: continuation lines joined, comments between them dropped. */
  readonly text: string;
  readonly heredocs: readonly Heredoc[];
  /** 1-based; heredocs included. */
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface DockerfileSource {
  readonly escapeCharacter: Escape;
  /** `# syntax=…`, `# escape=…`, `# check=…` at the top, names in lower case. */
  readonly directives: Readonly<Record<string, string>>;
  readonly instructions: readonly SourceInstruction[];
}

const DIRECTIVE = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;
const KNOWN_DIRECTIVES = ['syntax', 'escape', 'check'];

/** Never throws: what makes no sense is Docker's to refuse, with its own words. */
export function readSource(text: string): DockerfileSource {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const directives = readDirectives(lines);
  const escapeCharacter = directives.escape === '`' ? '`' : '\\';
  const instructions: SourceInstruction[] = [];
  for (let at = 0; at < lines.length; ) {
    const { joined, next } = joinLines(lines, at, escapeCharacter);
    const [, name, rest = ''] = /^(\S+)(?:\s+([\s\S]*))?$/.exec(joined.trim()) ?? [];
    if (name === undefined) {
      at = next;
      continue;
    }
    const names = heredocsOf(name, rest);
    const { heredocs, next: end } = readHeredocs(lines, next, names);
    instructions.push({ name: name.toUpperCase(), text: rest, heredocs, firstLine: at + 1, lastLine: end });
    at = end;
  }
  return { escapeCharacter, directives, instructions };
}

/** Directives end at the first line that is none, be it empty, a comment or an instruction. */
function readDirectives(lines: readonly string[]): Record<string, string> {
  const directives: Record<string, string> = {};
  for (const line of lines) {
    const [, name = '', value = ''] = DIRECTIVE.exec(line.trim()) ?? [];
    const key = name.toLowerCase();
    if (!KNOWN_DIRECTIVES.includes(key)) break;
    directives[key] ??= value;
  }
  return directives;
}

/** The line at `at` with those it continues on. Comments and empty lines do not end a continuation. */
function joinLines(lines: readonly string[], at: number, escapeCharacter: Escape): { joined: string; next: number } {
  let joined = '';
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (/^\s*#/.test(line)) {
      if (next === at) return { joined: '', next: at + 1 };
      continue;
    }
    if (line.trim() === '' && next > at) continue;
    const body = withoutContinuation(next === at ? line.trimStart() : line, escapeCharacter);
    joined += body ?? line;
    if (body === undefined) return { joined, next: next + 1 };
  }
  return { joined, next };
}

/** `undefined` when the line does not go on. An escaped escape character at the end is no continuation. */
function withoutContinuation(line: string, escapeCharacter: Escape): string | undefined {
  const end = line.replace(/[ \t]+$/, '');
  if (!end.endsWith(escapeCharacter) || end.at(-2) === escapeCharacter) return undefined;
  return end.slice(0, -1);
}
