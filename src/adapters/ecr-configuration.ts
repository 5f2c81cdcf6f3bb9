/** The configuration of an image: platform, entrypoint, history. A blob like its layers, of a few kilobytes. */
import { type ECRClient, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import type { RegistryImage } from '../ports.ts';

/** It only warns of what will go wrong: nobody waits long for that. Milliseconds. */
const PATIENCE = 10_000;

/** Larger ones are none. Bytes. */
const LARGEST = 4_000_000;

export async function readConfiguration(
  client: ECRClient,
  repositoryName: string,
  { manifest, registryId }: RegistryImage,
): Promise<string | undefined> {
  const { config } = JSON.parse(manifest) as { config?: { digest?: string; size?: number } };
  if (config?.digest === undefined || (config.size ?? 0) > LARGEST) return undefined;
  const abortSignal = AbortSignal.timeout(PATIENCE);
  const command = new GetDownloadUrlForLayerCommand({ repositoryName, registryId, layerDigest: config.digest });
  const { downloadUrl } = await client.send(command, { abortSignal });
  const answer = await fetch(downloadUrl ?? '', { signal: abortSignal });
  if (!answer.ok) throw new Error(`Amazon ECR gave a link that answers ${answer.status}`);
  return answer.text();
}
