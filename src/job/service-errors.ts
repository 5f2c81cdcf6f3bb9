/**
 * The one table that turns the wire's errors into our words. AWS says too much under one name: `ValidationException`
 * covers nearly every refused create, an unknown job and a stop on a finished job, and is told apart by its message only.
 */
import { messageOf } from '../failure.ts';

export type ServiceError =
  /** The job name exists: somebody, perhaps this run's lost first attempt, was here. */
  | 'name-taken'
  | 'quota'
  /** True for good, or only until IAM or ECR have spread what was just made. */
  | 'propagating'
  | 'unknown-job'
  | 'already-ended'
  | 'expired'
  /** Neither the environment nor the machine has any. */
  | 'no-credentials'
  /** The role exists, perhaps; its trust policy or the account's identity provider does not let this workflow in. */
  | 'not-trusted'
  | 'session-too-long'
  | 'denied'
  | 'no-bucket'
  | 'other-region'
  | 'throttled'
  /** Network, 5xx, malformed answer: says nothing about the job. */
  | 'unavailable'
  | 'rejected';

export type Operation = 'CreateTrainingJob' | 'DescribeTrainingJob' | 'StopTrainingJob' | 'other';

interface Row {
  readonly operation?: Operation;
  readonly name: RegExp;
  readonly message?: RegExp;
  readonly is: ServiceError;
}

/** First match wins. Names and wordings as AWS and its clients' issue trackers record them. */
const ROWS: readonly Row[] = [
  { operation: 'CreateTrainingJob', name: /^ResourceInUse(Exception)?$/, is: 'name-taken' },
  { operation: 'CreateTrainingJob', name: /^ResourceLimitExceeded(Exception)?$/, is: 'quota' },
  {
    operation: 'CreateTrainingJob',
    name: /^(ValidationException|AccessDeniedException)$/,
    // The substrings HashiCorp's provider retries for when a role was made moments ago.
    message:
      /Could not assume role|Unauthorized to List objects under S3 URL|Access denied to OutputDataConfig S3 bucket|no identity-based policy allows the s3:ListBucket action|Access denied for repository|Cannot find the requested image/,
    is: 'propagating',
  },
  { operation: 'DescribeTrainingJob', name: /^ValidationException$/, message: /not found/i, is: 'unknown-job' },
  { operation: 'StopTrainingJob', name: /^ValidationException$/, message: /not found/i, is: 'unknown-job' },
  { operation: 'StopTrainingJob', name: /^ValidationException$/, message: /is in status/i, is: 'already-ended' },
  { name: /^(ExpiredToken(Exception)?|RequestExpired)$/, is: 'expired' },
  {
    name: /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch)$/,
    is: 'expired',
  },
  { name: /^CredentialsProviderError$/, is: 'no-credentials' },
  { name: /^AccessDenied$/, message: /perform:? sts:AssumeRoleWithWebIdentity/, is: 'not-trusted' },
  {
    name: /^InvalidIdentityToken(Exception)?$/,
    message: /No OpenIDConnect provider|Incorrect token audience/,
    is: 'not-trusted',
  },
  { name: /^ValidationError$/, message: /MaxSessionDuration/, is: 'session-too-long' },
  { name: /^(InvalidIdentityToken|IDPRejectedClaim)(Exception)?$/, is: 'expired' },
  { name: /^AccessDenied(Exception)?$|^UnauthorizedOperation$/, is: 'denied' },
  { name: /^NoSuchBucket$/, is: 'no-bucket' },
  { name: /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/, is: 'other-region' },
  { name: /^(Throttling(Exception)?|TooManyRequestsException|SlowDown|RequestLimitExceeded)$/, is: 'throttled' },
  {
    name: /^(ValidationException|ResourceNotFound(Exception)?|InvalidParameterException|SerializationException)$/,
    is: 'rejected',
  },
];

/** What an error of the AWS SDK means for this operation. What the table does not know is `unavailable`: it decides nothing. */
export function readServiceError(operation: Operation, error: unknown): ServiceError {
  const name = error instanceof Error ? error.name : '';
  const message = messageOf(error);
  const row = ROWS.find(
    (candidate) =>
      (candidate.operation === undefined || candidate.operation === operation) &&
      candidate.name.test(name) &&
      (candidate.message?.test(message) ?? true),
  );
  return row?.is ?? 'unavailable';
}

/**
 * Bounded waits for what AWS has accepted but not yet spread, in seconds.
 * Roles: HashiCorp retries 1–2 minutes. Tags: a policy by tag denies the first describes, and the Python SDK
 * tolerates that for 300 s after a create.
 * Final metrics: they can follow the status by some seconds.
 */
export const PROPAGATION_SECONDS = {
  CreateTrainingJob: 90,
  DescribeTrainingJob: 300,
  FinalMetrics: 30,
} as const;
