import { type Reference, type ServiceModel, shapeOf } from '../model/service-model.ts';
import { CloudError } from '../types.ts';
import { type Element, element } from './xml.ts';

/**
 * The AWS Query protocol: `Name.member.1.Key=value` forms in, XML out. Timestamps are epoch seconds inside the cloud.
 */
export function decodeForm(
  model: ServiceModel,
  reference: Reference,
  form: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const used = new Set<string>();
  const value = decode(model, reference, '', form, used);
  const unknown = [...form.keys()].find((name) => !used.has(name));
  if (unknown !== undefined) throw new CloudError('UnknownParameter', `The parameter ${unknown} is not recognized`);
  return (value ?? {}) as Record<string, unknown>;
}

type Form = ReadonlyMap<string, string>;

function decode(model: ServiceModel, reference: Reference, path: string, form: Form, used: Set<string>): unknown {
  const shape = shapeOf(model, reference.shape);
  const below =
    path === '' ? [...form.keys()] : [...form.keys()].filter((name) => name === path || name.startsWith(`${path}.`));
  if (below.length === 0) return undefined;
  if (shape.type === 'structure') {
    const members = Object.entries(shape.members ?? {}).map(
      ([name, member]) => [name, decode(model, member, path === '' ? name : `${path}.${name}`, form, used)] as const,
    );
    return Object.fromEntries(members.filter(([, value]) => value !== undefined));
  }
  if (shape.type === 'list' && shape.member) {
    const prefix = shape.flattened ? path : `${path}.${shape.member.locationName ?? 'member'}`;
    if (form.get(path) === '') used.add(path);
    return decodeItems(model, shape.member, prefix, form, used);
  }
  const text = form.get(path);
  if (text === undefined) return undefined;
  used.add(path);
  return scalar(shape.type, text, path);
}

function decodeItems(model: ServiceModel, member: Reference, prefix: string, form: Form, used: Set<string>): unknown[] {
  const items: unknown[] = [];
  for (let index = 1; ; index += 1) {
    const item = decode(model, member, `${prefix}.${index}`, form, used);
    if (item === undefined) return items;
    items.push(item);
  }
}

function scalar(type: string, text: string, path: string): unknown {
  if (type === 'boolean') return text === 'true';
  if (type === 'timestamp') return finite(Date.parse(text) / 1000, type, path);
  if (['integer', 'long', 'float', 'double'].includes(type)) return finite(Number(text), type, path);
  return text;
}

function finite(value: number, type: string, path: string): number {
  if (!Number.isFinite(value)) throw new CloudError('MalformedInput', `The value of ${path} is not a valid ${type}`);
  return value;
}

/** The children of a result element for a value of this shape. */
export function encodeMembers(model: ServiceModel, reference: Reference, value: unknown): Element[] {
  const shape = shapeOf(model, reference.shape);
  return Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
    const item = (value as Record<string, unknown>)[name];
    return item === undefined || item === null ? [] : [encode(model, member, member.locationName ?? name, item)];
  });
}

function encode(model: ServiceModel, reference: Reference, name: string, value: unknown): Element {
  const shape = shapeOf(model, reference.shape);
  const { member, value: mapValue } = shape;
  if (shape.type === 'structure') return element(name, encodeMembers(model, reference, value));
  if (member)
    return element(
      name,
      (value as unknown[]).map((item) => encode(model, member, member.locationName ?? 'member', item)),
    );
  if (mapValue) {
    const entries = Object.entries(value as object).map(([key, item]) =>
      element('entry', [element('key', key), encode(model, mapValue, 'value', item)]),
    );
    return element(name, entries);
  }
  if (shape.type === 'timestamp')
    return element(name, new Date(Number(value) * 1000).toISOString().replace('.000Z', 'Z'));
  return element(name, String(value));
}
