/**
 * ECR's face before Debian's docker-registry: it demands a login of its own region, and can be told to misbehave. All
 * else (uploads, layers, manifests, digests) is the registry's own.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createPlainServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { RegistryTokens } from '../../local-cloud/registry/tokens.ts';

export interface Passage {
  readonly method: string;
  readonly path: string;
  /** What of the login was told by the cloud that gave it out. */
  readonly login: ReturnType<RegistryTokens['check']>;
  /** Of the answer; 0 = the connection was cut. */
  status: number;
}

/** `cut`: the connection breaks in the middle of the request's body; `hold`: there is never an answer. */
export type Mischief = 'cut' | 'hold' | { readonly status: number; readonly code: string; readonly message: string };

export interface FrontDoorOptions {
  /** Host and port of the registry behind it. */
  readonly registry: string;
  readonly tokens: RegistryTokens;
  readonly region: string;
  /** Folder of the registry that is this door's root. */
  readonly below?: string;
  readonly address?: string;
  readonly port?: number;
  /** With a certificate: by TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface FrontDoor extends AsyncDisposable {
  readonly host: string;
  readonly passages: readonly Passage[];
  /** Asked before each request that is logged in. */
  mischief: (passage: Passage) => Mischief | undefined;
}

export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const passages: Passage[] = [];
  const answer = (message: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: path = '' } = message;
    const login = options.tokens.check(loginOf(message), options.region);
    const passage = { method, path, login, status: 0 };
    passages.push(passage);
    response.on('finish', () => {
      passage.status = response.statusCode;
    });
    if (login !== 'valid') return refuse(message, response, REFUSALS[login]);
    const mischief = door.mischief(passage);
    if (mischief === 'hold') return void message.resume();
    if (mischief === 'cut') return void message.once('readable', () => message.socket.destroy());
    if (mischief !== undefined) return refuse(message, response, mischief);
    forward(message, response, options);
  };
  const server = options.tls ? createTlsServer(options.tls, answer) : createPlainServer(answer);
  server.listen(options.port ?? 0, options.address ?? '127.0.0.1');
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  const door: FrontDoor = {
    host: `${address}:${port}`,
    passages,
    mischief: () => undefined,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return door;
}

/** A certificate that nobody else has signed. Needs openssl. */
export function certificate(host: string): { readonly key: string; readonly cert: string } {
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=registry'];
  const files = ['-addext', `subjectAltName=DNS:${host}`, '-keyout', '-', '-out', '-'];
  const both = execFileSync('openssl', [...words, ...files], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const cert = both.slice(both.indexOf('-----BEGIN CERTIFICATE-----'));
  return { key: both.slice(0, -cert.length), cert };
}

/** The header, or the ticket of a URL that GetDownloadUrlForLayer gave out. */
function loginOf({ url = '', headers }: IncomingMessage): string | undefined {
  const ticket = new URL(url, 'http://registry').searchParams.get('token');
  return ticket === null ? headers.authorization : `Basic ${Buffer.from(`AWS:${ticket}`).toString('base64')}`;
}

const EXPIRED = 'Your authorization token has expired. Reauthenticate and try again.';
const REFUSALS = {
  missing: { status: 401, code: 'UNAUTHORIZED', message: 'no basic auth credentials' },
  unknown: { status: 401, code: 'UNAUTHORIZED', message: 'authorization token is invalid' },
  expired: { status: 403, code: 'DENIED', message: EXPIRED },
} as const;

function refuse(
  message: IncomingMessage,
  response: ServerResponse,
  { status, code, message: text }: Exclude<Mischief, string>,
): void {
  message.resume();
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(status === 401 && {
      'www-authenticate': 'Basic realm="https://ecr.amazonaws.com/",service="ecr.amazonaws.com"',
    }),
  });
  response.end(JSON.stringify({ errors: [{ code, message: text }] }));
}

/** The registry makes its links from the Host header, which goes on as it came. */
function forward(message: IncomingMessage, response: ServerResponse, { registry, below }: FrontDoorOptions): void {
  const { authorization: _login, ...headers } = message.headers;
  const path = below === undefined ? message.url : message.url?.replace(/^\/v2\/(?=.)/, `/v2/${below}/`);
  const onward = request(`http://${registry}${path}`, { method: message.method ?? 'GET', headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  message.on('close', () => message.complete || onward.destroy());
  message.pipe(onward);
}
