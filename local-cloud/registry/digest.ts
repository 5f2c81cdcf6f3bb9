import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** `sha256:` and 64 hex digits: the only digest algorithm ECR takes. */
export const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The digest of bytes at hand. */
export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The digest of a file of any size, read as a stream. Rejects when the file cannot be read. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return `sha256:${hash.digest('hex')}`;
}
