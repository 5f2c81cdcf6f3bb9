import { CloudError } from '../types.ts';
import { decodeChunked } from './aws-chunked.ts';
import { type HttpRequest, parsePairs, type Route, type Writer } from './http.ts';
import { type Element, element, xmlDocument } from './xml.ts';

/** S3's own REST: path style, XML answers. */
export function s3Route(request: HttpRequest): Route {
  const query = new Map(parsePairs(request.query));
  const { bucket, key } = splitPath(request.path);
  return {
    service: 's3',
    operation: s3Operation(request.method, bucket, key, query, request.headers),
    writer: s3Writer,
    request,
    decode: () => ({ input: s3Input(bucket, key, query), body: decodeChunked(request) }),
  };
}

function splitPath(path: string): { bucket: string; key: string } {
  const [, bucket = '', ...rest] = path.split('/');
  try {
    return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(rest.join('/')) };
  } catch {
    return { bucket, key: rest.join('/') };
  }
}

/** Sub-resources and methods of those operations that exist here; others are told by their method and sub-resource. */
const OPERATIONS: Readonly<Record<string, string>> = {
  'GET service': 'ListBuckets',
  'PUT bucket': 'CreateBucket',
  'HEAD bucket': 'HeadBucket',
  'DELETE bucket': 'DeleteBucket',
  'GET bucket': 'ListObjects',
  'GET bucket?list-type': 'ListObjectsV2',
  'GET bucket?location': 'GetBucketLocation',
  'GET bucket?uploads': 'ListMultipartUploads',
  'POST bucket?delete': 'DeleteObjects',
  'GET object': 'GetObject',
  'HEAD object': 'HeadObject',
  'PUT object': 'PutObject',
  'PUT object+copy': 'CopyObject',
  'DELETE object': 'DeleteObject',
  'POST object?uploads': 'CreateMultipartUpload',
  'PUT object?uploadId': 'UploadPart',
  'POST object?uploadId': 'CompleteMultipartUpload',
  'DELETE object?uploadId': 'AbortMultipartUpload',
  'GET object?uploadId': 'ListParts',
};
const SUBRESOURCES = [
  'list-type',
  'location',
  'delete',
  'uploads',
  'uploadId',
  'acl',
  'tagging',
  'versioning',
  'versions',
  'policy',
  'attributes',
  'object-lock',
  'encryption',
  'lifecycle',
  'cors',
];

function s3Operation(
  method: string,
  bucket: string,
  key: string,
  query: ReadonlyMap<string, string>,
  headers: Readonly<Record<string, string>>,
): string {
  const target = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  const sub = SUBRESOURCES.find((name) => query.has(name));
  const copy = headers['x-amz-copy-source'] === undefined || target !== 'object' ? '' : '+copy';
  const signature = `${method} ${target}${sub === undefined ? '' : `?${sub}`}${copy}`;
  return OPERATIONS[signature] ?? signature;
}

function s3Input(bucket: string, key: string, query: ReadonlyMap<string, string>): Record<string, unknown> {
  return { ...(bucket ? { Bucket: bucket } : {}), ...(key ? { Key: key } : {}), ...Object.fromEntries(query) };
}

export const s3Writer: Writer = {
  format: 'xml',
  answer(route, answer, requestId) {
    const headers = { ...ids(requestId), ...answer.headers };
    if (answer.body) return { status: answer.status ?? 200, headers, body: answer.body };
    const [root] = Object.entries((answer.output ?? {}) as Record<string, unknown>);
    if (!root || route.request.method === 'HEAD') return { status: answer.status ?? 200, headers, body: '' };
    const [name, content] = root;
    const document = element(name, children(content), { xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/' });
    return {
      status: answer.status ?? 200,
      headers: { 'content-type': 'application/xml', ...headers },
      body: xmlDocument(document),
    };
  },
  refuse(route, error, requestId) {
    const { headers: extraHeaders, ...fields } = error.extra;
    const headers = { ...ids(requestId), ...(extraHeaders as Record<string, string> | undefined) };
    if (route.request.method === 'HEAD' || error.status === 304) return { status: error.status, headers, body: '' };
    const content = {
      Code: error.code,
      Message: error.message,
      ...fields,
      RequestId: requestId,
      HostId: hostId(requestId),
    };
    return {
      status: error.status,
      headers: { 'content-type': 'application/xml', ...headers },
      body: xmlDocument(element('Error', children(content))),
    };
  },
};

/** S3 writes lists flat: one element an item, all of the member's name. */
function children(value: unknown): string | Element[] {
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  return Object.entries(value).flatMap(([name, item]) => {
    if (item === undefined) return [];
    const items: unknown[] = Array.isArray(item) ? item : [item];
    return items.map((each) => element(name, children(each)));
  });
}

function ids(requestId: string): Record<string, string> {
  return {
    'x-amz-request-id': requestId.replaceAll('-', '').slice(0, 16).toUpperCase(),
    'x-amz-id-2': hostId(requestId),
  };
}

function hostId(requestId: string): string {
  return Buffer.from(requestId).toString('base64');
}

/** S3's answer to an operation that this cloud does not have. */
export function notImplemented(operation: string): CloudError {
  return new CloudError(
    'NotImplemented',
    `A header or query you provided implies functionality that is not implemented: ${operation}`,
    501,
  );
}
