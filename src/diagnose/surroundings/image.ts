import { parseImageUri } from '../../image/image-uri.ts';
import type { Inspection } from '../../ports.ts';
import type { ImageEvidence } from '../evidence.ts';

/** Whether the image exists, and what it was built for and starts with. Throws what Amazon ECR answers. */
export async function inspectImage(
  uri: string | undefined,
  { imageConfig }: Pick<Inspection, 'imageConfig'>,
): Promise<ImageEvidence | undefined> {
  const parsed = uri === undefined ? undefined : parseImageUri(uri);
  if (uri === undefined || parsed === undefined) return undefined;
  const { repository, digest, registryId, tag = 'latest' } = parsed;
  const config = await imageConfig(repository, digest === undefined ? { tag } : { digest }, registryId);
  if (config === undefined) return { uri, exists: false };
  const { architecture, entrypoint, command } = config;
  return { uri, exists: true, entrypoint, command, ...(architecture === undefined ? {} : { architecture }) };
}
