import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Credentials } from './credentials.ts';
import type { HttpRequest } from './protocols/http.ts';
import { parsePairs } from './protocols/http.ts';

/** What an `AWS4-HMAC-SHA256` Authorization header says. */
export interface SignedScope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Reads the Authorization header; undefined when it is none of SigV4's. */
export function readScope(authorization: string | undefined): SignedScope | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
      authorization ?? '',
    );
  if (!match) return undefined;
  const [, accessKeyId = '', date = '', region = '', service = '', headers = '', signature = ''] = match;
  return { accessKeyId, date, region, service, signedHeaders: headers.split(';'), signature };
}

/** Whether the request was signed with this secret (Signature Version 4; S3 encodes the path once, all others twice). */
export function signatureHolds(request: HttpRequest, scope: SignedScope, credentials: Credentials): boolean {
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'] ?? '',
    `${scope.date}/${scope.region}/${scope.service}/aws4_request`,
    sha256(canonicalRequest(request, scope)),
  ].join('\n');
  const key = [scope.region, scope.service, 'aws4_request'].reduce<Buffer>(
    hmac,
    hmac(Buffer.from(`AWS4${credentials.secretAccessKey}`), scope.date),
  );
  return timingSafeEqual(hmac(key, stringToSign), Buffer.from(scope.signature, 'hex'));
}

function canonicalRequest(request: HttpRequest, scope: SignedScope): string {
  const headers = scope.signedHeaders.map(
    (name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`,
  );
  const payload = request.headers['x-amz-content-sha256'] ?? sha256(request.body);
  return [
    request.method,
    scope.service === 's3' ? request.path : request.path.split('/').map(encode).join('/'),
    canonicalQuery(request.query),
    headers.join(''),
    scope.signedHeaders.join(';'),
    payload,
  ].join('\n');
}

function canonicalQuery(query: string): string {
  return parsePairs(query.replaceAll('+', '%2B'))
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([left, first], [right, second]) => (left === right ? compare(first, second) : compare(left, right)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
