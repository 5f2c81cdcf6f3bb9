import type { Readable } from 'node:stream';
import { ByteReader, Content } from './byte-reader.ts';

/** What the header of a member says, pax and GNU extensions already applied. */
export interface TarMember {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  readonly mode: number;
  readonly size: number;
  readonly target: string;
}

const BLOCK = 512;

/**
 * Reads an archive (ustar, pax or GNU) as a stream. For each member `take` gets the header and its content, which it
 * may leave unread. Rejects with an Error for an archive that is cut off or has a wrong checksum.
 */
export async function readTar(
  source: Readable,
  take: (member: TarMember, content: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const bytes = new ByteReader(source);
  for (let header = await nextHeader(bytes); header !== undefined; header = await nextHeader(bytes)) {
    const { path, mode, size, target } = header;
    const type = TYPES[header.flag] ?? 'other';
    const content = new Content(bytes, size);
    await take({ path, type, mode, size, target }, content);
    await content.drain();
    await bytes.skip(padding(size));
  }
  source.destroy();
}

interface Header {
  readonly path: string;
  readonly mode: number;
  readonly size: number;
  readonly flag: string;
  readonly target: string;
}

/** The next member's header with its extensions (pax `x`, GNU `L` and `K`) applied; undefined at the archive's end. */
async function nextHeader(bytes: ByteReader): Promise<Header | undefined> {
  let extension: Record<string, string> = {};
  for (;;) {
    const block = await bytes.exactly(BLOCK);
    if (block === undefined || block.every((byte) => byte === 0)) return undefined;
    const header = parseHeader(block);
    if (!'xgLK'.includes(header.flag)) return withExtension(header, extension);
    const content = (await bytes.exactly(header.size)) ?? Buffer.alloc(0);
    await bytes.skip(padding(header.size));
    extension = { ...extension, ...extensionOf(header.flag, content) };
  }
}

function extensionOf(flag: string, content: Buffer): Record<string, string> {
  if (flag === 'L') return { path: cString(content) };
  if (flag === 'K') return { linkpath: cString(content) };
  return flag === 'x' ? paxRecords(content) : {};
}

function withExtension(header: Header, { path, linkpath, size }: Record<string, string>): Header {
  return {
    ...header,
    path: path ?? header.path,
    target: linkpath ?? header.target,
    size: size === undefined ? header.size : Number(size),
  };
}

const TYPES: Readonly<Record<string, TarMember['type']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'directory',
};

function parseHeader(block: Buffer): Header {
  const stated = octal(block.subarray(148, 156));
  const sum = block.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  if (stated !== sum) throw new Error('The archive is damaged: a header has a wrong checksum');
  const prefix = block.toString('latin1', 257, 262) === 'ustar' ? cString(block.subarray(345, 500)) : '';
  const name = cString(block.subarray(0, 100));
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    mode: octal(block.subarray(100, 108)),
    size: octal(block.subarray(124, 136)),
    flag: block.toString('latin1', 156, 157),
    target: cString(block.subarray(157, 257)),
  };
}

/** Octal text, or for large values GNU's binary form, marked by the first bit. */
function octal(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) !== 0) return Number(BigInt(`0x${field.subarray(1).toString('hex')}`));
  return Number.parseInt(cString(field).trim() || '0', 8);
}

function cString(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

function paxRecords(bytes: Buffer): Record<string, string> {
  const records: Record<string, string> = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(bytes.toString('latin1', at, space));
    if (!(length > 0)) break;
    const [, key = '', value = ''] = /^([^=]*)=(.*)\n$/s.exec(bytes.toString('utf8', space + 1, at + length)) ?? [];
    records[key] = value;
    at += length;
  }
  return records;
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}
