import { randomUUID } from 'node:crypto';
import type { Pages } from './model/service-model.ts';
import type { Route } from './protocols/http.ts';
import type { Answer } from './types.ts';

/**
 * The `empty-page` fault: a page without items whose token leads on to the page that was asked for. The asked-for
 * token travels inside the given one, so no service needs to know.
 */
const MARK = 'empty-page.';

const S3_PAGES: Readonly<Record<string, Pages>> = {
  ListObjectsV2: { in: 'continuation-token', out: 'NextContinuationToken', items: 'Contents' },
};

function pagesOf(route: Route): Pages | undefined {
  return route.service === 's3' ? S3_PAGES[route.operation] : route.operationModel?.pages;
}

/** The input with a token of ours replaced by the one it carries. */
export function unwrapToken(route: Route, input: Record<string, unknown>): Record<string, unknown> {
  const name = pagesOf(route)?.in;
  const token = name === undefined ? undefined : input[name];
  if (name === undefined || typeof token !== 'string' || !token.startsWith(MARK)) return input;
  const { [name]: _ours, ...rest } = input;
  const [, carried = ''] = Buffer.from(token.slice(MARK.length), 'base64url').toString().split(':', 2);
  return carried === '' ? rest : { ...rest, [name]: Buffer.from(carried, 'base64url').toString() };
}

/** The empty page; undefined when the operation has no pages. */
export function emptyPage(route: Route, input: Record<string, unknown>): Answer | undefined {
  if (route.service === 'github' && route.request.method === 'GET') return emptyGitHubPage(route);
  const pages = pagesOf(route);
  if (!pages) return undefined;
  const given = input[pages.in];
  const carried = typeof given === 'string' ? Buffer.from(given).toString('base64url') : '';
  const token = `${MARK}${Buffer.from(`${randomUUID()}:${carried}`).toString('base64url')}`;
  if (route.service === 's3') {
    return { output: { ListBucketResult: { Name: input.Bucket, KeyCount: 0, IsTruncated: true, [pages.out]: token } } };
  }
  const items = typeof pages.items === 'string' ? [pages.items] : pages.items;
  return { output: { ...Object.fromEntries(items.map((name) => [name, []])), [pages.out]: token } };
}

function emptyGitHubPage(route: Route): Answer {
  const { path, query, headers } = route.request;
  return { output: [], headers: { link: `<http://${headers.host}${path}?${query}>; rel="next"` } };
}
