import { validationError } from './errors.ts';

/** One page of a list; `next` is to be spread into the answer. Throws ValidationException for a foreign token. */
export function pageOf<T>(
  all: readonly T[],
  token: string | undefined,
  size: number,
): { readonly items: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const start = token === undefined ? 0 : Number(/^page:(\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1]);
  if (Number.isNaN(start)) throw validationError('The NextToken provided is invalid.');
  const end = start + size;
  const next = end < all.length ? { NextToken: Buffer.from(`page:${end}`).toString('base64') } : {};
  return { items: all.slice(start, end), next };
}
