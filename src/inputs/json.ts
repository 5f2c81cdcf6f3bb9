/** A value as JSON knows it: part of a request, in the API's own field names. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects are merged deeply; of everything else the upper one stands. */
export function merged(lower: JsonObject, upper: JsonObject): JsonObject {
  const all = new Set([...Object.keys(lower), ...Object.keys(upper)]);
  return Object.fromEntries([...all].map((name) => [name, mergedValue(lower[name], upper[name])]));
}

function mergedValue(lower: Json | undefined, upper: Json | undefined): Json {
  if (isObject(lower) && isObject(upper)) return merged(lower, upper);
  return upper ?? lower ?? null;
}

/** Paths of the leaves that both trees set; a list is one leaf. */
export function common(one: JsonObject, other: JsonObject, path = ''): readonly string[] {
  return Object.keys(one).flatMap((name) => {
    const [left, right] = [one[name], other[name]];
    if (right === undefined) return [];
    const at = path === '' ? name : `${path}.${name}`;
    return isObject(left) && isObject(right) ? common(left, right, at) : [at];
  });
}

/** The tree without what stands at a path, and without objects that this leaves empty. */
export function without(tree: JsonObject, path: string): JsonObject {
  const [name = '', ...rest] = path.split('.');
  const value = tree[name];
  if (value === undefined) return tree;
  const { [name]: _, ...others } = tree;
  if (rest.length === 0 || !isObject(value)) return rest.length === 0 ? others : tree;
  const left = without(value, rest.join('.'));
  return Object.keys(left).length === 0 ? others : { ...tree, [name]: left };
}

/** What stands at a path of members; `undefined` where it ends early. */
export function valueAt(tree: JsonObject, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), tree);
}

/** JSON as Python's `json.dumps` writes it: beyond ASCII everything is escaped. */
export function jsonText(value: boolean | number | string): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
