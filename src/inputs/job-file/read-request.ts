/** A YAML node as a part of CreateTrainingJob, held against the service model: types, names, lengths, patterns, enums. */
import { isMap, isPair, isScalar, isSeq } from 'yaml';
import { textViolation } from '../constraints.ts';
import type { Json, JsonObject } from '../json.ts';
import { nearMiss } from '../near-miss.ts';
import { type Problem, quoted } from '../problem.ts';
import { s3Uri } from '../s3-uri.ts';
import { inAList } from '../scalar.ts';
import { type Shape, shapeNamed } from '../service-model.ts';
import { spelling, spellingOf, type YamlDocument } from '../yaml-document.ts';
import { hyperparameter } from '../yaml-json.ts';
import { isEmpty } from '../yaml-map.ts';
import { isDerived } from './derived.ts';
import { type Places, problemAt } from './place.ts';

export interface Reading {
  readonly document: YamlDocument;
  readonly places: Places;
  /** Every mistake that was found. */
  readonly problems: Problem[];
}

/** The value of a node; `undefined` where it is wrong, after telling why. */
export function readPart(node: unknown, shape: Shape, path: string, reading: Reading): Json | undefined {
  const target = reading.document.resolve(node);
  if (isEmpty(target) && !isHyperparameter(path))
    return tell(reading, path, 'has no value', 'Write one, or drop the line.');
  switch (shape.type) {
    case 'structure':
      return structure(target, shape, path, reading);
    case 'list':
      return list(target, shape, path, reading);
    case 'map':
      return map(target, shape, path, reading);
    default:
      return scalar(target, shape, path, reading);
  }
}

function structure(node: unknown, shape: Shape, path: string, reading: Reading): Json | undefined {
  if (!isMap(node))
    return tell(reading, path, `is ${kindOf(node)}, where a map is needed`, `Write ${namesOf(shape)} below it.`);
  const members: Record<string, Json> = {};
  for (const { key, value } of node.items) {
    const name = spellingOf(reading.document.resolve(key)) ?? '';
    const at = join(path, name);
    reading.places.note(at, key);
    const member = Object.hasOwn(shape.members ?? {}, name) ? shape.members?.[name] : undefined;
    if (member === undefined) {
      unknownMember(name, shape, path, reading);
      continue;
    }
    const read = readPart(value, shapeNamed(member), at, reading);
    if (read !== undefined) members[name] = read;
  }
  const written = new Set(node.items.map(({ key }) => spellingOf(reading.document.resolve(key))));
  for (const name of shape.required ?? [])
    if (!written.has(name) && !isDerived(join(path, name)))
      tell(reading, path, `has no ${name}`, `Add ${name}: the API needs it.`);
  return members;
}

function unknownMember(name: string, shape: Shape, path: string, reading: Reading): void {
  const known = Object.keys(shape.members ?? {});
  const meant =
    known.find((each) => each.toLowerCase() === name.toLowerCase().replaceAll(/[-_]/g, '')) ?? nearMiss(name, known);
  const remedy = meant === undefined ? `Write ${namesOf(shape)}.` : `Did you mean ${meant}?`;
  const owner = path === '' ? 'CreateTrainingJob' : path;
  reading.problems.push(
    problemAt(reading.places.of(join(path, name)), quoted(name), { message: `is no field of ${owner}`, remedy }),
  );
}

function list(node: unknown, shape: Shape, path: string, reading: Reading): Json | undefined {
  if (!isSeq(node))
    return tell(reading, path, `is ${kindOf(node)}, where a list is needed`, 'Write a list: one `- …` a line.');
  if (!checkSize(node.items.length, shape, path, reading)) return undefined;
  const items = node.items.map((item, index) => {
    const at = `${path}[${index}]`;
    reading.places.note(at, item);
    const told = reading.problems.length;
    const read = readPart(item, shapeNamed(shape.member), at, reading);
    // Half an item would be told to lack what was only written wrong.
    return reading.problems.length > told ? undefined : read;
  });
  return items.filter((item) => item !== undefined);
}

