/** Heredocs: `RUN <<EOF`, `COPY <<"EOF" /file`, whose text follows the instruction. */
import { splitWords } from './words.ts';

export interface Heredoc {
  readonly name: string;
  readonly content: string;
  /** Variables are expanded in it: its name is not quoted. */
  readonly expand: boolean;
}

export interface HeredocName {
  readonly name: string;
  readonly expand: boolean;
  /** `<<-`: leading tabs are taken off. */
  readonly chomp: boolean;
}

const TAKES_HEREDOCS = /^(?:ADD|COPY|RUN)$/i;

/** The heredocs an instruction announces, in order. */
export function heredocsOf(instruction: string, rest: string): readonly HeredocName[] {
  if (!rest.includes('<<')) return [];
  if (/^ONBUILD$/i.test(instruction)) {
    const [, inner = '', text = ''] = /^(\S+)\s+([\s\S]*)$/.exec(rest) ?? [];
    return heredocsOf(inner, text);
  }
  return TAKES_HEREDOCS.test(instruction) ? splitWords(rest).flatMap((word) => heredocName(word) ?? []) : [];
}

/** `<<EOF`, `3<<-'EOF'`: a word of its own, which names one word. */
export function heredocName(word: string): HeredocName | undefined {
  const [, dash, rest] = /^\d*<<(-?)([^<]+)$/.exec(word) ?? [];
  if (rest === undefined) return undefined;
  const name = rest.replace(/["']/g, '');
  if (name === '' || /[\s\\$`]/.test(name)) return undefined;
  return { name, expand: name === rest, chomp: dash === '-' };
}

/** Reads their texts from the lines that begin at index `at`; one that never ends takes all that is left. */
export function readHeredocs(
  lines: readonly string[],
  at: number,
  names: readonly HeredocName[],
): { heredocs: readonly Heredoc[]; next: number } {
  let next = at;
  const heredocs = names.map(({ name, expand, chomp }) => {
    const content: string[] = [];
    while (next < lines.length) {
      const line = lines[next++] ?? '';
      const chomped = chomp ? line.replace(/^\t+/, '') : line;
      if (chomped === name) break;
      content.push(chomped);
    }
    return { name, expand, content: content.map((line) => `${line}\n`).join('') };
  });
  return { heredocs, next };
}
