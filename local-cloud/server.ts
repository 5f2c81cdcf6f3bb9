import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dispatch } from './dispatch.ts';
import { loadModels } from './model/service-model.ts';
import type { Services } from './operation.ts';
import type { HttpRequest } from './protocols/http.ts';
import { type Outcome, serve } from './router.ts';
import type { Cloud } from './state.ts';

export interface OpenPort {
  readonly port: number;
  close(): Promise<void>;
}

/** Opens the one port that all services but the registry share. Port 0 picks a free one. */
export async function startServer(cloud: Cloud, services: Services, port: number): Promise<OpenPort> {
  const models = loadModels();
  const githubOperations = Object.keys(services.github ?? {});
  const server = createServer((incoming, response) => {
    answer(
      incoming,
      response,
      (request) => serve(cloud, services, dispatch(models, githubOperations, request)),
      cloud,
    ).catch((error) => {
      console.error('local cloud: the request could not be answered:', error);
      response.destroy();
    });
  });
  // A client's idle connection is not to be closed under its next request.
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  return listen(server, port);
}

/** Listens on the loopback address; closing also ends connections that are open. */
export async function listen(server: Server, port: number): Promise<OpenPort> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, close };
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  handle: (request: HttpRequest) => Promise<Outcome>,
  cloud: Cloud,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const outcome = await handle(await readRequest(incoming, gone.signal));
  if (outcome === 'cut') {
    incoming.socket.destroy();
    return;
  }
  response.statusCode = outcome.status;
  // Clients correct their clock by this header: it has to be in the cloud's own time.
  response.setHeader('date', new Date(cloud.clock.now()).toUTCString());
  for (const [name, value] of Object.entries(outcome.headers)) response.setHeader(name, value);
  if (!response.hasHeader('content-length') && outcome.status !== 204 && outcome.status !== 304)
    response.setHeader('content-length', Buffer.byteLength(outcome.body));
  response.end(incoming.method === 'HEAD' ? undefined : outcome.body);
}

async function readRequest(incoming: IncomingMessage, gone: AbortSignal): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [path = '/', query = ''] = splitOnce(incoming.url ?? '/', '?');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : (value ?? ''),
  ]);
  return {
    method: incoming.method ?? 'GET',
    path,
    query,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
    gone,
  };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
