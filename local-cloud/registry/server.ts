import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Cloud } from '../state.ts';
import { type RegistryAnswer, RegistryError } from './exchange.ts';
import { faultAnswer, spoil } from './faults.ts';
import { findRoute, type RouteMatch } from './routes.ts';
import { findRepository, registryState } from './state.ts';

/**
 * Opens the cloud's own OCI registry on loopback (port 0 picks a free one), names it in `cloud.urls.registry` and
 * closes it with the cloud. `docker push` and `docker pull` take loopback registries without TLS.
 */
export async function startRegistry(cloud: Cloud, port = 0): Promise<void> {
  cloud.shared(registryState);
  const server = createServer((message, response) => {
    serve(cloud, message, response).catch((error: unknown) => {
      process.stderr.write(`local cloud: registry: ${error instanceof Error ? error.stack : error}\n`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  cloud.urls.registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  cloud.onClose(() => closeServer(server));
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function serve(cloud: Cloud, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(message.url ?? '/', 'http://registry');
  const route = findRoute(message.method ?? 'GET', url.pathname);
  const operation = route?.operation ?? 'CheckLogin';
  const path = (url.pathname + url.search).replace(/token=[^&]*/, 'token=***');
  const request = { method: message.method, path };
  const entry = cloud.ledger.open({ caller: caller(message), service: 'registry', operation, request });
  const fault = cloud.script.takeFault('registry', operation);
  const note = fault === undefined ? {} : { fault: fault.kind };
  try {
    const refusal = fault && faultAnswer(fault);
    if (refusal && !fault.performed) throw refusal;
    const spoilt = fault && !fault.performed && (await spoil(response, fault, cloud.clock));
    if (spoilt) return cloud.ledger.close(entry, { status: 0, ...note });
    const answer = await perform(cloud, message, url, route);
    if (refusal) throw refusal;
    if (fault?.performed && (await spoil(response, fault, cloud.clock)))
      return cloud.ledger.close(entry, { status: 0, ...note });
    cloud.ledger.close(entry, {
      status: answer.status,
      response: { headers: answer.headers, bytes: sentBytes(answer) },
      ...note,
    });
    await send(response, answer);
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    cloud.ledger.close(entry, { status: error.status, error: error.code, response: error.message, ...note });
    message.resume();
    await send(response, refusalAnswer(error));
  }
}

async function perform(
  cloud: Cloud,
  message: IncomingMessage,
  url: URL,
  route: RouteMatch | undefined,
): Promise<RegistryAnswer> {
  const state = cloud.shared(registryState);
  demandLogin(cloud, message, url.searchParams.get('token'));
  if (route === undefined) {
    if (url.pathname === '/v2/' || url.pathname === '/v2') return { status: 200, body: Buffer.from('{}') };
    throw new RegistryError(
      404,
      'UNSUPPORTED',
      `${message.method} ${url.pathname} is not part of the distribution API`,
    );
  }
  const repository = await findRepository(cloud, route.name);
  if (repository === undefined) {
    throw new RegistryError(
      404,
      'NAME_UNKNOWN',
      `The repository with name '${route.name}' does not exist in the registry with id '${cloud.account}'`,
    );
  }
  const { method = 'GET' } = message;
  return route.handle({
    cloud,
    state,
    repository,
    method,
    reference: route.reference,
    query: url.searchParams,
    message,
  });
}

/** `token` is the ticket of a URL that GetDownloadUrlForLayer gave out. */
function demandLogin(cloud: Cloud, message: IncomingMessage, token: string | null): void {
  const ticket = token && `Basic ${Buffer.from(`AWS:${token}`).toString('base64')}`;
  const verdict = cloud.shared(registryState).tokens.check(ticket || message.headers.authorization);
  if (verdict === 'valid') return;
  if (verdict === 'expired') {
    throw new RegistryError(403, 'DENIED', 'Your authorization token has expired. Reauthenticate and try again.');
  }
  const challenge = `Basic realm="http://${cloud.urls.registry}/",service="ecr.amazonaws.com"`;
  const text = verdict === 'missing' ? 'no basic auth credentials' : 'authorization token is invalid';
  throw new RegistryError(401, 'UNAUTHORIZED', text, { 'www-authenticate': challenge });
}

function caller(message: IncomingMessage): string {
  const [scheme, encoded = ''] = (message.headers.authorization ?? '').split(' ');
  const user = scheme?.toLowerCase() === 'basic' ? Buffer.from(encoded, 'base64').toString('utf8').split(':')[0] : '';
  return user || 'anonymous';
}

/** Bodies in the ledger are lengths: what was pulled can be summed from them. */
function sentBytes(answer: RegistryAnswer): number {
  return answer.body?.length ?? (answer.file ? answer.file.end - answer.file.start + 1 : 0);
}

function refusalAnswer({ code, message, status, headers }: RegistryError): RegistryAnswer {
  const body = Buffer.from(JSON.stringify({ errors: [{ code, message }] }));
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers, 'content-length': String(body.length) },
    body,
  };
}

async function send(response: ServerResponse, answer: RegistryAnswer): Promise<void> {
  response.writeHead(answer.status, { 'docker-distribution-api-version': 'registry/2.0', ...answer.headers });
  if (answer.file === undefined || answer.file.end < answer.file.start) return void response.end(answer.body);
  const { path, start, end } = answer.file;
  await pipeline(createReadStream(path, { start, end }), response).catch(() => response.destroy());
}
