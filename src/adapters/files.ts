import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, readlink, rm, stat, statfs, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DirectoryEntry, Files } from '../ports.ts';

const missing = (error: unknown) =>
  (error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR';

/** The runner's file system; relative paths are below the workspace. */
export function openFiles(env: NodeJS.ProcessEnv): Files {
  const workspace = env.GITHUB_WORKSPACE || process.cwd();
  const absolute = (path: string) => resolve(workspace, path);
  return {
    read: (path) =>
      readFile(absolute(path), 'utf8').catch((error) => {
        if (missing(error)) return undefined;
        throw error;
      }),
    bytes: (path) => readFile(absolute(path)),
    exists: (path) =>
      stat(absolute(path)).then(
        () => true,
        () => false,
      ),
    list: async (path) => {
      const names = await readdir(absolute(path)).catch((error) => {
        if (missing(error)) return [];
        throw error;
      });
      return Promise.all(names.map((name) => entryOf(join(absolute(path), name), name)));
    },
    sha256: async (path) => {
      const hash = createHash('sha256');
      await pipeline(createReadStream(absolute(path)), hash);
      return hash.digest('hex');
    },
    freeBytes: (path) =>
      statfs(absolute(path)).then(
        ({ bavail, bsize }) => bavail * bsize,
        () => undefined,
      ),
    temporaryDirectory: (prefix) => mkdtemp(join(env.RUNNER_TEMP || tmpdir(), prefix)),
    write: (path, text) => writeFile(absolute(path), text, { mode: 0o600 }),
    link: (target, path) => symlink(absolute(target), absolute(path)),
    remove: (path) => rm(absolute(path), { recursive: true, force: true }),
  };
}

async function entryOf(path: string, name: string): Promise<DirectoryEntry> {
  const status = await lstat(path);
  const kind = status.isFile()
    ? 'file'
    : status.isDirectory()
      ? 'directory'
      : status.isSymbolicLink()
        ? 'link'
        : 'other';
  const target = kind === 'link' ? await readlink(path) : '';
  return { name, kind, mode: status.mode & 0o7777, sizeBytes: status.size, target };
}
