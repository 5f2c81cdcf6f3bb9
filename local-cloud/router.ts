import { authenticate, type Caller, claimedCaller } from './authentication.ts';
import { emptyPage, unwrapToken } from './empty-pages.ts';
import type { LedgerEntry } from './ledger.ts';
import { type Decoded, perform, type Request, type Services } from './operation.ts';
import { type HttpReply, newRequestId, type Route } from './protocols/http.ts';
import { faultError, internalError } from './refusals.ts';
import { resourceArn } from './resources.ts';
import type { ScriptFault } from './script.ts';
import type { Cloud } from './state.ts';
import { type Answer, CloudError } from './types.ts';

/** `cut`: the connection is to be closed without an answer. */
export type Outcome = HttpReply | 'cut';

/** One request on its way. */
interface Passage extends Request {
  readonly entry: LedgerEntry;
  readonly fault: ScriptFault | undefined;
  readonly requestId: string;
}

/** Writes the request down, lets a scripted fault have it, else authenticates, authorizes, validates and performs it. */
export async function serve(cloud: Cloud, services: Services, route: Route): Promise<Outcome> {
  if (route.service === 'local') return serveControl(services, route);
  const decoded = decode(route);
  const entry = cloud.ledger.open({
    caller: claimedCaller(route),
    service: route.service,
    operation: route.operation,
    request: decoded instanceof CloudError ? { unreadable: route.request.body } : shown(route, decoded),
  });
  const fault = cloud.script.takeFault(route.service, route.operation);
  const passage: Passage = { cloud, services, route, entry, fault, decoded, requestId: newRequestId() };
  const kind = fault?.kind;
  if (fault === undefined) return answered(passage);
  if (kind === 'slow') await cloud.clock.sleep(fault.seconds ?? 5, route.request.gone);
  if (kind === 'slow') return answered(passage);
  if (fault.performed) await perform(passage).catch(() => undefined);
  return spoilt(passage, fault);
}

async function serveControl(services: Services, route: Route): Promise<HttpReply> {
  try {
    const { input, body } = route.decode();
    const handler = services.local?.[route.operation];
    if (!handler) throw new CloudError('NotFound', `There is no ${route.operation}`, 404);
    const { operation, request } = route;
    const call = {
      service: route.service,
      operation,
      input,
      body,
      headers: request.headers,
      principal: { id: 'local' },
      region: '',
    };
    return route.writer.answer(route, await handler(call), '');
  } catch (error) {
    if (error instanceof CloudError) return route.writer.refuse(route, error, '');
    throw error;
  }
}

function decode(route: Route): Decoded | CloudError {
  try {
    const { input, body } = route.decode();
    return { input: unwrapToken(route, input), body };
  } catch (error) {
    if (error instanceof CloudError) return error;
    throw error;
  }
}

function shown(route: Route, { input, body }: Decoded): unknown {
  return route.service === 's3' && body.length > 0 ? { ...input, Body: body } : input;
}

async function answered(passage: Passage): Promise<HttpReply> {
  const { cloud, route, entry, fault, requestId } = passage;
  const named = fault ? { fault: fault.kind } : {};
  try {
    const answer = await perform(passage);
    const reply = route.writer.answer(route, answer, requestId);
    cloud.ledger.close(entry, { status: reply.status, response: responseOf(route, answer), ...named });
    return reply;
  } catch (error) {
    return refused(passage, error instanceof CloudError ? error : unexpected(route, error));
  }
}

function responseOf(route: Route, answer: Answer): unknown {
  return route.service === 'oidc' ? { value: '***' } : (answer.body ?? answer.output ?? null);
}

function refused({ cloud, route, entry, fault, requestId }: Passage, error: CloudError): HttpReply {
  const { headers: _headers, ...extra } = error.extra;
  const response = { code: error.code, message: error.message, ...extra };
  cloud.ledger.close(entry, {
    status: error.status,
    response,
    error: error.code,
    ...(fault ? { fault: fault.kind } : {}),
  });
  return route.writer.refuse(route, error, requestId);
}

function unexpected(route: Route, error: unknown): CloudError {
  console.error(`local cloud: ${route.service} ${route.operation} failed:`, error);
  const { code, message, status } = internalError(route);
  return new CloudError(code, `${message} (${error instanceof Error ? error.message : String(error)})`, status);
}

/** What a fault other than `slow` leaves of the answer. */
async function spoilt(passage: Passage, fault: ScriptFault): Promise<Outcome> {
  const { cloud, route, entry, decoded, requestId } = passage;
  const input = decoded instanceof CloudError ? {} : decoded.input;
  const caller = claimed(cloud, route);
  const error = faultError(fault, route, caller.principal, resourceArn(cloud, route.service, caller.region, input));
  if (error) return refused(passage, error);
  if (fault.kind === 'empty-page') {
    const page = emptyPage(route, input);
    if (!page) return answered(passage);
    const reply = route.writer.answer(route, page, requestId);
    cloud.ledger.close(entry, { status: reply.status, response: page.output, fault: fault.kind });
    return reply;
  }
  if (fault.kind === 'malformed') {
    cloud.ledger.close(entry, { status: 200, fault: fault.kind });
    return malformed(route);
  }
  cloud.ledger.close(entry, { status: 0, fault: fault.kind });
  if (fault.kind === 'stall') await cloud.clock.sleep(fault.seconds ?? Number.POSITIVE_INFINITY, route.request.gone);
  return 'cut';
}

function claimed(cloud: Cloud, route: Route): Caller {
  try {
    return authenticate(cloud, route);
  } catch {
    return { principal: { id: claimedCaller(route) }, region: cloud.region };
  }
}

function malformed(route: Route): HttpReply {
  const xml = route.writer.format === 'xml';
  return {
    status: 200,
    headers: { 'content-type': xml ? 'application/xml' : 'application/json' },
    body: xml ? '<?xml version="1.0" encoding="UTF-8"?>\n<Result><Cut' : '{"Cut": [1, ',
  };
}
