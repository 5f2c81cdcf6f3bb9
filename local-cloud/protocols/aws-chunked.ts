import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { CloudError } from '../types.ts';
import type { HttpRequest } from './http.ts';

/**
 * The object's bytes of an S3 request: `aws-chunked` framing taken off, its length and every checksum that came with
 * it (trailer or header; MD5, CRC32, SHA-1, SHA-256) verified. Throws `CloudError` with S3's names.
 */
export function decodeChunked(request: HttpRequest): Buffer {
  const framed = (request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  const { bytes, trailers } = framed ? unframe(request.body) : { bytes: request.body, trailers: {} };
  const expected = request.headers['x-amz-decoded-content-length'];
  if (framed && expected !== undefined && Number(expected) !== bytes.length) {
    throw new CloudError('IncompleteBody', 'The request body terminated unexpectedly');
  }
  const announced = request.headers['x-amz-trailer'];
  if (framed && announced !== undefined && trailers[announced.toLowerCase()] === undefined) {
    throw new CloudError(
      'MalformedTrailerError',
      'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    );
  }
  verifyChecksums(bytes, { ...request.headers, ...trailers });
  return bytes;
}

function unframe(body: Buffer): { bytes: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const end = body.indexOf('\r\n', offset);
    const size = end < 0 ? Number.NaN : Number.parseInt(body.toString('latin1', offset, end), 16);
    if (Number.isNaN(size) || end + 2 + size > body.length)
      throw new CloudError('IncompleteBody', 'The request body terminated unexpectedly');
    offset = end + 2;
    if (size === 0) return { bytes: Buffer.concat(chunks), trailers: readTrailers(body.toString('latin1', offset)) };
    chunks.push(body.subarray(offset, offset + size));
    offset += size + 2;
  }
}

function readTrailers(text: string): Record<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).trim().toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
}

const CHECKSUMS: Readonly<Record<string, (bytes: Buffer) => string>> = {
  'x-amz-checksum-crc32': (bytes) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(bytes));
    return sum.toString('base64');
  },
  'x-amz-checksum-sha1': (bytes) => createHash('sha1').update(bytes).digest('base64'),
  'x-amz-checksum-sha256': (bytes) => createHash('sha256').update(bytes).digest('base64'),
};

function verifyChecksums(bytes: Buffer, headers: Readonly<Record<string, string>>): void {
  for (const [name, sum] of Object.entries(CHECKSUMS)) {
    const claimed = headers[name];
    if (claimed !== undefined && claimed !== sum(bytes)) {
      const kind = name.slice('x-amz-checksum-'.length).toUpperCase();
      throw new CloudError('BadDigest', `The ${kind} you specified did not match the calculated checksum.`);
    }
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) {
    throw new CloudError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  if (md5 !== undefined && md5 !== createHash('md5').update(bytes).digest('base64')) {
    throw new CloudError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const sha256 = headers['x-amz-content-sha256'];
  if (
    sha256 !== undefined &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    sha256 !== createHash('sha256').update(bytes).digest('hex')
  ) {
    throw new CloudError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
}
