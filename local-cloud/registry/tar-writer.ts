import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** One member of an archive. Paths are relative, with `/`, without a leading `./`. */
export interface TarEntry {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink';
  /** Permission bits. */
  readonly mode: number;
  readonly content?: Buffer;
  readonly target?: string;
}

const BLOCK = 512;
const TYPE_FLAGS = { file: '0', directory: '5', symlink: '2' } as const;

interface Header {
  readonly name: Buffer;
  readonly link: Buffer;
  readonly mode: number;
  readonly size: number;
  readonly flag: string;
}

function headerBlock({ name, link, mode, size, flag }: Header): Buffer {
  const block = Buffer.alloc(BLOCK);
  name.copy(block, 0, 0, 100);
  block.write(`${mode.toString(8).padStart(7, '0')}\0`, 100);
  block.write('0000000\0'.repeat(2), 108);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write(' '.repeat(8), 148);
  block.write(flag, 156);
  link.copy(block, 157, 0, 100);
  block.write('ustar\0' + '00', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function padded(bytes: Buffer): Buffer[] {
  const rest = bytes.length % BLOCK;
  return rest === 0 ? [bytes] : [bytes, Buffer.alloc(BLOCK - rest)];
}

/** A pax record states its own length, digits included. */
function paxRecord(key: string, value: Buffer): Buffer {
  const tail = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = tail.length + 1;
  while (String(length).length + tail.length !== length) length = String(length).length + tail.length;
  return Buffer.concat([Buffer.from(String(length)), tail]);
}

function paxBlocks(name: Buffer, link: Buffer): Buffer[] {
  const records: Buffer[] = [];
  if (name.length > 100) records.push(paxRecord('path', name));
  if (link.length > 100) records.push(paxRecord('linkpath', link));
  if (records.length === 0) return [];
  const body = Buffer.concat(records);
  const header = headerBlock({
    name: Buffer.from('PaxHeader'),
    link: Buffer.alloc(0),
    mode: 0o644,
    size: body.length,
    flag: 'x',
  });
  return [header, ...padded(body)];
}

/** Writes the members as a ustar archive (pax records for long names): no times, no owners, so equal trees give equal bytes. */
export function* tarBlocks(entries: Iterable<TarEntry>): Generator<Buffer> {
  for (const entry of entries) {
    const name = Buffer.from(entry.type === 'directory' ? `${entry.path}/` : entry.path);
    const link = Buffer.from(entry.target ?? '');
    const content = entry.content ?? Buffer.alloc(0);
    yield* paxBlocks(name, link);
    yield headerBlock({ name, link, mode: entry.mode, size: content.length, flag: TYPE_FLAGS[entry.type] });
    if (content.length > 0) yield* padded(content);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/**
 * The members of a directory tree, sorted by name so that the archive does not depend on the file system's order.
 * `under` is put before every path. Sockets, pipes and devices are left out.
 */
export async function treeEntries(directory: string, under = ''): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  for (const name of (await readdir(directory)).sort()) {
    const source = join(directory, name);
    const path = under === '' ? name : `${under}/${name}`;
    const stats = await lstat(source);
    const mode = stats.mode & 0o777;
    if (stats.isSymbolicLink()) entries.push({ path, type: 'symlink', mode: 0o777, target: await readlink(source) });
    else if (stats.isFile()) entries.push({ path, type: 'file', mode, content: await readFile(source) });
    else if (stats.isDirectory()) entries.push({ path, type: 'directory', mode }, ...(await treeEntries(source, path)));
  }
  return entries;
}
