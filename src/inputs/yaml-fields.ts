/** YAML maps with names of ours: each value has its own reader, and a name that is none of them is refused. */
import { isPair, type YAMLMap } from 'yaml';
import { nearMiss } from './near-miss.ts';
import { type Mistake, type Parsed, quoted, valid, wrong } from './problem.ts';
import { inAList, type Reader } from './scalar.ts';
import { spellingOf, type YamlDocument } from './yaml-document.ts';
import { isEmpty } from './yaml-map.ts';

export type FieldReader<T> = (node: unknown, document: YamlDocument) => Parsed<T>;
export type FieldReaders = Readonly<Record<string, FieldReader<unknown>>>;

/** What the fields of a map were read as; those not written are absent. */
export type Fields<Readers extends FieldReaders> = {
  readonly [Name in keyof Readers]?: Readers[Name] extends FieldReader<infer T> ? T : never;
};

/** Every wrong field is told, with its line. */
export function readFields<Readers extends FieldReaders>(
  map: YAMLMap,
  readers: Readers,
  document: YamlDocument,
): Parsed<Fields<Readers>> {
  const fields: Record<string, unknown> = {};
  const mistakes: Mistake[] = [];
  for (const item of map.items) {
    if (!isPair(item)) continue;
    const name = spellingOf(document.resolve(item.key)) ?? '';
    const at = `line ${document.lineOf(item.key)}`;
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    const parsed =
      read === undefined ? unknownField(name, Object.keys(readers)) : read(document.resolve(item.value), document);
    if (parsed.ok) fields[name] = parsed.value;
    else
      mistakes.push(
        ...parsed.mistakes.map((each) => ({ at, ...each, message: `${subject(name, read)} ${each.message}` })),
      );
  }
  return mistakes.length > 0 ? { ok: false, mistakes } : valid(fields as Fields<Readers>);
}

function subject(name: string, read: unknown): string {
  return read === undefined ? quoted(name) : name;
}

function unknownField(name: string, known: readonly string[]): Parsed<never> {
  if (known.length === 0) return wrong('is no option: there are none here', 'Remove it.');
  const meant = nearMiss(name.toLowerCase().replaceAll('_', '-'), known);
  return wrong(
    'is none of the names here',
    meant === undefined ? `Write ${inAList(known)}.` : `Did you mean ${meant}?`,
  );
}

/** One text, number or boolean, as it is spelled. */
export function field<T>(read: Reader<T>): FieldReader<T> {
  return (node) => {
    const text = spellingOf(node);
    if (text !== undefined) return read(text);
    return isEmpty(node)
      ? wrong('has no value', 'Write one, or drop the line.')
      : wrong('is a map or a list', 'Write one value.');
  };
}
