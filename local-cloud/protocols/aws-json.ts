import type { ServiceModel, ServiceModels } from '../model/service-model.ts';
import { CloudError, type ServiceName } from '../types.ts';
import type { HttpReply, HttpRequest, Route, Writer } from './http.ts';

/** AWS JSON 1.0 and 1.1: `X-Amz-Target: Prefix.Operation`, JSON both ways, timestamps in epoch seconds. */
export const awsJsonWriter: Writer = {
  format: 'json',
  answer: (route, answer, requestId) =>
    reply(route, answer.status ?? 200, answer.output ?? {}, requestId, answer.headers ?? {}),
  refuse: (route, error, requestId) =>
    reply(route, error.status, { __type: error.code, message: error.message, ...error.extra }, requestId, {
      'x-amzn-errortype': error.code,
    }),
};

/** The route of a request with a target header; undefined when no service has that prefix. */
export function awsJsonRoute(models: ServiceModels, request: HttpRequest): Route | undefined {
  const target = request.headers['x-amz-target'] ?? '';
  const dot = target.indexOf('.');
  const found = Object.entries(models).find(([, model]) => model.targetPrefix === target.slice(0, dot));
  if (!found) return undefined;
  const [service, model] = found as [ServiceName, ServiceModel];
  const operation = target.slice(dot + 1);
  const operationModel = model.operations[operation];
  return {
    service,
    operation,
    writer: awsJsonWriter,
    request,
    model,
    ...(operationModel ? { operationModel } : {}),
    decode: () => ({ input: parse(request.body), body: request.body }),
  };
}

function parse(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Refused below, as AWS does, without the parser's own words.
  }
  throw new CloudError('SerializationException', 'Unexpected content: the body is not a JSON object');
}

function reply(
  route: Route,
  status: number,
  content: unknown,
  requestId: string,
  headers: Readonly<Record<string, string>>,
): HttpReply {
  const type = route.request.headers['content-type'];
  return {
    status,
    headers: {
      'content-type': type?.startsWith('application/x-amz-json') ? type : 'application/x-amz-json-1.1',
      'x-amzn-requestid': requestId,
      ...headers,
    },
    body: JSON.stringify(content),
  };
}
