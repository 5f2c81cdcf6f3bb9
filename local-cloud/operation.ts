import { authenticate } from './authentication.ts';
import { authorize } from './authorization.ts';
import type { Route } from './protocols/http.ts';
import { notImplemented } from './protocols/s3-rest.ts';
import { accessDenied } from './refusals.ts';
import { actionName, resourceArn } from './resources.ts';
import type { Cloud } from './state.ts';
import { type Answer, CloudError, type Handler, type Service, type ServiceName } from './types.ts';
import { validateInput, validateOutput } from './validation.ts';

export type Services = Readonly<Partial<Record<ServiceName, Service>>>;

export interface Decoded {
  readonly input: Record<string, unknown>;
  readonly body: Buffer;
}

/** A request as it reaches the service: its input, or why that could not be read. */
export interface Request {
  readonly cloud: Cloud;
  readonly services: Services;
  readonly route: Route;
  readonly decoded: Decoded | CloudError;
}

/** Authenticates, authorizes, validates and performs. Throws `CloudError` for every refusal. */
export async function perform({ cloud, services, route, decoded }: Request): Promise<Answer> {
  const caller = authenticate(cloud, route);
  if (decoded instanceof CloudError) throw decoded;
  const handler = handlerOf(services, route);
  const resource = resourceArn(cloud, route.service, caller.region, decoded.input);
  if (!authorize(caller.principal, actionName(route.service, route.operation), resource)) {
    throw accessDenied(route, caller.principal, resource);
  }
  validateInput(route, decoded.input);
  const answer = await handler({
    service: route.service,
    operation: route.operation,
    principal: caller.principal,
    region: caller.region,
    input: withoutNulls(decoded.input),
    headers: route.request.headers,
    body: decoded.body,
  });
  validateOutput(route, answer.output);
  return answer;
}

/** AWS JSON takes null for an absent member. */
function withoutNulls(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}

function handlerOf(services: Services, route: Route): Handler {
  const service = services[route.service];
  const handler = service && Object.hasOwn(service, route.operation) ? service[route.operation] : undefined;
  if (handler) return handler;
  if (route.service === 's3') throw notImplemented(route.operation);
  if (route.service === 'github') throw new CloudError('NotFound', 'Not Found', 404);
  if (route.writer.format === 'xml')
    throw new CloudError('InvalidAction', `Could not find operation ${route.operation}`, 400);
  throw new CloudError('UnknownOperationException', `The operation ${route.operation} is not known`, 404);
}
