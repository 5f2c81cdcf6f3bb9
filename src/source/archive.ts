/** `sourcedir.tar.gz`, as the training toolkit unpacks it into /opt/ml/code. Pure: the same files give the same archive. */
import { gzipSync } from 'node:zlib';

export interface SourceFile {
  /** Relative, parted by `/`. */
  readonly path: string;
  readonly executable: boolean;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;
const NAME_BYTES = 100;

/** A ustar archive: sorted, without times and owners, with two modes only, so that neither checkout nor runner shows in it. */
export function tarOf(files: readonly SourceFile[]): Buffer {
  const sorted = [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
  const blocks = sorted.flatMap(({ path, executable, bytes }) => {
    const mode = executable ? 0o755 : 0o644;
    return [...longName(path), header({ name: path, mode, size: bytes.length, flag: '0' }), padded(bytes)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

/** Where gzip's header names the operating system. */
const SYSTEM_BYTE = 9;
const UNKNOWN_SYSTEM = 255;

/** The archive compressed. Its bytes may differ between versions of zlib; what they hold does not. */
export function gzipOf(tar: Uint8Array): Buffer {
  const bytes = gzipSync(tar, { level: 9 });
  bytes[SYSTEM_BYTE] = UNKNOWN_SYSTEM;
  return bytes;
}

interface Header {
  readonly name: string;
  readonly mode: number;
  readonly size: number;
  readonly flag: '0' | 'x';
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "ustar Interchange Format" */
function header({ name, mode, size, flag }: Header): Buffer {
  const block = Buffer.alloc(BLOCK);
  Buffer.from(name).copy(block, 0, 0, NAME_BYTES);
  const field = (value: number, digits: number, at: number) =>
    block.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
  field(mode, 7, 100);
  field(0, 7, 108);
  field(0, 7, 116);
  field(size, 11, 124);
  field(0, 11, 136);
  block.write(' '.repeat(8), 148, 'latin1');
  block.write(flag, 156, 'latin1');
  block.write('ustar\0', 257, 'latin1');
  block.write('00', 263, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function padded(bytes: Uint8Array): Buffer {
  const whole = Buffer.alloc(Math.ceil(bytes.length / BLOCK) * BLOCK);
  whole.set(bytes);
  return whole;
}

/** A name that the header cannot hold goes before it as a pax record. */
function longName(path: string): readonly Buffer[] {
  const plain = Buffer.byteLength(path) <= NAME_BYTES && /^[\x20-\x7e]*$/.test(path);
  if (plain) return [];
  const record = paxRecord('path', path);
  return [header({ name: 'PaxHeader', mode: 0o644, size: record.length, flag: 'x' }), padded(record)];
}

/** A record states its own length, the digits of the length included. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length = String(length).length + rest;
  return Buffer.from(`${length} ${key}=${value}\n`);
}
