/** What stands in an image's configuration blob, by way of ECR's own download link: no registry login is needed. */
import { ECRClient, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import type { ImageConfig, Inspection } from '../ports.ts';
import type { ClientConfig } from './client.ts';
import { findImages } from './ecr-images.ts';

/** Milliseconds. */
const PATIENCE = 10_000;
/** A configuration holds a few kilobytes; a history of thousands of steps some hundred. Bytes. */
const LARGEST_CONFIG = 4 * 1024 * 1024;

export function openImageConfigs(config: ClientConfig): Inspection['imageConfig'] {
  const client = new ECRClient(config);
  return async (repository, id, registryId) => {
    const [image] = await findImages(client, repository, [id], registryId);
    if (!image) return undefined;
    const layerDigest = configDigest(image.manifest);
    const answer = await client.send(
      new GetDownloadUrlForLayerCommand({ repositoryName: repository, registryId, layerDigest }),
    );
    return toConfig(JSON.parse(await download(answer.downloadUrl ?? '')));
  };
}

function configDigest(manifest: string): string {
  const { config } = JSON.parse(manifest) as { readonly config?: { readonly digest?: string } };
  if (!config?.digest) throw new Error('the manifest is an index: it names no single image');
  return config.digest;
}

async function download(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${new URL(url).host} answered ${answer.status}`);
  if (Number(answer.headers.get('content-length') ?? 0) > LARGEST_CONFIG)
    throw new Error('the configuration of the image is too large');
  return answer.text();
}

function toConfig(parsed: unknown): ImageConfig {
  const { architecture, config } = Object(parsed) as {
    readonly architecture?: unknown;
    readonly config?: { readonly Entrypoint?: unknown; readonly Cmd?: unknown };
  };
  return {
    architecture: typeof architecture === 'string' ? architecture : undefined,
    entrypoint: texts(config?.Entrypoint),
    command: texts(config?.Cmd),
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
