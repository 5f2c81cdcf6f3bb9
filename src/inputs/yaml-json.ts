/** YAML values as JSON text, as hyperparameters carry them. */
import { isMap, isScalar, isSeq, type Scalar } from 'yaml';
import { type Parsed, valid, wrong } from './problem.ts';
import { spelling, spellingOf, type YamlDocument } from './yaml-document.ts';

/**
 * A string as it is, anything else as JSON: `adam`, `3`, `0.001` for `1e-3`, `true`, `[1,2]`, `{"a":1}`.
 * Integers keep all their digits; `1.0` keeps its fraction, which tells a Python program that it is a float.
 */
export function hyperparameter(node: unknown, document: YamlDocument): Parsed<string> {
  if (node === null || node === undefined) return noValue();
  if (isScalar(node) && typeof node.value === 'string') return valid(node.value);
  if (isScalar(node) && node.value === null && spelledEmpty(node)) return noValue();
  return json(node, document);
}

function noValue(): Parsed<never> {
  return wrong('has no value', "Write '' for an empty text, null for JSON's null, or drop the line.");
}

function spelledEmpty(scalar: Scalar): boolean {
  return (scalar.source ?? '') === '';
}

function json(node: unknown, document: YamlDocument): Parsed<string> {
  const target = document.resolve(node);
  if (target === null || target === undefined) return valid('null');
  if (isScalar(target)) return scalarJson(target);
  if (isSeq(target)) {
    const items = every(target.items.map((item) => json(item, document)));
    return items.ok ? valid(`[${items.value.join(',')}]`) : items;
  }
  if (!isMap(target)) return wrong('is no JSON value', 'Use texts, numbers, true, false, null, lists and maps.');
  const members = every(target.items.map((pair) => memberJson(pair, document)));
  return members.ok ? valid(`{${members.value.join(',')}}`) : members;
}

function memberJson(pair: { readonly key: unknown; readonly value: unknown }, document: YamlDocument): Parsed<string> {
  const name = spellingOf(document.resolve(pair.key));
  if (name === undefined) return wrong('holds a name that is no text', 'Use texts as names: JSON knows no others.');
  const value = json(pair.value, document);
  return value.ok ? valid(`${JSON.stringify(name)}:${value.value}`) : value;
}

function scalarJson(scalar: Scalar): Parsed<string> {
  const { value } = scalar;
  if (typeof value === 'bigint') return valid(String(value));
  if (typeof value !== 'number') return valid(JSON.stringify(value));
  if (!Number.isFinite(value))
    return wrong(
      `is ${spelling(scalar)}, which JSON cannot say`,
      `Put it in quotes to send it as text: '${spelling(scalar)}'.`,
    );
  const wholeWithFraction = Number.isInteger(value) && /^[-+]?\d+\.\d*$/.test(scalar.source ?? '');
  return valid(wholeWithFraction && Math.abs(value) < 1e21 ? `${value}.0` : JSON.stringify(value));
}

function every<T>(parsed: readonly Parsed<T>[]): Parsed<T[]> {
  const values: T[] = [];
  for (const each of parsed) {
    if (!each.ok) return each;
    values.push(each.value);
  }
  return valid(values);
}
