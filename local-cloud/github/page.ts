import type { Cloud } from '../state.ts';
import type { Answer, Call } from '../types.ts';
import { apiUrl, type Json } from './wire.ts';

/** One page of a list with GitHub's Link header. Sizes over 100 are cut to 100, as GitHub does. */
export function pageOf(
  cloud: Cloud,
  call: Call,
  path: string,
  items: readonly Json[],
  query: Readonly<Record<string, string>> = {},
): Answer {
  const size = clamp(call.input.per_page, 30, 100);
  const page = clamp(call.input.page, 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(Math.ceil(items.length / size), 1);
  const address = (number: number) =>
    `<${apiUrl(cloud, path)}?${new URLSearchParams({ ...query, per_page: String(size), page: String(number) })}>`;
  const links = [
    ...(page > 1 ? [`${address(page - 1)}; rel="prev"`] : []),
    ...(page < last ? [`${address(page + 1)}; rel="next"`, `${address(last)}; rel="last"`] : []),
    ...(page > 1 ? [`${address(1)}; rel="first"`] : []),
  ];
  const output = items.slice((page - 1) * size, page * size);
  return links.length === 0 ? { output } : { output, headers: { link: links.join(', ') } };
}

function clamp(given: unknown, standard: number, largest: number): number {
  const value = Number(given ?? standard);
  return Number.isInteger(value) && value > 0 ? Math.min(value, largest) : standard;
}
