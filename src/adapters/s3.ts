import {
  type _Object,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Store, StoredObject } from '../ports.ts';
import { askAgainWhenUnreadable, type ClientConfig } from './client.ts';

export function openStore(config: ClientConfig, { followRegionRedirects = true } = {}): Store {
  const client = askAgainWhenUnreadable(new S3Client({ ...config, followRegionRedirects }));
  return {
    put: async (uri, body) => {
      await client.send(new PutObjectCommand({ ...place(uri), Body: body }));
    },
    get: async (uri) => {
      try {
        return await (await client.send(new GetObjectCommand(place(uri)))).Body?.transformToString();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    exists: async (uri) => {
      try {
        await client.send(new HeadObjectCommand(place(uri)));
        return true;
      } catch (error) {
        // A HEAD answer has no body, so there is no error code to read: only the status tells.
        if (statusOf(error) === 404) return false;
        throw error;
      }
    },
    list: async (uri, after) => {
      const { Bucket, Key } = place(uri);
      const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: Key, ContinuationToken: after }));
      const objects = (page.Contents ?? []).map(toStoredObject);
      return page.NextContinuationToken === undefined ? { objects } : { objects, next: page.NextContinuationToken };
    },
  };
}

function place(uri: string): { Bucket: string; Key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
  if (!bucket) throw new TypeError(`not an S3 URI: ${uri}`);
  return { Bucket: bucket, Key: key ?? '' };
}

function toStoredObject({ Key, ETag, Size, LastModified }: _Object): StoredObject {
  return { key: Key ?? '', etag: ETag ?? '', sizeBytes: Size ?? 0, modifiedAt: (LastModified?.getTime() ?? 0) / 1000 };
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
