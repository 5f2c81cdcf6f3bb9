import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../local-cloud/registry/digest.ts';
import { buildImage } from '../../../local-cloud/registry/images.ts';
import { RemoteStorage } from '../../../local-cloud/registry/remote-storage.ts';
import { registryState } from '../../../local-cloud/registry/state.ts';
import { TOKEN_LIFE_SECONDS } from '../../../local-cloud/registry/tokens.ts';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { clientOptions, postScript } from './harness.ts';

let local: LocalCloud;
let authorization: string;
beforeAll(async () => {
  local = await startLocalCloud({
    timeScale: 1000,
    script: { ecr: { repositories: [{ name: 'app' }, { name: 'frozen', immutable: true }] } },
  });
});
beforeEach(async () => {
  await local.cloud.reset();
  authorization = login();
});
afterAll(() => local.close());

const login = () =>
  `Basic ${Buffer.from(`AWS:${local.cloud.shared(registryState).tokens.issue().password}`).toString('base64')}`;
const call = (method: string, path: string, body?: Buffer, headers: Record<string, string> = {}) =>
  fetch(new URL(path, `http://${local.registry}/v2/`), {
    method,
    headers: { authorization, ...headers },
    ...(body ? { body: new Uint8Array(body) } : {}),
  });
const code = async (response: Response) =>
  ((await response.json()) as { errors: { code: string; message: string }[] }).errors[0];

async function pushBlob(repository: string, blob: Buffer): Promise<Response> {
  const start = await call('POST', `/v2/${repository}/blobs/uploads/`);
  const place = start.headers.get('location') ?? '';
  const half = Math.floor(blob.length / 2);
  await call('PATCH', place, blob.subarray(0, half), { 'content-range': `0-${half - 1}` });
  await call('PATCH', place, blob.subarray(half), { 'content-range': `${half}-${blob.length - 1}` });
  return call('PUT', `${place}?digest=${digestOf(blob)}`);
}

async function pushImage(
  repository: string,
  tag: string,
  label: string,
): Promise<{ response: Response; image: ReturnType<typeof buildImage> }> {
  const image = buildImage([[{ path: 'file', type: 'file', mode: 0o644, content: Buffer.from(label) }]], {});
  for (const blob of image.blobs) await pushBlob(repository, blob);
  const response = await call('PUT', `/v2/${repository}/manifests/${tag}`, image.manifest, {
    'content-type': image.mediaType,
  });
  return { response, image };
}

