import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, link, lstat, mkdir, open, readdir, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { readTar, type TarMember } from '../registry/tar-reader.ts';
import { placeInRoot } from './rootfs.ts';

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

/**
 * Puts one layer (tar, plain or gzip) over the tree below `root`: files that a whiteout names go, devices are left
 * out, owners are ignored. Rejects with an Error for a damaged archive.
 */
export async function unpackLayer(layer: string, root: string): Promise<void> {
  const file = createReadStream(layer);
  const source = (await isGzip(layer)) ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => source.destroy(error));
  const fresh = new Set<string>();
  await readTar(source, (member, content) => unpackMember(root, member, content, fresh));
}

async function unpackMember(
  root: string,
  member: TarMember,
  content: AsyncIterable<Buffer>,
  fresh: Set<string>,
): Promise<void> {
  const place = await placeInRoot(root, member.path, false);
  if (place === root || member.type === 'other') return;
  const name = basename(place);
  if (name === OPAQUE) return emptyDirectory(dirname(place), fresh);
  if (name.startsWith(WHITEOUT)) {
    return rm(join(dirname(place), name.slice(WHITEOUT.length)), { recursive: true, force: true });
  }
  await mkdir(dirname(place), { recursive: true });
  fresh.add(place);
  if (member.type === 'directory') return makeDirectory(place, member.mode);
  await rm(place, { recursive: true, force: true });
  if (member.type === 'symlink') return symlink(member.target, place);
  if (member.type === 'hardlink') return link(await placeInRoot(root, member.target, false), place);
  await pipeline(Readable.from(content), createWriteStream(place));
  await chmod(place, readable(member.mode));
}

/** An opaque mark hides what lower layers put into the directory, not what this layer does. */
async function emptyDirectory(directory: string, fresh: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name);
    const isFresh = [...fresh].some((each) => each === path || each.startsWith(`${path}/`));
    if (!isFresh) await rm(path, { recursive: true, force: true });
  }
}

async function makeDirectory(place: string, mode: number): Promise<void> {
  const present = await lstat(place).catch(() => undefined);
  if (present && !present.isDirectory()) await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  await chmod(place, readable(mode) | 0o100);
}

/** The owner's rights are ours here, and without them nothing could be read or removed again. */
function readable(mode: number): number {
  return (mode & 0o777) | 0o600;
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
  await file.close();
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}
