import { describe, expect, it } from '@jest/globals';
import { decodeChunked } from '../../../local-cloud/protocols/aws-chunked.ts';
import type { CloudError } from '../../../local-cloud/types.ts';

const request = (body: string, headers: Record<string, string>) => ({
  method: 'PUT',
  path: '/b/k',
  query: '',
  headers,
  body: Buffer.from(body),
  gone: new AbortController().signal,
});
const streaming = {
  'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'x-amz-trailer': 'x-amz-checksum-crc32',
};
const refusalOf = (body: string, headers: Record<string, string>) => {
  try {
    return decodeChunked(request(body, headers)).toString();
  } catch (error) {
    return (error as CloudError).code;
  }
};

describe('aws-chunked bodies', () => {
  it.each([
    ['one chunk with a checksum trailer', '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', streaming],
    ['two chunks', '2\r\nhe\r\n3\r\nllo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', streaming],
    [
      'signed chunks',
      `5;chunk-signature=${'0'.repeat(64)}\r\nhello\r\n0;chunk-signature=${'0'.repeat(64)}\r\n\r\n`,
      { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'x-amz-decoded-content-length': '5' },
    ],
    ['a plain body', 'hello', { 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' }],
  ])('are read: %s', (_what, body, headers) => {
    expect(decodeChunked(request(body, headers)).toString()).toBe('hello');
  });

  it.each([
    ['a wrong trailer checksum', '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', streaming, 'BadDigest'],
    ['a missing announced trailer', '5\r\nhello\r\n0\r\n\r\n', streaming, 'MalformedTrailerError'],
    ['a chunk that is cut', '9\r\nhello', streaming, 'IncompleteBody'],
    ['no chunk framing', 'hello', streaming, 'IncompleteBody'],
    [
      'a wrong decoded length',
      '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n',
      { ...streaming, 'x-amz-decoded-content-length': '6' },
      'IncompleteBody',
    ],
    ['an MD5 of the wrong length', 'hello', { 'content-md5': 'AAAA' }, 'InvalidDigest'],
    ['a wrong MD5', 'hello', { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'BadDigest'],
    ['a wrong SHA-256', 'hello', { 'x-amz-content-sha256': '0'.repeat(64) }, 'XAmzContentSHA256Mismatch'],
  ])('are refused: %s', (_what, body, headers, code) => {
    expect(refusalOf(body, headers)).toBe(code);
  });
});