describe('the registry', () => {
  it('asks for ECR credentials', async () => {
    const anonymous = await fetch(`http://${local.registry}/v2/`);
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect((await call('GET', '/v2/')).status).toBe(200);
    expect(
      (await call('GET', '/v2/', undefined, { authorization: `Basic ${Buffer.from('AWS:guess').toString('base64')}` }))
        .status,
    ).toBe(401);
  });

  it('says when a login is too old', async () => {
    const fast = await startLocalCloud({ timeScale: 1_000_000 });
    try {
      const { password } = fast.cloud.shared(registryState).tokens.issue();
      await fast.cloud.clock.sleep(TOKEN_LIFE_SECONDS + 60);
      const headers = { authorization: `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}` };
      const late = await fetch(`http://${fast.registry}/v2/`, { headers });
      const message = 'Your authorization token has expired. Reauthenticate and try again.';
      expect([late.status, await code(late)]).toEqual([403, { code: 'DENIED', message }]);
    } finally {
      await fast.close();
    }
  });

  it('takes an image in chunks and gives it back by tag and digest, byte for byte', async () => {
    const { response, image } = await pushImage('app', 'v1', 'one');
    expect(response.status).toBe(201);
    expect(response.headers.get('docker-content-digest')).toBe(image.digest);
    for (const reference of ['v1', image.digest]) {
      const got = await call('GET', `/v2/app/manifests/${reference}`);
      expect(got.headers.get('content-type')).toBe(image.mediaType);
      expect(Buffer.from(await got.arrayBuffer())).toEqual(image.manifest);
      expect((await call('HEAD', `/v2/app/manifests/${reference}`)).headers.get('docker-content-digest')).toBe(
        image.digest,
      );
    }
    const layer = image.blobs[1] as Buffer;
    const path = `/v2/app/blobs/${digestOf(layer)}`;
    expect((await call('HEAD', path)).headers.get('content-length')).toBe(String(layer.length));
    const part = await call('GET', path, undefined, { range: 'bytes=2-5' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 2-5/${layer.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(layer.subarray(2, 6));
    expect(await (await call('GET', '/v2/app/tags/list')).json()).toEqual({ name: 'app', tags: ['v1'] });
  });

  it('takes a blob in one request, and mounts one from another repository', async () => {
    const blob = Buffer.from('whole');
    const digest = digestOf(blob);
    expect((await call('POST', `/v2/app/blobs/uploads/?digest=${digest}`, blob)).status).toBe(201);
    expect((await call('HEAD', `/v2/frozen/blobs/${digest}`)).status).toBe(404);
    expect((await call('POST', `/v2/frozen/blobs/uploads/?mount=${digest}&from=app`)).status).toBe(201);
    expect((await call('HEAD', `/v2/frozen/blobs/${digest}`)).status).toBe(200);
    expect((await call('POST', `/v2/frozen/blobs/uploads/?mount=${digestOf(Buffer.from('no'))}&from=app`)).status).toBe(
      202,
    );
  });

  it.each([
    [
      'a repository nobody created',
      'GET',
      '/v2/nothing/tags/list',
      404,
      'NAME_UNKNOWN',
      "The repository with name 'nothing' does not exist in the registry with id '111122223333'",
    ],
    ['a manifest that is not there', 'GET', '/v2/app/manifests/v9', 404, 'MANIFEST_UNKNOWN', expect.any(String)],
    [
      'a blob that is not there',
      'GET',
      `/v2/app/blobs/sha256:${'0'.repeat(64)}`,
      404,
      'BLOB_UNKNOWN',
      expect.any(String),
    ],
    ['an upload nobody began', 'PATCH', '/v2/app/blobs/uploads/none', 404, 'BLOB_UPLOAD_UNKNOWN', expect.any(String)],
  ])('refuses %s', async (_title, method, path, status, name, message) => {
    const response = await call(method, path);
    expect(response.status).toBe(status);
    expect(await code(response)).toEqual({ code: name, message });
  });

  it('refuses bytes that do not have their digest, chunks out of order, and manifests without their layers', async () => {
    const wrong = digestOf(Buffer.from('else'));
    expect(await code(await call('POST', `/v2/app/blobs/uploads/?digest=${wrong}`, Buffer.from('x')))).toMatchObject({
      code: 'DIGEST_INVALID',
    });
    const place = (await call('POST', '/v2/app/blobs/uploads/')).headers.get('location') ?? '';
    expect((await call('PATCH', place, Buffer.from('x'), { 'content-range': '5-5' })).status).toBe(416);
    const image = buildImage([[]], { Labels: { never: 'pushed' } });
    const put = (reference: string, bytes: Buffer) =>
      call('PUT', `/v2/app/manifests/${reference}`, bytes, { 'content-type': image.mediaType });
    expect(await code(await put('v1', image.manifest))).toMatchObject({ code: 'MANIFEST_BLOB_UNKNOWN' });
    expect(await code(await put(wrong, image.manifest))).toMatchObject({ code: 'DIGEST_INVALID' });
    expect(await code(await put('v1', Buffer.from('{}')))).toMatchObject({ code: 'MANIFEST_INVALID' });
  });

  it('does not move a tag of an immutable repository', async () => {
    expect((await pushImage('frozen', 'v1', 'one')).response.status).toBe(201);
    expect((await pushImage('frozen', 'v1', 'one')).response.status).toBe(201);
    expect(await code((await pushImage('frozen', 'v1', 'two')).response)).toEqual({
      code: 'TAG_INVALID',
      message:
        "The image tag 'v1' already exists in the 'frozen' repository and cannot be overwritten because the repository is immutable.",
    });
  });

  it('writes every request into the ledger, without the password', async () => {
    await pushImage('app', 'v1', 'one');
    const entries = local.cloud.ledger.entries().filter(({ service }) => service === 'registry');
    expect(entries.at(-1)).toMatchObject({ operation: 'PutManifest', caller: 'AWS', status: 201, error: null });
    expect(JSON.stringify(entries)).not.toContain(authorization.split(' ')[1]);
  });

  it.each([
    ['throttle', 429, 'TOOMANYREQUESTS'],
    ['500', 500, 'UNKNOWN'],
    ['denied', 403, 'DENIED'],
  ])('suffers the fault %s once', async (kind, status, name) => {
    await postScript(local, { faults: [{ service: 'registry', operation: 'ListTags', kind }] });
    const spoilt = await call('GET', '/v2/app/tags/list');
    expect([spoilt.status, (await code(spoilt))?.code]).toEqual([status, name]);
    expect((await call('GET', '/v2/app/tags/list')).status).toBe(200);
  });

  it('cuts the connection where the script wants it', async () => {
    await postScript(local, { faults: [{ service: 'registry', operation: 'ListTags', kind: 'reset' }] });
    await expect(call('GET', '/v2/app/tags/list')).rejects.toThrow();
  });
});

describe('another registry behind ECR', () => {
  it('is read and written over the distribution API', async () => {
    // The cloud's own registry, behind a proxy that logs in, stands for one that wants no login.
    const { createServer } = await import('node:http');
    const proxy = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', async () => {
        const { method = 'GET', url = '/', headers } = request;
        const type = { ...(headers['content-type'] ? { 'content-type': headers['content-type'] } : {}) };
        const answer = await call(method, url, chunks.length > 0 ? Buffer.concat(chunks) : undefined, type);
        response
          .writeHead(answer.status, Object.fromEntries(answer.headers))
          .end(Buffer.from(await answer.arrayBuffer()));
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as { port: number };
    try {
      const remote = new RemoteStorage(`http://127.0.0.1:${port}`, `${local.cloud.stateDir}/cache`, local.cloud.clock);
      const { image } = await pushImage('app', 'v1', 'one');
      expect(await remote.tags('app')).toEqual(new Map([['v1', image.digest]]));
      expect((await remote.manifest('app', 'v1'))?.bytes).toEqual(image.manifest);
      expect(await remote.blobSize('app', digestOf(image.blobs[1] as Buffer))).toBe(image.blobs[1]?.length);
      expect(await remote.blobFile('app', digestOf(image.blobs[1] as Buffer))).toMatch(/[0-9a-f]{64}$/);
      expect(await remote.has('nothing')).toBe(false);
      await remote.putManifest('app', { bytes: image.manifest, mediaType: image.mediaType, tag: 'v2' });
      expect((await remote.tags('app')).get('v2')).toBe(image.digest);
      const behind = await startLocalCloud({ registryUrl: `http://127.0.0.1:${port}` });
      const client = new ECRClient(clientOptions(behind));
      const { imageDetails = [] } = await client.send(new DescribeImagesCommand({ repositoryName: 'app' }));
      client.destroy();
      await behind.close();
      expect(behind.registry).toBe(`127.0.0.1:${port}`);
      expect(imageDetails).toMatchObject([{ imageDigest: image.digest, imageTags: ['v1', 'v2'] }]);
    } finally {
      await new Promise((resolve) => proxy.close(resolve));
    }
  });
});
