import { DIGEST } from '../registry/digest.ts';
import { registryState } from '../registry/state.ts';
import type { Upload } from '../registry/uploads.ts';
import type { Cloud } from '../state.ts';
import { type Answer, type Call, CloudError, type Service } from '../types.ts';
import { readableRepository, repositoryOf } from './repositories.ts';

/** Bytes of a part that ECR asks for. */
const PART_SIZE = 10 * 1024 * 1024;

interface PartInput {
  readonly partFirstByte: number;
  readonly partLastByte: number;
  readonly layerPartBlob: string;
}

/** The layer operations: what the docker client's push and pull stand on in the real service. */
export function layerOperations(cloud: Cloud): Service {
  const { uploads } = cloud.shared(registryState);
  return {
    async BatchCheckLayerAvailability({ input }) {
      const { name } = await repositoryOf(cloud, input);
      const found = await Promise.all(
        (input.layerDigests as string[]).map((digest) => checkLayer(cloud, name, digest)),
      );
      const failures = found.filter((each) => 'failureCode' in each);
      return { output: { layers: found.filter((each) => !failures.includes(each)), failures } };
    },
    GetDownloadUrlForLayer: ({ input }) => downloadUrl(cloud, input),
    async InitiateLayerUpload({ input }) {
      const upload = await uploads.start((await repositoryOf(cloud, input)).name);
      return { output: { uploadId: upload.id, partSize: PART_SIZE } };
    },
    async UploadLayerPart({ input }) {
      const upload = await uploadOf(cloud, input);
      const { partFirstByte, partLastByte, layerPartBlob } = input as unknown as PartInput;
      const part = Buffer.from(layerPartBlob, 'base64');
      if (partFirstByte !== upload.size || partLastByte - partFirstByte + 1 !== part.length) {
        throw new CloudError(
          'InvalidLayerPartException',
          `The layer part ${partFirstByte}-${partLastByte} of ${part.length} bytes is not valid, or the first byte specified is not consecutive to the last byte of a previous layer part upload.`,
          400,
          { lastValidByteReceived: upload.size - 1 },
        );
      }
      await uploads.append(upload, part);
      return { output: { ...place(cloud, upload), lastByteReceived: partLastByte } };
    },
    async CompleteLayerUpload({ input }) {
      const upload = await uploadOf(cloud, input);
      const layerDigest = await completeUpload(cloud, upload, (input.layerDigests as string[])[0] ?? '');
      return { output: { ...place(cloud, upload), layerDigest } };
    },
  };
}

/** The URL holds its own ticket, as S3's presigned ones do. */
async function downloadUrl(cloud: Cloud, input: Call['input']): Promise<Answer> {
  const { name } = await readableRepository(cloud, input);
  const { storage, tokens } = cloud.shared(registryState);
  const layerDigest = input.layerDigest as string;
  if ((await storage.blobSize(name, layerDigest)) === undefined) {
    throw new CloudError(
      'LayersNotFoundException',
      `The layer with digest '${layerDigest}' does not exist in the repository with name '${name}' in the registry with id '${cloud.account}'`,
    );
  }
  const url = `http://${cloud.urls.registry}/v2/${name}/blobs/${layerDigest}?token=${tokens.issue(cloud.region).password}`;
  return { output: { layerDigest, downloadUrl: url } };
}

async function completeUpload(cloud: Cloud, upload: Upload, digest: string): Promise<string> {
  const { uploads, storage } = cloud.shared(registryState);
  if (upload.size === 0)
    throw new CloudError('EmptyUploadException', 'The specified layer upload does not contain any layer parts.');
  if ((await uploads.digest(upload)) !== digest) {
    throw new CloudError(
      'InvalidLayerException',
      `The layer digest '${digest}' does not match the digest of the uploaded layer.`,
    );
  }
  if ((await storage.blobSize(upload.repository, digest)) !== undefined) {
    await uploads.discard(upload);
    throw new CloudError(
      'LayerAlreadyExistsException',
      `Layer with digest '${digest}' already exists in the repository with name '${upload.repository}' in the registry with id '${cloud.account}'`,
    );
  }
  await storage.adoptBlob(upload.repository, digest, upload.file);
  uploads.close(upload);
  return digest;
}

async function checkLayer(cloud: Cloud, repository: string, layerDigest: string): Promise<Record<string, unknown>> {
  if (!DIGEST.test(layerDigest))
    return { layerDigest, failureCode: 'InvalidLayerDigest', failureReason: `Invalid layer digest '${layerDigest}'` };
  const layerSize = await cloud.shared(registryState).storage.blobSize(repository, layerDigest);
  if (layerSize !== undefined) return { layerDigest, layerAvailability: 'AVAILABLE', layerSize };
  return { layerDigest, layerAvailability: 'UNAVAILABLE' };
}

async function uploadOf(cloud: Cloud, input: Call['input']): Promise<Upload> {
  const { name } = await repositoryOf(cloud, input);
  const upload = cloud.shared(registryState).uploads.find(input.uploadId as string, name);
  if (upload !== undefined) return upload;
  throw new CloudError(
    'UploadNotFoundException',
    `The upload with id '${input.uploadId}' does not exist in the repository with name '${name}' in the registry with id '${cloud.account}'`,
  );
}

function place(cloud: Cloud, upload: Upload): object {
  return { registryId: cloud.account, repositoryName: upload.repository, uploadId: upload.id };
}
