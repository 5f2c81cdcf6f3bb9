import { createHash, randomBytes } from 'node:crypto';
import type { Cloud } from '../state.ts';
import { type Answer, type Call, CloudError, type Service } from '../types.ts';
import { bucketOf, keyOf, text, unescapeXml, xmlElements } from './input.ts';
import { storedHeaders } from './objects.ts';

interface Part {
  readonly etag: string;
  readonly body: Buffer;
}

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string | undefined;
  readonly headers: Record<string, string>;
  readonly parts: Map<number, Part>;
}

/** S3 takes no part smaller than this, but for the last one. */
const SMALLEST_PART = 5 * 1024 * 1024;

/** Multipart upload, as the AWS CLI does it from 8 MB on. Parts are kept in memory until they are completed. */
export function multipartOperations(cloud: Cloud): Service {
  const uploads = new Map<string, Upload>();
  cloud.onReset(() => uploads.clear());
  const find = (call: Call): [string, Upload] => {
    const id = text(call, 'uploadId') ?? '';
    const upload = uploads.get(id);
    if (upload?.key === keyOf(call) && upload.bucket === bucketOf(cloud.s3, call).name) return [id, upload];
    throw new CloudError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
      { UploadId: id },
    );
  };
  return {
    CreateMultipartUpload(call) {
      const id = randomBytes(24).toString('base64url');
      const bucket = bucketOf(cloud.s3, call).name;
      const key = keyOf(call);
      uploads.set(id, {
        bucket,
        key,
        contentType: call.headers['content-type'],
        headers: storedHeaders(call),
        parts: new Map(),
      });
      return { output: { InitiateMultipartUploadResult: { Bucket: bucket, Key: key, UploadId: id } } };
    },
    UploadPart(call) {
      const [, upload] = find(call);
      const number = Number(text(call, 'partNumber'));
      if (!Number.isInteger(number) || number < 1 || number > 10_000) {
        throw new CloudError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', 400);
      }
      const part = { etag: `"${md5(call.body).toString('hex')}"`, body: call.body };
      upload.parts.set(number, part);
      return { headers: { etag: part.etag } };
    },
    CompleteMultipartUpload(call) {
      const [id, upload] = find(call);
      const answer = complete(cloud, upload, call);
      uploads.delete(id);
      return answer;
    },
    AbortMultipartUpload(call) {
      uploads.delete(find(call)[0]);
      return { status: 204 };
    },
  };
}

function complete(cloud: Cloud, upload: Upload, call: Call): Answer {
  const parts = chosenParts(upload, call.body);
  const digest = createHash('md5')
    .update(Buffer.concat(parts.map((part) => md5(part.body))))
    .digest('hex');
  const { bucket, key, contentType, headers } = upload;
  const options = { headers, etag: `"${digest}-${parts.length}"`, ...(contentType ? { contentType } : {}) };
  const object = cloud.s3.put(bucket, key, Buffer.concat(parts.map((part) => part.body)), options);
  const location = `${cloud.urls.url}/${bucket}/${encodeURIComponent(key)}`;
  return {
    output: { CompleteMultipartUploadResult: { Location: location, Bucket: bucket, Key: key, ETag: object.etag } },
  };
}

function chosenParts(upload: Upload, body: Buffer): Part[] {
  const listed = xmlElements(body, 'Part').map((part) => ({
    number: Number(xmlElements(part, 'PartNumber')[0]),
    etag: unescapeXml(xmlElements(part, 'ETag')[0] ?? ''),
  }));
  const parts = listed.map(({ number, etag }) => {
    const part = upload.parts.get(number);
    if (part && part.etag.replaceAll('"', '') === etag.replaceAll('"', '')) return part;
    throw new CloudError(
      'InvalidPart',
      "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      400,
      { PartNumber: number },
    );
  });
  const isSorted = listed.every(({ number }, index) => index === 0 || number > (listed[index - 1]?.number ?? 0));
  if (!isSorted)
    throw new CloudError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      400,
    );
  if (parts.slice(0, -1).some((part) => part.body.length < SMALLEST_PART)) {
    throw new CloudError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400);
  }
  if (parts.length === 0)
    throw new CloudError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      400,
    );
  return parts;
}

function md5(body: Buffer): Buffer {
  return createHash('md5').update(body).digest();
}
