import type { ManifestContent } from './media-types.ts';
import type { ImageStorage } from './storage.ts';

/** The content of an image manifest or index; undefined when it is neither. */
export function parseManifest(bytes: Buffer): ManifestContent | undefined {
  try {
    const content = JSON.parse(bytes.toString('utf8')) as ManifestContent;
    return content?.schemaVersion === 2 ? content : undefined;
  } catch {
    return undefined;
  }
}

/** The digests a manifest refers to that its repository does not hold. */
export async function missingReferences(
  storage: ImageStorage,
  repository: string,
  content: ManifestContent,
): Promise<{ layers: string[]; images: string[] }> {
  const missing = { layers: [] as string[], images: [] as string[] };
  for (const { digest } of [...(content.config ? [content.config] : []), ...(content.layers ?? [])]) {
    if ((await storage.blobSize(repository, digest)) === undefined) missing.layers.push(digest);
  }
  for (const { digest } of content.manifests ?? []) {
    if ((await storage.manifest(repository, digest)) === undefined) missing.images.push(digest);
  }
  return missing;
}
