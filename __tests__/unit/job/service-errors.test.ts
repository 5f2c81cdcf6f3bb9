import { describe, expect, it } from '@jest/globals';
import { Failure } from '../../../src/failure.ts';
import { rejection } from '../../../src/job/rejection.ts';
import { type Operation, readServiceError } from '../../../src/job/service-errors.ts';
import { awsError } from '../../fixtures/doors.ts';

const CREATE = 'CreateTrainingJob';
const DESCRIBE = 'DescribeTrainingJob';
const STOP = 'StopTrainingJob';

describe('the table of service errors', () => {
  it.each<[Operation, string, string, string]>([
    [CREATE, 'ResourceInUse', 'Training job names must be unique within an AWS account and region', 'name-taken'],
    [
      CREATE,
      'ResourceLimitExceeded',
      "The account-level service limit 'ml.g5.xlarge for spot training job usage' is 0",
      'quota',
    ],
    [CREATE, 'ValidationException', 'Could not assume role arn:aws:iam::1:role/x. Please ensure', 'propagating'],
    [CREATE, 'ValidationException', 'Access denied for repository: x in registry ID: y.', 'propagating'],
    [CREATE, 'ValidationException', 'Cannot find the requested image: x', 'propagating'],
    [
      CREATE,
      'AccessDeniedException',
      'because no identity-based policy allows the s3:ListBucket action',
      'propagating',
    ],
    [CREATE, 'AccessDeniedException', 'is not authorized to perform: iam:PassRole on resource', 'denied'],
    [CREATE, 'ValidationException', 'No S3 objects found under S3 URL "s3://b/"', 'rejected'],
    [CREATE, 'ValidationException', 'Invalid training image.', 'rejected'],
    [DESCRIBE, 'ValidationException', 'Requested resource not found.', 'unknown-job'],
    [DESCRIBE, 'ValidationException', "1 validation error detected: Value 'x' at 'trainingJobName'", 'rejected'],
    [DESCRIBE, 'AccessDeniedException', 'not authorized to perform: sagemaker:DescribeTrainingJob', 'denied'],
    [DESCRIBE, 'ResourceInUse', 'x', 'unavailable'],
    [
      STOP,
      'ValidationException',
      'The request was rejected because the training job is in status Completed.',
      'already-ended',
    ],
    [STOP, 'ValidationException', 'Requested resource not found.', 'unknown-job'],
    ['other', 'ValidationException', 'Requested resource not found.', 'rejected'],
    ['other', 'ExpiredTokenException', 'The security token included in the request is expired', 'expired'],
    ['other', 'ExpiredToken', 'The provided token has expired.', 'expired'],
    ['other', 'UnrecognizedClientException', 'The security token included in the request is invalid.', 'expired'],
    ['other', 'CredentialsProviderError', 'Could not load credentials from any providers', 'no-credentials'],
    ['other', 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 'not-trusted'],
    ['other', 'InvalidIdentityToken', 'No OpenIDConnect provider found in your account for https://x', 'not-trusted'],
    ['other', 'InvalidIdentityTokenException', 'Incorrect token audience', 'not-trusted'],
    ['other', 'IDPRejectedClaimException', 'x', 'expired'],
    ['other', 'InvalidIdentityToken', 'The ID Token provided is not a valid JWT.', 'expired'],
    ['other', 'ValidationError', 'exceeds the MaxSessionDuration set for this role.', 'session-too-long'],
    ['other', 'AccessDenied', 'Access Denied', 'denied'],
    ['other', 'ThrottlingException', 'Rate exceeded', 'throttled'],
    ['other', 'SlowDown', 'Please reduce your request rate.', 'throttled'],
    ['other', 'InvalidParameterException', 'The specified nextToken is invalid.', 'rejected'],
    ['other', 'InternalFailure', '', 'unavailable'],
    ['other', 'TimeoutError', 'socket hang up', 'unavailable'],
    ['other', 'SyntaxError', 'Unexpected token < in JSON', 'unavailable'],
    ['other', 'SomethingNew', 'whatever', 'unavailable'],
  ])('%s: %s %j means %s', (operation, name, message, expected) => {
    expect(readServiceError(operation, awsError(name, message))).toBe(expected);
  });

  it('takes whatever was thrown', () => {
    for (const thrown of [undefined, null, 'text', { name: 'ResourceInUse' }]) {
      expect(readServiceError(CREATE, thrown)).toBe('unavailable');
    }
  });
});

describe('a rejection', () => {
  it.each([
    [awsError('ResourceLimitExceeded', 'the limit'), 'JOB_QUOTA_EXCEEDED'],
    [awsError('ValidationException', 'Could not assume role x'), 'JOB_REJECTED'],
    [awsError('AccessDeniedException', 'iam:PassRole'), 'AWS_ACCESS_DENIED'],
    [awsError('ExpiredTokenException'), 'CREDENTIALS_EXPIRED'],
    [awsError('ThrottlingException'), 'AWS_UNAVAILABLE'],
    [awsError('InternalFailure'), 'AWS_UNAVAILABLE'],
  ])('of %s is %s, with what AWS said and a remedy', (error, code) => {
    const failure = rejection(CREATE, error);
    expect(failure).toMatchObject({ code, cause: error, remedy: expect.stringMatching(/\w{3,}/) });
    expect(failure.message).toBe(`CreateTrainingJob: ${error.name}: ${error.message}`);
  });

  it('lets a Failure through as it is', () => {
    const failure = new Failure('CREDENTIALS_MISSING', 'no token', 'give one');
    expect(rejection('other', failure)).toBe(failure);
  });
});
