/** Data access: Amazon S3, keys, file systems, artifacts. */
import { deniedStatements, readStatements, roleOf, s3UriIn, writeStatement } from '../remedies/policy.ts';
import { type Found, type Rule, says } from '../rule.ts';
import { deniedOf, placeIs, roleMayNot } from '../surroundings/signs.ts';

function uriOf({ text, request }: Found): string {
  const named =
    s3UriIn(text) ?? (/upload|Put/i.test(text) ? request.outputUri : request.channels?.find(({ uri }) => uri)?.uri);
  return named ?? 's3://BUCKET/PREFIX';
}

export const STORAGE_RULES: readonly Rule[] = [
  {
    label: 's3-access-denied',
    title: 'Amazon S3 denies access',
    retryable: false,
    signs: [
      { holds: roleMayNot('s3'), strength: 0.82 },
      says(0.96, /(?:download|upload) failed:.*(?:403|Forbidden|AccessDenied|Access Denied)/i, { unless: /kms/i }),
      says(
        0.95,
        /\((?:AccessDenied|403)\) when calling the (?:\w*Object\w*|\w*Bucket\w*|\w*Upload\w*|SelectObjectContent) operation|not authorized to perform: s3:|Unauthorized to List objects under S3 URL|Access denied to OutputDataConfig S3 bucket|AWS Error ACCESS_DENIED during|does not have permission to (?:perform|call)?:? ?s3:/i,
        { unless: /kms:/i },
      ),
      says(
        0.9,
        /PermissionError: (?:Access Denied|Forbidden|The AWS Access Key Id|\[Errno 13\] (?:Access Denied|Forbidden))|S3UploadFailedError.*AccessDenied|S3.*(?:Access ?Denied|403 Forbidden)|fatal error: An error occurred \(403\)/i,
        { unless: /kms/i },
      ),
      says(0.82, /AccessDenied \(403\)|AccessDenied: Access Denied|ClientError: .*Access Denied/, {
        unless: /kms|ecr|sts|iam:/i,
      }),
    ],
    remedy: (found) => {
      const uri = uriOf(found);
      const writes = /upload|PutObject/i.test(found.text);
      const decisions = deniedOf(found.circumstances, 's3');
      const forbidden = decisions.filter(({ detail }) => detail === 'explicitDeny');
      const denied = deniedStatements(decisions.filter(({ detail }) => detail !== 'explicitDeny'));
      const policy = denied.length > 0 ? denied : writes ? [writeStatement(uri)] : readStatements(uri);
      return [
        ...forbidden.map(
          ({ action, resource }) =>
            `Take the Deny of ${action} on ${resource.replace(/any-object$/, '*')} off ${roleOf(found)}: no Allow helps against it.`,
        ),
        ...(forbidden.length > 0 && denied.length === 0 ? [] : [`Add to ${roleOf(found)}: ${policy.join(', ')}`]),
        'Also look at the bucket policy, the VPC endpoint policy, and the key policy when the bucket is encrypted with AWS KMS: a denial there looks the same.',
      ];
    },
  },
  {
    label: 's3-not-found',
    title: 'There is nothing under the S3 key or prefix',
    retryable: false,
    signs: [
      { holds: placeIs('no-bucket'), strength: 0.82 },
      { holds: placeIs('empty'), strength: 0.78 },
      says(
        0.95,
        /NoSuchKey|NoSuchBucket|No S3 objects found under S3 URL|The specified (?:key|bucket) does not exist|AWS Error (?:NO_SUCH_KEY|NO_SUCH_BUCKET|RESOURCE_NOT_FOUND) during|\(404\) when calling the (?:HeadObject|HeadBucket|GetObject) operation/,
      ),
      says(
        0.85,
        /(?:S3\b|s3:\/\/\S{1,200}).{0,60}(?:does not exist|not found|no (?:such )?(?:objects?|files?|keys?))|no (?:objects?|files?) (?:found )?(?:under|in|at) s3:\/\//i,
        { unless: /manifest (?:unknown|for)|image/i },
      ),
      says(
        0.84,
        /FileNotFoundError: (?:s3:\/\/)?[a-z0-9][a-z0-9.-]+\/\S+$|FileNotFoundError: The specified (?:key|bucket)/,
        { frames: /s3fs|fsspec|pyarrow/ },
      ),
    ],
    remedy: (found) => [
      `Compare the prefix with what is there: \`aws s3 ls ${uriOf(found)}\``,
      `If the objects exist, ${roleOf(found)} lacks s3:ListBucket: ${readStatements(uriOf(found))[0]}`,
      'A channel of S3DataType ManifestFile must name the manifest object itself, not a prefix.',
    ],
  },
  {
    label: 's3-wrong-region',
    title: 'The bucket lives in another region than the job',
    retryable: false,
    signs: [
      { holds: placeIs('other-region'), strength: 0.85 },
      says(
        0.98,
        /bucket is in this region|BucketRegionError|incorrect region, the bucket is not in|IllegalLocationConstraint|bucket .{0,80}(?:is|lives|located) in (?:a different|another) region|bucket\b.{0,80}must be in the same region/i,
      ),
      says(
        0.94,
        /PermanentRedirect|301 Moved Permanently|\(301\) when calling|must be addressed using the specified endpoint|AuthorizationHeaderMalformed.*region .*(?:wrong|expecting)/i,
      ),
    ],
    remedy: ({ text, request }) => [
      `Run the job in the region of the bucket${/this region: ([a-z0-9-]+)/.exec(text)?.[1] ? ` (${/this region: ([a-z0-9-]+)/.exec(text)?.[1]})` : ''}, or copy the data into a bucket of ${request.region ?? "the job's region"}.`,
    ],
  },
  {
    label: 's3-uri-invalid',
    title: 'The S3 URI is malformed',
    retryable: false,
    signs: [
      says(
        0.97,
        /illegal char sub-sequence|at '[\w.]*s3(?:Uri|OutputPath)\w*' failed to satisfy|Member must satisfy regular expression pattern: \^\(https\|s3\)/i,
      ),
      says(
        0.94,
        /Invalid S3 (?:URI|URL|path|location)|Expecting 's3' scheme|S3 ?(?:URI|URL|path) must (?:start|begin)|Invalid bucket name|not a valid S3 (?:URI|URL|path)|must be an? (?:valid )?S3 (?:URI|URL)|malformed S3|s3 (?:uri|url) .*(?:malformed|invalid)/i,
      ),
    ],
    remedy: ({ text }) => [
      `Write it as s3://bucket/prefix/, with one slash between the parts${s3UriIn(text) ? `; now it is ${s3UriIn(text)}` : ''}.`,
      'Join parts of a URI with code that strips slashes; an empty variable makes `//`.',
    ],
  },
];
