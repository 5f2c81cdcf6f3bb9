import { CloudError, type ServiceName } from '../types.ts';
import { type HttpRequest, parsePairs, type Route, type Writer } from './http.ts';

/** Plain JSON over HTTP: the runner's OIDC endpoint and the control plane. */
export function plainRoute(service: ServiceName, request: HttpRequest): Route {
  return {
    service,
    operation: `${request.method} ${request.path}`,
    writer: plainWriter,
    request,
    decode: () => ({
      input: { ...Object.fromEntries(parsePairs(request.query)), ...content(request.body) },
      body: request.body,
    }),
  };
}

function content(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    return { content: JSON.parse(body.toString('utf8')) };
  } catch {
    throw new CloudError('InvalidJson', 'The body is no JSON', 400);
  }
}

const plainWriter: Writer = {
  format: 'json',
  answer: (_route, answer) => ({
    status: answer.status ?? 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...answer.headers },
    body: JSON.stringify(answer.output ?? {}),
  }),
  refuse: (_route, error) => ({
    status: error.status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ code: error.code, message: error.message, ...error.extra }),
  }),
};
