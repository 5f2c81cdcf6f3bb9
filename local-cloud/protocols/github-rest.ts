import { CloudError } from '../types.ts';
import { type HttpRequest, parsePairs, type Route, type Writer } from './http.ts';

/** Where GitHub's REST API begins under the cloud's URL. */
export const GITHUB_PREFIX = '/github';

/** `GET /repos/{owner}/{repo}`: the operations by GitHub's own names, each matched against path and method. */
export function githubRoute(operations: readonly string[], request: HttpRequest): Route {
  const path = request.path.slice(GITHUB_PREFIX.length) || '/';
  const found = operations
    .map((operation) => ({ operation, parameters: matchPath(operation, request.method, path) }))
    .find(({ parameters }) => parameters !== undefined);
  return {
    service: 'github',
    operation: found?.operation ?? `${request.method} ${path}`,
    writer: githubWriter,
    request,
    decode: () => ({
      input: { ...parseBody(request.body), ...Object.fromEntries(parsePairs(request.query)), ...found?.parameters },
      body: request.body,
    }),
  };
}

function matchPath(operation: string, method: string, path: string): Record<string, string> | undefined {
  const [verb, template = ''] = operation.split(' ');
  const expected = template.split('/');
  const given = path.split('/');
  if (verb !== method || expected.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const actual = decodePart(given[index] ?? '');
    if (part.startsWith('{')) parameters[part.slice(1, -1)] = actual;
    else if (part !== actual) return undefined;
  }
  return parameters;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function parseBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new CloudError('ProblemsParsingJSON', 'Problems parsing JSON', 400);
  }
}

const DOCUMENTATION = 'https://docs.github.com/rest';

export const githubWriter: Writer = {
  format: 'json',
  answer: (_route, answer, requestId) => ({
    status: answer.status ?? 200,
    headers: { ...fixedHeaders(requestId), ...answer.headers },
    body: answer.status === 204 ? '' : JSON.stringify(answer.output ?? {}),
  }),
  refuse(_route, error, requestId) {
    const { headers, ...fields } = error.extra;
    const content = {
      message: error.message,
      ...fields,
      documentation_url: DOCUMENTATION,
      status: String(error.status),
    };
    return {
      status: error.status,
      headers: { ...fixedHeaders(requestId), ...(headers as Record<string, string> | undefined) },
      body: JSON.stringify(content),
    };
  },
};

function fixedHeaders(requestId: string): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-github-request-id': requestId.replaceAll('-', ':').toUpperCase(),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': '2022-11-28',
  };
}
