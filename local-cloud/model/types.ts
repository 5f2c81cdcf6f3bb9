import type { Reference, ServiceModel } from './service-model.ts';
import { shapeOf } from './service-model.ts';

/** A value of the wrong type, or a member the model does not know. `path` is in the wire's own names, `''` for the whole. */
export class TypeMismatch extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.name = 'TypeMismatch';
    this.path = path;
  }
}

type Check = (value: unknown) => boolean;

const isNumber: Check = (value) =>
  typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity';
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const CHECKS: Readonly<Record<string, { readonly is: Check; readonly name: string }>> = {
  string: { is: (value) => typeof value === 'string', name: 'a String' },
  character: { is: (value) => typeof value === 'string', name: 'a String' },
  integer: { is: (value) => Number.isInteger(value) && Math.abs(Number(value)) <= 2_147_483_648, name: 'an Integer' },
  long: { is: Number.isSafeInteger, name: 'a Long' },
  float: { is: isNumber, name: 'a Float' },
  double: { is: isNumber, name: 'a Double' },
  boolean: { is: (value) => typeof value === 'boolean', name: 'a Boolean' },
  timestamp: {
    is: (value) => typeof value === 'number' && Number.isFinite(value),
    name: 'a Timestamp in epoch seconds',
  },
  blob: { is: (value) => typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value), name: 'a base64 Blob' },
  list: { is: Array.isArray, name: 'a List' },
  map: { is: isObject, name: 'a Map' },
  structure: { is: isObject, name: 'a Structure' },
};

/**
 * Refuses a value that does not have the type of `reference`, and members that the shape does not have: AWS would
 * ignore those, but here they are taken for the mistake they are. Null stands for an absent member. Throws `TypeMismatch`.
 */
export function checkTypes(model: ServiceModel, reference: Reference, value: unknown, path = ''): void {
  const shape = shapeOf(model, reference.shape);
  const check = CHECKS[shape.type];
  if (!check) throw new Error(`The model has the unknown type ${shape.type}`);
  if (!check.is(value)) throw new TypeMismatch(path, `${wireType(value)} can not be converted to ${check.name}`);
  if (shape.type === 'structure') checkMembers(model, shape.members ?? {}, value as Record<string, unknown>, path);
  else if (shape.member)
    for (const [index, item] of (value as unknown[]).entries())
      checkTypes(model, shape.member, item, `${path}[${index}]`);
  else if (shape.value)
    for (const [key, item] of Object.entries(value as object)) checkTypes(model, shape.value, item, join(path, key));
}

function checkMembers(
  model: ServiceModel,
  members: Readonly<Record<string, Reference>>,
  value: Record<string, unknown>,
  path: string,
): void {
  for (const [name, item] of Object.entries(value)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (!member) throw new TypeMismatch(path, `Unknown member ${name}`);
    if (item !== null && item !== undefined) checkTypes(model, member, item, join(path, name));
  }
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function wireType(value: unknown): string {
  if (value === null) return 'NULL_VALUE';
  if (Array.isArray(value)) return 'START_ARRAY';
  if (typeof value === 'object') return 'START_OBJECT';
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return typeof value === 'number' && !Number.isInteger(value)
    ? 'DECIMAL_VALUE'
    : `${typeof value}_value`.toUpperCase();
}
