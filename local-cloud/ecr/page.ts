import { invalidParameter } from './errors.ts';

/** One page of a list; `next` is to be spread into the answer. Throws InvalidParameterException for a foreign token. */
export function page<T>(
  all: readonly T[],
  token: string | undefined,
  size: number,
): { items: readonly T[]; next: { nextToken?: string } } {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString('utf8'));
  if (!Number.isInteger(start) || start < 0) throw invalidParameter("Invalid parameter at 'nextToken'");
  const end = start + size;
  const next = end < all.length ? { nextToken: Buffer.from(String(end)).toString('base64') } : {};
  return { items: all.slice(start, end), next };
}
