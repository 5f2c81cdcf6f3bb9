import { type Reference, type ServiceModel, type Shape, shapeOf } from './service-model.ts';

/** One broken constraint: the value, the path as AWS writes it (`inputDataConfig.1.member.channelName`), AWS's words for it. */
export interface Violation {
  readonly value: string;
  readonly path: string;
  readonly constraint: string;
}

/** All constraints of the model that a well-typed value breaks: required, length, range, pattern, enum. */
export function violations(model: ServiceModel, reference: Reference, value: unknown, path = ''): Violation[] {
  const shape = shapeOf(model, reference.shape);
  const own = brokenBy(shape, value).map((constraint) => ({ value: display(value), path, constraint }));
  if (shape.type === 'structure')
    return [...own, ...memberViolations(model, shape, value as Record<string, unknown>, path)];
  if (shape.member) return [...own, ...listViolations(model, shape.member, value as unknown[], path)];
  if (shape.value && shape.key) return [...own, ...mapViolations(model, shape.key, shape.value, value as object, path)];
  return own;
}

/** AWS's one message for all of them; undefined when there is none. */
export function violationMessage(found: readonly Violation[]): string | undefined {
  if (found.length === 0) return undefined;
  const parts = found.map(({ value, path, constraint }) =>
    constraint === NOT_NULL
      ? `Value null at '${path}' failed to satisfy constraint: ${NOT_NULL}`
      : `Value '${value}' at '${path}' failed to satisfy constraint: ${constraint}`,
  );
  return `${found.length} validation error${found.length === 1 ? '' : 's'} detected: ${parts.join('; ')}`;
}

const NOT_NULL = 'Member must not be null';

function memberViolations(
  model: ServiceModel,
  shape: Shape,
  value: Record<string, unknown>,
  path: string,
): Violation[] {
  const found: Violation[] = [];
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const item = value[name];
    const at = join(path, lowerFirst(name));
    if (item !== undefined && item !== null) found.push(...violations(model, member, item, at));
    else if (shape.required?.includes(name)) found.push({ value: 'null', path: at, constraint: NOT_NULL });
  }
  return found;
}

/** Elements with members are named by their position; plain ones are reported on the list itself. */
function listViolations(model: ServiceModel, member: Reference, items: readonly unknown[], path: string): Violation[] {
  const shape = shapeOf(model, member.shape);
  if (shape.members || shape.member || shape.value) {
    return items.flatMap((item, index) => violations(model, member, item, `${path}.${index + 1}.member`));
  }
  return items.some((item) => brokenBy(shape, item).length > 0)
    ? [
        {
          value: display(items),
          path,
          constraint: `Member must satisfy constraint: [${allConstraints(shape).join(', ')}]`,
        },
      ]
    : [];
}

function mapViolations(model: ServiceModel, key: Reference, value: Reference, map: object, path: string): Violation[] {
  const keyShape = shapeOf(model, key.shape);
  const valueShape = shapeOf(model, value.shape);
  const found: Violation[] = [];
  const whole = display(map);
  if (Object.keys(map).some((name) => brokenBy(keyShape, name).length > 0)) {
    found.push({
      value: whole,
      path,
      constraint: `Map keys must satisfy constraint: [${allConstraints(keyShape).join(', ')}]`,
    });
  }
  if (valueShape.members || valueShape.member) {
    for (const [name, item] of Object.entries(map))
      found.push(...violations(model, value, item, `${path}.${name}.member`));
  } else if (Object.values(map).some((item) => brokenBy(valueShape, item).length > 0)) {
    found.push({
      value: whole,
      path,
      constraint: `Map value must satisfy constraint: [${allConstraints(valueShape).join(', ')}]`,
    });
  }
  return found;
}

interface Rule {
  readonly text: string;
  readonly holds: (value: unknown) => boolean;
}

function brokenBy(shape: Shape, value: unknown): string[] {
  return rules(shape)
    .filter((rule) => !rule.holds(value))
    .map((rule) => rule.text);
}

function allConstraints(shape: Shape): string[] {
  return rules(shape).map((rule) => rule.text);
}

function rules(shape: Shape): Rule[] {
  const { min, max, pattern } = shape;
  const options = shape.enum;
  const numeric = ['integer', 'long', 'float', 'double'].includes(shape.type);
  const measure = numeric ? 'value' : 'length';
  const size = (value: unknown) => (numeric ? Number(value) : length(value));
  const found: Rule[] = [];
  if (options)
    found.push({
      text: `Member must satisfy enum value set: [${options.join(', ')}]`,
      holds: (value) => options.includes(String(value)),
    });
  if (max !== undefined)
    found.push({
      text: `Member must have ${measure} less than or equal to ${max}`,
      holds: (value) => size(value) <= max,
    });
  if (min !== undefined)
    found.push({
      text: `Member must have ${measure} greater than or equal to ${min}`,
      holds: (value) => size(value) >= min,
    });
  if (pattern) {
    const expression = wholePattern(pattern);
    found.push({
      text: `Member must satisfy regular expression pattern: ${pattern}`,
      holds: (value) => expression.test(String(value)),
    });
  }
  return found;
}

function length(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  return Array.isArray(value) ? value.length : Object.keys(value as object).length;
}

/** AWS's patterns are Java's and match the whole; `u` gives `\p{…}`, but refuses some escapes that Java allows. */
function wholePattern(pattern: string): RegExp {
  const source = `^(?:${pattern})$`;
  try {
    return new RegExp(source, 'u');
  } catch {
    return new RegExp(source);
  }
}

function display(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(display).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${display(item)}`)
    .join(', ')}}`;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
