/** S3 URIs, by the naming rules of general purpose buckets and what SageMaker takes. */
import { violation } from './constraints.ts';
import { type Parsed, quoted, valid, wrong } from './problem.ts';

const FORM = 'Write s3://<bucket>/<prefix>.';

/** `s3://bucket/key…`, as it was written. */
export function s3Uri(text: string): Parsed<string> {
  const match = /^s3:\/\/([^/]*)(?:\/(.*))?$/s.exec(text);
  if (match === null) return notS3(text);
  const [, bucket = '', key = ''] = match;
  const why =
    bucketViolation(bucket) ?? keyViolation(key) ?? violation('CreateTrainingJob.OutputDataConfig.S3OutputPath', text);
  return why === undefined ? valid(text) : wrong(`is ${quoted(text)}: ${why}`, FORM);
}

/** The same as the root of other places: slashes at its end are dropped, so that they can be joined with one. */
export function s3Root(text: string): Parsed<string> {
  const parsed = s3Uri(text);
  return parsed.ok ? valid(parsed.value.replace(/\/+$/, '')) : parsed;
}

function notS3(text: string): Parsed<never> {
  if (/^https?:\/\//.test(text)) return wrong(`is ${quoted(text)}, a web address`, FORM);
  if (text.startsWith('arn:')) return wrong(`is ${quoted(text)}, an ARN`, FORM);
  return wrong(`is ${quoted(text)}, which is no S3 URI`, FORM);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function bucketViolation(bucket: string): string | undefined {
  if (bucket === '') return 'the bucket is missing';
  if (bucket.length < 3 || bucket.length > 63) return 'a bucket name has 3 to 63 characters';
  if (!/^[a-z0-9.-]+$/.test(bucket)) return 'a bucket name has only lower-case letters, digits, dots and hyphens';
  if (!/^[a-z0-9].*[a-z0-9]$/.test(bucket)) return 'a bucket name starts and ends with a letter or a digit';
  if (bucket.includes('..')) return 'a bucket name has no two dots in a row';
  if (/^\d+\.\d+\.\d+\.\d+$/.test(bucket)) return 'a bucket name does not look like an IP address';
  if (bucket.startsWith('xn--')) return 'a bucket name does not start with xn--';
  return undefined;
}

/** Keys may hold nearly anything; these would be read differently by some of the tools on the way. */
function keyViolation(key: string): string | undefined {
  if (/\p{Cc}/u.test(key)) return 'it holds a line break or another control character';
  if (/^\s|\s$/.test(key)) return 'it starts or ends with a blank';
  if (key.startsWith('/') || key.includes('//')) return 'it holds two slashes in a row, which is another prefix to S3';
  if (/(^|\/)\.\.?(\/|$)/.test(key)) return 'S3 does not resolve . and ..';
  return undefined;
}
