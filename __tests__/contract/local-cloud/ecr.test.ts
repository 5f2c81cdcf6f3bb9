import {
  BatchCheckLayerAvailabilityCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../local-cloud/registry/digest.ts';
import { buildImage, pushImage } from '../../../local-cloud/registry/images.ts';
import { registryState } from '../../../local-cloud/registry/state.ts';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { clientOptions, outcome } from './harness.ts';

const ECR_SCRIPT = {
  repositories: [
    { name: 'team/app', images: [{ tag: 'v1' }] },
    { name: 'frozen', immutable: true },
  ],
};
let local: LocalCloud;
let client: ECRClient;
beforeAll(async () => {
  local = await startLocalCloud({ script: { ecr: ECR_SCRIPT } });
  client = new ECRClient(clientOptions(local));
});
beforeEach(() => local.cloud.reset());
afterAll(async () => {
  client.destroy();
  await local.close();
});

const image = (label: string) =>
  buildImage([[{ path: 'file', type: 'file', mode: 0o644, content: Buffer.from(label) }]], {});

async function upload(repositoryName: string, bytes: Buffer, digest = digestOf(bytes)): Promise<unknown> {
  const { uploadId } = await client.send(new InitiateLayerUploadCommand({ repositoryName }));
  const half = Math.floor(bytes.length / 2);
  for (const [first, last] of [
    [0, half - 1],
    [half, bytes.length - 1],
  ] as const) {
    const layerPartBlob = bytes.subarray(first, last + 1);
    await client.send(
      new UploadLayerPartCommand({ repositoryName, uploadId, partFirstByte: first, partLastByte: last, layerPartBlob }),
    );
  }
  return client.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [digest] }));
}

describe('repositories', () => {
  it('are created once, described with the address docker must use, and unknown ones are named', async () => {
    const created = await client.send(
      new CreateRepositoryCommand({ repositoryName: 'new/one', imageTagMutability: 'IMMUTABLE' }),
    );
    expect(created.repository).toMatchObject({
      repositoryUri: `${local.registry}/new/one`,
      imageTagMutability: 'IMMUTABLE',
      registryId: '111122223333',
    });
    await expect(
      outcome(client.send(new CreateRepositoryCommand({ repositoryName: 'new/one' }))),
    ).resolves.toMatchObject({
      name: 'RepositoryAlreadyExistsException',
      message: "The repository with name 'new/one' already exists in the registry with id '111122223333'",
    });
    await expect(
      outcome(client.send(new DescribeRepositoriesCommand({ repositoryNames: ['nothing'] }))),
    ).resolves.toMatchObject({
      name: 'RepositoryNotFoundException',
      message: "The repository with name 'nothing' does not exist in the registry with id '111122223333'",
    });
    await expect(outcome(client.send(new CreateRepositoryCommand({ repositoryName: 'Upper' })))).resolves.toMatchObject(
      { name: 'InvalidParameterException' },
    );
    const first = await client.send(new DescribeRepositoriesCommand({ maxResults: 2 }));
    const second = await client.send(new DescribeRepositoriesCommand({ maxResults: 2, nextToken: first.nextToken }));
    expect([...(first.repositories ?? []), ...(second.repositories ?? [])].map((each) => each.repositoryName)).toEqual([
      'frozen',
      'new/one',
      'team/app',
    ]);
  });
});

describe('GetAuthorizationToken', () => {
  it('gives a login of twelve hours for the registry', async () => {
    const { authorizationData: [data] = [] } = await client.send(new GetAuthorizationTokenCommand({}));
    expect(data?.proxyEndpoint).toBe(`http://${local.registry}`);
    expect(Buffer.from(data?.authorizationToken ?? '', 'base64').toString()).toMatch(/^AWS:.+/);
    expect((data?.expiresAt?.getTime() ?? 0) - local.cloud.clock.now()).toBeLessThanOrEqual(12 * 3_600_000);
    const headers = { authorization: `Basic ${data?.authorizationToken}` };
    expect((await fetch(`http://${local.registry}/v2/`, { headers })).status).toBe(200);
  });
});

