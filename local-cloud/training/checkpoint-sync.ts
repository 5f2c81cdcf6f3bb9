import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Cloud } from '../state.ts';
import { parseS3Folder } from './request.ts';

/** Files the uploader leaves alone: its own marks, and what asks to be ignored. */
const SKIPPED = /\.sagemaker-(?:uploading|uploaded|ignore)$/;

/** Seconds of ours between two rounds; no more than one of the cloud's where its time is slow. */
const ROUND_SECONDS = 0.5;

/**
 * Keeps one host's checkpoint directory and its S3 prefix alike while the containers run: new and changed files go
 * up in place, files deleted here are deleted there. Nothing comes down after the start. A round that is cut off by an
 * interruption is not made up for.
 */
export class CheckpointSync {
  readonly #cloud: Cloud;
  readonly #directory: string;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #uploaded: (key: string) => void;
  /** Path below the directory → what the file looked like when it was last equal to its object. */
  readonly #known = new Map<string, string>();
  readonly #stop = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(cloud: Cloud, directory: string, s3Uri: string, uploaded: (key: string) => void) {
    this.#cloud = cloud;
    this.#directory = directory;
    this.#uploaded = uploaded;
    const { bucket, key } = parseS3Folder(s3Uri);
    this.#bucket = bucket;
    this.#prefix = key;
  }

  /** Copies everything below the prefix into the directory, as at each start of the containers. */
  async restore(): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    for (const { key } of this.#cloud.s3.list(this.#bucket, this.#prefix)) {
      const path = key.slice(this.#prefix.length);
      const place = resolve(this.#directory, path);
      const body = this.#cloud.s3.get(this.#bucket, key);
      if (path === '' || path.endsWith('/') || !place.startsWith(this.#directory + sep) || body === undefined) continue;
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, body);
      this.#known.set(path, await fingerprint(place));
    }
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Ends the rounds; `flush` makes a last one, as at the end of a job that was not interrupted. */
  async stop(flush: boolean): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    if (flush) await this.#round().catch(complain);
  }

  async #run(): Promise<void> {
    const { clock } = this.#cloud;
    const seconds = Math.max(ROUND_SECONDS * clock.scale, 1);
    while (!this.#stop.signal.aborted) {
      await this.#round().catch(complain);
      await clock.sleep(seconds, this.#stop.signal);
    }
  }

  async #round(): Promise<void> {
    const present = new Set(await this.#files());
    for (const path of [...this.#known.keys()].filter((each) => !present.has(each))) await this.#forget(path);
    for (const path of present) {
      const look = await fingerprint(join(this.#directory, path)).catch(() => undefined);
      if (look !== undefined && look !== this.#known.get(path)) await this.#upload(path, look);
    }
  }

  /** The marks stand beside the file while and after it goes up; a file that vanishes meanwhile is the next round's. */
  async #upload(path: string, look: string): Promise<void> {
    const file = join(this.#directory, path);
    try {
      await writeFile(`${file}.sagemaker-uploading`, '');
      const body = await readFile(file);
      this.#cloud.s3.put(this.#bucket, this.#prefix + path, body);
      this.#known.set(path, look);
      await writeFile(`${file}.sagemaker-uploaded`, '');
      this.#uploaded(this.#prefix + path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    } finally {
      await rm(`${file}.sagemaker-uploading`, { force: true });
    }
  }

  async #forget(path: string): Promise<void> {
    this.#known.delete(path);
    this.#cloud.s3.delete(this.#bucket, this.#prefix + path);
    await rm(join(this.#directory, `${path}.sagemaker-uploaded`), { force: true });
  }

  async #files(): Promise<string[]> {
    const entries = await readdir(this.#directory, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isFile() && !SKIPPED.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(this.#directory.length + 1));
  }
}

/** A round that fails is no end of the job; the next one tries again. */
function complain(error: unknown): void {
  process.stderr.write(`local cloud: checkpoint sync: ${error}\n`);
}

async function fingerprint(path: string): Promise<string> {
  const { mtimeNs, size, ino } = await stat(path, { bigint: true });
  return `${ino}:${mtimeNs}:${size}`;
}
