/** Reads what of the build context the built stages can reach, and what it holds. */
import { join } from 'node:path';
import { Failure, messageOf } from '../../failure.ts';
import type { Files } from '../../ports.ts';
import { parseIgnore } from './ignore.ts';
import { type ContextEntry, ContextTree } from './tree.ts';

/** An entry as the image will hold it: content by its hash, never by its time. */
export interface HashedEntry extends ContextEntry {
  /** Hex sha256 of a file; of a `.git` directory what it has checked out; '' for others. */
  readonly content: string;
}

export interface Context {
  readonly entries: readonly HashedEntry[];
  /** The file whose rules were used; `undefined` = there is none. */
  readonly ignoreFile: string | undefined;
  /** The rules stand beside the Dockerfile: Docker's old builder does not know such a file. */
  readonly ignoreFileIsBuildKits: boolean;
}

export interface ContextQuery {
  readonly root: string;
  readonly dockerfile: string;
  readonly sources: readonly string[];
}

/** So many files are read at once. */
const PARALLEL = 8;

type Doors = Pick<Files, 'read' | 'list' | 'sha256'>;

/** Throws a Failure when a file of it cannot be read: Docker could not either. */
export async function readContext({ root, dockerfile, sources }: ContextQuery, files: Doors): Promise<Context> {
  try {
    const besides = `${dockerfile}.dockerignore`;
    const own = await files.read(besides);
    const general = own === undefined ? await files.read(join(root, '.dockerignore')) : undefined;
    const tree = new ContextTree(root, parseIgnore(own ?? general ?? ''), files);
    const entries = await hashed(await tree.reachedBy(sources), root, files);
    const ignoreFile = own === undefined ? (general === undefined ? undefined : join(root, '.dockerignore')) : besides;
    return { entries, ignoreFile, ignoreFileIsBuildKits: own !== undefined };
  } catch (error) {
    throw new Failure(
      'IMAGE_BUILD_FAILED',
      `The build context ${root} cannot be read: ${messageOf(error)}`,
      'Let the user of this runner read the file, or name it in .dockerignore.',
      error,
    );
  }
}

async function hashed(entries: readonly ContextEntry[], root: string, files: Doors): Promise<readonly HashedEntry[]> {
  const result: HashedEntry[] = [];
  for (let at = 0; at < entries.length; at += PARALLEL) {
    const part = entries.slice(at, at + PARALLEL);
    result.push(
      ...(await Promise.all(part.map(async (entry) => ({ ...entry, content: await contentOf(entry, root, files) })))),
    );
  }
  return result;
}

async function contentOf({ kind, name, path }: ContextEntry, root: string, files: Doors): Promise<string> {
  if (kind === 'file') return files.sha256(join(root, path));
  return kind === 'directory' && name === '.git' ? checkedOut(join(root, path), files) : '';
}

/**
 * A `.git` directory differs at every checkout (times in its index, tokens in its configuration) though it stands for the
 * same commit: the commit stands for it.
 */
async function checkedOut(directory: string, files: Doors): Promise<string> {
  const head = (await files.read(join(directory, 'HEAD')))?.trim() ?? '';
  const ref = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
  if (ref === undefined) return head;
  const loose = await files.read(join(directory, ref));
  const packed = loose === undefined ? await files.read(join(directory, 'packed-refs')) : undefined;
  const line = packed?.split('\n').find((each) => each.endsWith(` ${ref}`));
  return (loose ?? line ?? head).trim().slice(0, 64);
}
