import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Files } from '../ports.ts';

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
    exists: (path) =>
      stat(absolute(path)).then(
        () => true,
        () => false,
      ),
    temporaryDirectory: (prefix) => mkdtemp(join(env.RUNNER_TEMP || tmpdir(), prefix)),
    write: (path, text) => writeFile(absolute(path), text, { mode: 0o600 }),
    link: (target, path) => symlink(absolute(target), absolute(path)),
    remove: (path) => rm(absolute(path), { recursive: true, force: true }),
  };
}
