import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { distribution } from '../../src/adapters/distribution.ts';
import { type Doors, openDoors } from './aws-doors.ts';

describe('a registry that asks for a password', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors({ ecr: { repositories: [{ name: 'demo', images: [{ tag: 'v1' }] }] } });
  });
  afterAll(() => doors.close());

  it('tells the digest to who is logged in, as ECR itself does', async () => {
    const { registry } = doors.open();
    const login = await registry.login();
    const image = { host: login.host, repository: 'demo', reference: 'v1' };
    await expect(distribution.digest(image, login)).resolves.toBe(
      (await registry.image('demo', { tag: 'v1' }))?.digest,
    );
    await expect(distribution.digest({ ...image, reference: 'none' }, login)).resolves.toBeUndefined();
    await expect(distribution.digest(image, undefined)).rejects.toThrow(`${login.host} answered 401`);
    await expect(distribution.digest(image, { username: 'AWS', password: 'wrong' })).rejects.toThrow('answered 401');
  });
});

describe('a registry that gives tokens', () => {
  let server: Server | undefined;
  const seen: string[] = [];
  afterEach(() => {
    server?.close();
    seen.length = 0;
  });

  async function open(
    answer: (request: IncomingMessage, response: ServerResponse, host: string) => void,
  ): Promise<string> {
    let port = 0;
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
      answer(request, response, host());
    });
    const host = () => `127.0.0.1:${port}`;
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    return host();
  }

  const bearer = (request: IncomingMessage, response: ServerResponse, host: string) => {
    if (request.url?.startsWith('/token')) return void response.end(JSON.stringify({ token: 'anonymous' }));
    if (request.headers.authorization === 'Bearer anonymous') {
      return void response.writeHead(200, { 'docker-content-digest': 'sha256:1' }).end();
    }
    const challenge = `Bearer realm="http://${host}/token",service="registry",scope="repository:a/b:pull"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
  };

  it('is asked for one, and tells; a login does not go over a wire that others can read', async () => {
    const host = await open(bearer);
    const image = { host, repository: 'a/b', reference: 'v1' };
    await expect(distribution.digest(image, { username: 'ada', password: 'secret' })).resolves.toBe('sha256:1');
    expect(seen).toEqual([
      'HEAD /v2/a/b/manifests/v1 -',
      'GET /token?service=registry&scope=repository%3Aa%2Fb%3Apull -',
      'HEAD /v2/a/b/manifests/v1 Bearer anonymous',
    ]);
  });

  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void, RegExp]>([
    ['has an error of its own', (_, response) => void response.writeHead(500).end(), /^127\.0\.0\.1:\d+ answered 500$/],
    ['tells no digest', (_, response) => void response.writeHead(200).end(), /answered 200/],
    ['cuts the connection', (request) => void request.socket.destroy(), /does not answer/],
  ])('that %s is named in the error', async (_, answer, message) => {
    const host = await open(answer);
    await expect(distribution.digest({ host, repository: 'a', reference: 'x' }, undefined)).rejects.toThrow(message);
  });
});
