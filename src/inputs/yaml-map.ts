/** Inputs that are maps (`name: value`, one a line) in YAML 1.2. */
import { isMap, isPair } from 'yaml';
import { type Mistake, type Parsed, quoted, valid, wrong } from './problem.ts';
import type { Reader } from './scalar.ts';
import { readYaml, spellingOf, type YamlDocument } from './yaml-document.ts';

const HOW = 'Write a YAML map, one `name: value` a line; put a value that holds `: ` or ` #` in single quotes.';

export interface MapForm<T> {
  readonly key: Reader<string>;
  /** The node is a scalar, map or list of the YAML library, aliases resolved; null where nothing is written. */
  readonly value: (node: unknown, document: YamlDocument) => Parsed<T>;
  readonly maxEntries: number;
}

/** The map, in the order written. Every wrong entry is told, with its line. */
export function mapOf<T>(form: MapForm<T>): Reader<Readonly<Record<string, T>>> {
  return (text) => {
    const document = readYaml(text, HOW);
    if (!document.ok) return document;
    const { root } = document.value;
    if (root === null) return valid({});
    if (!isMap(root)) return wrong('is not a map', HOW);
    return readEntries(root.items, form, document.value);
  };
}

/** The entries of a YAML map. */
export function readEntries<T>(
  items: readonly unknown[],
  form: MapForm<T>,
  document: YamlDocument,
): Parsed<Readonly<Record<string, T>>> {
  if (items.length > form.maxEntries)
    return wrong(`has ${items.length} entries`, `At most ${form.maxEntries} are allowed.`);
  const entries: [string, T][] = [];
  const mistakes: Mistake[] = [];
  for (const item of items) {
    if (!isPair(item)) continue;
    const at = `line ${document.lineOf(item.key)}`;
    const entry = readEntry(item, form, document);
    if (entry.ok) entries.push(entry.value);
    else mistakes.push(...entry.mistakes.map((mistake) => ({ at, ...mistake })));
  }
  return mistakes.length > 0 ? { ok: false, mistakes } : valid(Object.fromEntries(entries));
}

function readEntry<T>(
  item: { readonly key: unknown; readonly value: unknown },
  form: MapForm<T>,
  document: YamlDocument,
): Parsed<[string, T]> {
  const name = spellingOf(document.resolve(item.key));
  if (name === undefined) return wrong('has a name that is no text', HOW);
  const key = form.key(name);
  if (!key.ok) return prefixed('the name', key.mistakes);
  const value = form.value(document.resolve(item.value), document);
  return value.ok ? valid([name, value.value]) : prefixed(shown(name), value.mistakes);
}

function prefixed(subject: string, mistakes: readonly Mistake[]): Parsed<never> {
  return { ok: false, mistakes: mistakes.map((mistake) => ({ ...mistake, message: `${subject} ${mistake.message}` })) };
}

function shown(name: string): string {
  return /^[\w.:/-]{1,80}$/.test(name) ? name : quoted(name);
}

export interface TextForm {
  readonly key: Reader<string>;
  readonly value: Reader<string>;
  readonly maxEntries: number;
}

/** A map of texts. Numbers and booleans are taken as they are spelled: `1.10` stays `1.10`. */
export function textMap(form: TextForm): Reader<Readonly<Record<string, string>>> {
  return mapOf(textEntries(form));
}

export function textEntries(form: TextForm): MapForm<string> {
  return {
    ...form,
    value: (node) => {
      const text = spellingOf(node);
      if (text !== undefined) return form.value(text);
      return isEmpty(node)
        ? wrong('has no value', "Write '' for an empty text, or drop the line.")
        : wrong('is a map or a list', 'Write one text as its value.');
    },
  };
}

/** Nothing written, `~` or `null`. */
export function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (typeof node === 'object' && 'value' in node && node.value === null);
}