describe('images', () => {
  it('are described by tag and by digest, and a missing one is an error', async () => {
    const { imageDetails: [detail] = [] } = await client.send(
      new DescribeImagesCommand({ repositoryName: 'team/app', imageIds: [{ imageTag: 'v1' }] }),
    );
    expect(detail).toMatchObject({
      imageTags: ['v1'],
      imageManifestMediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    });
    const byDigest = await client.send(
      new DescribeImagesCommand({ repositoryName: 'team/app', imageIds: [{ imageDigest: detail?.imageDigest }] }),
    );
    expect(byDigest.imageDetails).toHaveLength(1);
    await expect(
      outcome(client.send(new DescribeImagesCommand({ repositoryName: 'team/app', imageIds: [{ imageTag: 'v2' }] }))),
    ).resolves.toMatchObject({
      name: 'ImageNotFoundException',
      message:
        "The image with imageId {imageDigest:'null', imageTag:'v2'} does not exist within the repository with name 'team/app' in the registry with id '111122223333'",
    });
  });

  it('are got in batches, in which a missing one is only listed', async () => {
    const batch = await client.send(
      new BatchGetImageCommand({ repositoryName: 'team/app', imageIds: [{ imageTag: 'v1' }, { imageTag: 'v2' }] }),
    );
    expect(batch.images?.map(({ imageManifest = '' }) => JSON.parse(imageManifest).schemaVersion)).toEqual([2]);
    expect(batch.failures).toMatchObject([{ failureCode: 'ImageNotFound', imageId: { imageTag: 'v2' } }]);
  });

  it('are put with their layers, part by part', async () => {
    const repositoryName = 'team/app';
    const built = image('new');
    const imageManifest = built.manifest.toString();
    const put = (over = {}) =>
      client.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'v2', ...over }));
    await expect(outcome(put())).resolves.toMatchObject({ name: 'LayersNotFoundException' });
    for (const blob of built.blobs) await upload(repositoryName, blob);
    await expect(outcome(upload(repositoryName, built.blobs[0] as Buffer))).resolves.toMatchObject({
      name: 'LayerAlreadyExistsException',
    });
    await expect(
      outcome(upload(repositoryName, Buffer.from('other'), `sha256:${'0'.repeat(64)}`)),
    ).resolves.toMatchObject({ name: 'InvalidLayerException' });
    await expect(outcome(put({ imageDigest: `sha256:${'0'.repeat(64)}` }))).resolves.toMatchObject({
      name: 'ImageDigestDoesNotMatchException',
    });
    expect((await put()).image?.imageId).toEqual({ imageDigest: built.digest, imageTag: 'v2' });
    await expect(outcome(put())).resolves.toMatchObject({ name: 'ImageAlreadyExistsException' });
    const layers = await client.send(
      new BatchCheckLayerAvailabilityCommand({
        repositoryName,
        layerDigests: [digestOf(built.blobs[1] as Buffer), `sha256:${'0'.repeat(64)}`, 'junk'],
      }),
    );
    expect(layers.layers?.map(({ layerAvailability }) => layerAvailability)).toEqual(['AVAILABLE', 'UNAVAILABLE']);
    expect(layers.failures).toMatchObject([{ failureCode: 'InvalidLayerDigest' }]);
  });

  it('give a layer by a URL that needs no other login', async () => {
    const built = image('url');
    await pushImage(local.cloud.shared(registryState).storage, 'team/app', built, 'url');
    const layerDigest = digestOf(built.blobs[1] as Buffer);
    const { downloadUrl = '' } = await client.send(
      new GetDownloadUrlForLayerCommand({ repositoryName: 'team/app', layerDigest }),
    );
    expect(Buffer.from(await (await fetch(downloadUrl)).arrayBuffer())).toEqual(built.blobs[1]);
  });

  it('of an immutable repository keep their tags', async () => {
    const { storage } = local.cloud.shared(registryState);
    for (const label of ['one', 'two']) await pushImage(storage, 'frozen', image(label));
    const put = (label: string) =>
      client.send(
        new PutImageCommand({
          repositoryName: 'frozen',
          imageTag: 'v1',
          imageManifest: image(label).manifest.toString(),
        }),
      );
    await put('one');
    await expect(outcome(put('two'))).resolves.toMatchObject({
      name: 'ImageTagAlreadyExistsException',
      message:
        "The image tag 'v1' already exists in the 'frozen' repository and cannot be overwritten because the repository is immutable.",
    });
  });
});
