/** Reads the files of `source-dir` as they go into the archive. */
import { posix } from 'node:path';
import { Failure, messageOf } from '../failure.ts';
import type { ScriptMode } from '../inputs/inputs.ts';
import type { DirectoryEntry, Files } from '../ports.ts';
import type { SourceFile } from './archive.ts';

/** Never part of a program; `.env` holds secrets. The SageMaker Python SDK 3 leaves out the same. */
const LEFT_OUT = new Set(['.git', '.env', '__pycache__', '.DS_Store', '.cache', '.ipynb_checkpoints']);

/** The archive is made in memory, and every instance unpacks it before each start. Bytes. */
const LARGEST = 256 * 2 ** 20;
/** Links lead to directories that hold links: more levels than this are a circle. */
const DEEPEST = 40;

type Doors = Pick<Files, 'list' | 'bytes'>;

/** Throws a Failure for what cannot be read, and for more than an archive should hold. */
export async function collectSource(
  { sourceDir, entryPoint, requirements }: ScriptMode,
  files: Doors,
): Promise<readonly SourceFile[]> {
  const found =
    sourceDir === undefined
      ? [await readFile(entryPoint, posix.basename(entryPoint), files)]
      : await readDirectory({ directory: sourceDir, below: '', depth: 0 }, files);
  const all =
    requirements === undefined
      ? found
      : [...without(found, REQUIREMENTS), await readFile(requirements, REQUIREMENTS, files)];
  const size = all.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (size <= LARGEST) return all;
  throw new Failure(
    'INPUT_INVALID',
    `\`source-dir\` (${sourceDir}) holds ${Math.round(size / 2 ** 20)} MiB; at most ${LARGEST / 2 ** 20} are packed.`,
    'Put data into `channels`, and let `source-dir` hold the program alone.',
  );
}

/** What the toolkit installs before it starts the script. */
const REQUIREMENTS = 'requirements.txt';

function without(found: readonly SourceFile[], path: string): readonly SourceFile[] {
  return found.filter((file) => file.path !== path);
}

interface Place {
  readonly directory: string;
  /** The directory's path in the archive; '' for its root. */
  readonly below: string;
  readonly depth: number;
}

async function readDirectory(place: Place, files: Doors): Promise<readonly SourceFile[]> {
  if (place.depth > DEEPEST) throw unreadable(place.directory, 'its links lead in a circle');
  const entries = await files.list(place.directory).catch((error: unknown) => {
    throw unreadable(place.directory, messageOf(error));
  });
  const parts: (readonly SourceFile[])[] = [];
  for (const entry of entries)
    if (!LEFT_OUT.has(entry.name) && !entry.name.endsWith('.pyc')) parts.push(await readEntry(entry, place, files));
  return parts.flat();
}

async function readEntry(
  entry: DirectoryEntry,
  { directory, below, depth }: Place,
  files: Doors,
): Promise<readonly SourceFile[]> {
  const path = posix.join(directory, entry.name);
  const inside = { directory: path, below: posix.join(below, entry.name), depth: depth + 1 };
  switch (entry.kind) {
    case 'file':
      return [await readFile(path, inside.below, files, (entry.mode & 0o100) !== 0)];
    case 'directory':
      return readDirectory(inside, files);
    case 'link':
      // The archive holds what a link leads to: the program may be linked from elsewhere in the repository.
      return (await files.list(path)).length > 0
        ? readDirectory(inside, files)
        : [await readFile(path, inside.below, files)];
    case 'other':
      return [];
  }
}

async function readFile(path: string, inside: string, files: Doors, executable = false): Promise<SourceFile> {
  const bytes = await files.bytes(path).catch((error: unknown) => {
    throw unreadable(path, messageOf(error));
  });
  return { path: inside, executable, bytes };
}

function unreadable(path: string, why: string): Failure {
  return new Failure('INPUT_INVALID', `${path} of \`source-dir\` cannot be read: ${why}`, 'Mend or remove it.');
}
