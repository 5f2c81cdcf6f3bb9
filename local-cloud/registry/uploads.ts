import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { digestOfFile } from './digest.ts';

export interface Upload {
  readonly id: string;
  readonly repository: string;
  readonly file: string;
  /** Bytes received. */
  size: number;
}

/** Blob uploads under way, of `docker push` and of ECR's layer API alike: files that grow until their digest is given. */
export class Uploads {
  readonly #directory: string;
  readonly #open = new Map<string, Upload>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  async start(repository: string): Promise<Upload> {
    await mkdir(this.#directory, { recursive: true });
    const id = randomUUID();
    const file = join(this.#directory, id);
    const upload = { id, repository, file, size: 0 };
    await pipeline([], createWriteStream(file));
    this.#open.set(id, upload);
    return upload;
  }

  find(id: string, repository: string): Upload | undefined {
    const upload = this.#open.get(id);
    return upload?.repository === repository ? upload : undefined;
  }

  /** Appends a part; a part that breaks off in the middle leaves the upload as it was before. */
  async append(upload: Upload, part: Readable | Buffer): Promise<void> {
    try {
      await pipeline(Buffer.isBuffer(part) ? [part] : part, createWriteStream(upload.file, { flags: 'a' }));
    } catch (error) {
      await truncate(upload.file, upload.size);
      throw error;
    }
    upload.size = (await stat(upload.file)).size;
  }

  digest(upload: Upload): Promise<string> {
    return digestOfFile(upload.file);
  }

  /** Forgets the upload; its file is left to whoever adopted it. */
  close(upload: Upload): void {
    this.#open.delete(upload.id);
  }

  async discard(upload: Upload): Promise<void> {
    this.close(upload);
    await rm(upload.file, { force: true });
  }
}
