/** Inputs that are lists of words: a YAML list, or words parted by blanks, commas or line breaks. */
import { isScalar, isSeq } from 'yaml';
import { type Mistake, type Parsed, valid, wrong } from './problem.ts';
import type { Reader } from './scalar.ts';
import { readYaml, spellingOf, type YamlDocument } from './yaml-document.ts';

export interface ListForm {
  /** How to write the list: a sentence. */
  readonly how: string;
  readonly item: Reader<string>;
  readonly maxItems: number;
}

/** Each item once, in the order written. Every wrong item is told. */
export function textList(form: ListForm): Reader<readonly string[]> {
  return (text) => {
    const document = readYaml(text, form.how);
    if (!document.ok) return document;
    const items = itemsOf(document.value, document.value.root);
    return items === undefined ? wrong('is neither a list nor text', form.how) : checked([...new Set(items)], form);
  };
}

/** The same list as a value inside of a YAML map. */
export function readTextList(node: unknown, document: YamlDocument, form: ListForm): Parsed<readonly string[]> {
  const items = itemsOf(document, node);
  return items === undefined ? wrong('is neither a list nor text', form.how) : checked([...new Set(items)], form);
}

function itemsOf(document: YamlDocument, node: unknown): readonly string[] | undefined {
  if (node === null || node === undefined) return [];
  if (isScalar(node)) return (spellingOf(node) ?? '').split(/[\s,]+/).filter((item) => item !== '');
  if (!isSeq(node)) return undefined;
  const items = node.items.map((item) => spellingOf(document.resolve(item)));
  return items.every((item) => item !== undefined) ? items : undefined;
}

function checked(items: readonly string[], { item, maxItems }: ListForm): Parsed<readonly string[]> {
  if (items.length > maxItems) return wrong(`has ${items.length} entries`, `At most ${maxItems} are allowed.`);
  const mistakes: readonly Mistake[] = items.flatMap((text) => {
    const read = item(text);
    return read.ok ? [] : read.mistakes;
  });
  return mistakes.length > 0 ? { ok: false, mistakes } : valid(items);
}
