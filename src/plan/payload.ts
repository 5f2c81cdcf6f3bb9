/** A webhook payload: JSON whose shape is GitHub's word, so every step into it may find nothing. */
export type Payload = Readonly<Record<string, unknown>>;

/** The string or number at a path, as text; `undefined` where the path ends early. */
export function textAt(payload: Payload, ...path: readonly string[]): string | undefined {
  const value = valueAt(payload, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Whether there is anything but null at a path. */
export function isAt(payload: Payload, ...path: readonly string[]): boolean {
  return (valueAt(payload, path) ?? null) !== null;
}

function valueAt(payload: Payload, path: readonly string[]): unknown {
  let value: unknown = payload;
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