function map(node: unknown, shape: Shape, path: string, reading: Reading): Json | undefined {
  if (!isMap(node))
    return tell(reading, path, `is ${kindOf(node)}, where a map is needed`, 'Write one `name: value` a line.');
  if (!checkSize(node.items.length, shape, path, reading)) return undefined;
  const entries: [string, Json][] = [];
  for (const item of node.items) {
    if (!isPair(item)) continue;
    const name = spellingOf(reading.document.resolve(item.key)) ?? '';
    const at = join(path, name);
    reading.places.note(at, item.key);
    const why = name === '' ? 'is empty' : textViolation(shapeNamed(shape.key), name);
    if (why !== undefined) tell(reading, at, `has a name that ${why}`, 'Write another name.');
    const value = readPart(item.value, shapeNamed(shape.value), at, reading);
    if (value !== undefined && why === undefined) entries.push([name, value]);
  }
  return Object.fromEntries(entries) as JsonObject;
}

function checkSize(size: number, { min = 0, max }: Shape, path: string, reading: Reading): boolean {
  const words = `has ${size} ${size === 1 ? 'entry' : 'entries'}`;
  if (size < min) tell(reading, path, words, `At least ${min} ${min === 1 ? 'is' : 'are'} needed.`);
  else if (max !== undefined && size > max) tell(reading, path, words, `At most ${max} are allowed.`);
  else return true;
  return false;
}

function scalar(node: unknown, shape: Shape, path: string, reading: Reading): Json | undefined {
  if (isHyperparameter(path)) {
    const text = hyperparameter(node, reading.document);
    if (text.ok) return checkText(text.value, shape, path, reading);
    for (const { message, remedy } of text.mistakes) tell(reading, path, message, remedy);
    return undefined;
  }
  if (!isScalar(node)) return tell(reading, path, `is ${kindOf(node)}, where one value is needed`, 'Write one value.');
  const { value } = node;
  switch (shape.type) {
    case 'string':
      // What is written without quotes and looks like a number is still the text that was written.
      return checkText(spelling(node) ?? '', shape, path, reading);
    case 'boolean':
      return typeof value === 'boolean'
        ? value
        : tell(reading, path, `is ${shown(value)}`, 'Write true or false, without quotes.');
    default:
      return checkNumber(value, shape, path, reading);
  }
}

function checkText(text: string, shape: Shape, path: string, reading: Reading): string | undefined {
  if (shape.enum !== undefined && !shape.enum.includes(text)) {
    const meant = shape.enum.find((each) => each.toLowerCase() === text.toLowerCase()) ?? nearMiss(text, shape.enum);
    const all = shape.enum.length > 12 ? 'Write one that the API knows.' : `Write ${inAList(shape.enum)}.`;
    return tell(reading, path, `is ${quoted(text)}`, meant === undefined ? all : `Did you mean ${meant}?`);
  }
  const why = textViolation(shape, text);
  if (why !== undefined) return tell(reading, path, `is ${quoted(text)}, which ${why}`, patternRemedy(shape));
  if (!/(?:^|\.)S3(?:Uri|OutputPath)$/.test(path)) return text;
  const uri = s3Uri(text);
  for (const { message, remedy } of uri.ok ? [] : uri.mistakes) tell(reading, path, message, remedy);
  return uri.ok ? text : undefined;
}

function patternRemedy({ min, max, pattern }: Shape): string {
  const lengths = max === undefined ? '' : `${min ?? 0} to ${max} characters`;
  const form = pattern === undefined || /^\.[*+]$/.test(pattern) ? 'on one line' : `of the form ${pattern}`;
  return `Write ${[lengths, form].filter((part) => part !== '').join(' ')}.`;
}

function checkNumber(value: unknown, { min, max }: Shape, path: string, reading: Reading): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value;
  const range = max === undefined ? (min === undefined ? '' : ` from ${min}`) : ` from ${min ?? 0} to ${max}`;
  const remedy = `Write a whole number${range}, without quotes and units.`;
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    return tell(reading, path, `is ${shown(value)}`, remedy);
  if (number < (min ?? Number.NEGATIVE_INFINITY) || number > (max ?? Number.POSITIVE_INFINITY))
    return tell(reading, path, `is ${number}`, remedy);
  return number;
}

function tell(reading: Reading, path: string, message: string, remedy: string): undefined {
  reading.problems.push(problemAt(reading.places.of(path), path, { message, remedy }));
}

function isHyperparameter(path: string): boolean {
  return path.startsWith('HyperParameters.');
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `the text ${quoted(value)}` : String(value);
}

function kindOf(node: unknown): string {
  if (isMap(node)) return 'a map';
  return isSeq(node) ? 'a list' : 'one value';
}

function namesOf({ members = {} }: Shape): string {
  return inAList(Object.keys(members));
}
