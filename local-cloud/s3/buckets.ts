import type { Cloud } from '../state.ts';
import { CloudError, type Service } from '../types.ts';
import { bucketOf, text, unescapeXml, xmlElements } from './input.ts';

const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/;

/** Operations on buckets. */
export function bucketOperations(cloud: Cloud): Service {
  const { s3 } = cloud;
  return {
    ListBuckets: () => ({
      output: {
        ListAllMyBucketsResult: {
          Owner: { ID: cloud.account },
          Buckets: {
            Bucket: s3
              .buckets()
              .map(({ name, created }) => ({ Name: name, CreationDate: new Date(created).toISOString() })),
          },
        },
      },
    }),
    CreateBucket(call) {
      const name = text(call, 'Bucket') ?? '';
      if (!BUCKET_NAME.test(name))
        throw new CloudError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
      if (s3.findBucket(name)) {
        const message = 'Your previous request to create the named bucket succeeded and you already own it.';
        throw new CloudError('BucketAlreadyOwnedByYou', message, 409, { BucketName: name });
      }
      const [constraint] = xmlElements(call.body, 'LocationConstraint').map(unescapeXml);
      s3.createBucket(name, constraint || call.region);
      return { headers: { location: `/${name}` } };
    },
    HeadBucket: (call) => ({ headers: { 'x-amz-bucket-region': bucketOf(s3, call).region } }),
    GetBucketLocation(call) {
      const { region } = bucketOf(s3, call);
      return { output: { LocationConstraint: region === 'us-east-1' ? '' : region } };
    },
    DeleteBucket(call) {
      const { name } = bucketOf(s3, call);
      if (s3.list(name).length > 0)
        throw new CloudError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, {
          BucketName: name,
        });
      s3.deleteBucket(name);
      return { status: 204 };
    },
  };
}
