/** `redact`: regular expressions, one a line or as a YAML list. */
import { isSeq } from 'yaml';
import { type Mistake, type Parsed, quoted, valid } from './problem.ts';
import { readYaml, spellingOf } from './yaml-document.ts';

const HOW = 'Write one regular expression a line, or a YAML list of them in single quotes.';
const MOST = 50;
const LONGEST = 1_000;

/** Lines that all begin with `- ` are a YAML list; other lines are taken as they are. Empty ones are none. */
export function redactList(text: string): Parsed<readonly string[]> {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const sources = lines.every((line) => line.startsWith('- ')) ? listed(text) : valid(lines);
  if (!sources.ok) return sources;
  const mistakes = sources.value.flatMap(mistakesOf);
  if (sources.value.length > MOST)
    mistakes.push({ message: `holds ${sources.value.length} expressions`, remedy: `Use at most ${MOST}.` });
  return mistakes.length === 0 ? sources : { ok: false, mistakes };
}

function listed(text: string): Parsed<readonly string[]> {
  const document = readYaml(text, HOW);
  if (!document.ok) return document;
  const { root } = document.value;
  const items = isSeq(root) ? root.items.map((item) => spellingOf(document.value.resolve(item)) ?? '') : [];
  return valid(items.filter((item) => item !== ''));
}

function mistakesOf(source: string, index: number): Mistake[] {
  const mistake = (message: string, remedy: string) => [{ at: `expression ${index + 1}`, message, remedy }];
  if (source.length > LONGEST)
    return mistake(`is ${source.length} characters long`, `Use at most ${LONGEST} characters.`);
  const pattern = compiled(source);
  if (pattern === undefined)
    return mistake(`is ${quoted(source)}, which is no regular expression`, 'Check its brackets and escapes.');
  if (pattern.test(''))
    return mistake(
      `is ${quoted(source)}, which matches nothing at all as well`,
      'Let it match one character at least.',
    );
  return [];
}

function compiled(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}
