import { Failure, type FailureCode, messageOf } from '../failure.ts';
import { type Operation, readServiceError, type ServiceError } from './service-errors.ts';

/** What to do about an AWS answer that ends the run, by what it means. */
const REMEDIES: Readonly<Record<ServiceError, readonly [FailureCode, string]>> = {
  'name-taken': ['JOB_NAME_TAKEN', 'Run the job again, or change the `name` input.'],
  quota: [
    'JOB_QUOTA_EXCEEDED',
    'Ask for the quota named above in Service Quotas → Amazon SageMaker (spot and on-demand have quotas of their own), or choose another `instance-type`.',
  ],
  propagating: [
    'JOB_REJECTED',
    'Check the thing named above: the trust policy and rights of `execution-role`, the image, the bucket. It was tried again for a while, in case it was only just made.',
  ],
  'unknown-job': ['JOB_REJECTED', 'Check the region and the job name.'],
  'already-ended': ['JOB_REJECTED', 'Nothing is left to do.'],
  expired: [
    'CREDENTIALS_EXPIRED',
    'Give the role as `role-to-assume` (with `permissions: { id-token: write }`): then this action renews its credentials by itself. Where it is given, run the job again: the session was revoked, or the clock of the runner is wrong.',
  ],
  'no-credentials': [
    'CREDENTIALS_MISSING',
    'Give the role of this workflow as `role-to-assume` (with `permissions: { id-token: write }`), or put AWS credentials into the environment before this step.',
  ],
  'not-trusted': [
    'AWS_ACCESS_DENIED',
    'Check `role-to-assume`, and that the trust policy of this role names the OIDC provider token.actions.githubusercontent.com, this repository in `sub` and the `audience` in `aud`; the account must have that provider.',
  ],
  'session-too-long': [
    'INPUT_INVALID',
    'Shorten `role-duration`, or raise the maximum session duration of the role: the action renews its session in time.',
  ],
  denied: ['AWS_ACCESS_DENIED', 'Add the action named above to the policy of the role that this workflow runs as.'],
  'no-bucket': ['STORAGE_UNAVAILABLE', 'Create the bucket, or correct its name.'],
  'other-region': ['STORAGE_UNAVAILABLE', 'Use a bucket in the region of `aws-region`.'],
  throttled: ['AWS_UNAVAILABLE', 'AWS throttled this account for minutes: run the job again later.'],
  unavailable: ['AWS_UNAVAILABLE', 'Run the job again; a job that was already started is found and followed.'],
  rejected: ['JOB_REJECTED', 'Correct the input that the message names.'],
};

/** The Failure for an AWS error that this run cannot get over. A Failure passes as it is. */
export function rejection(operation: Operation, error: unknown, label: string = operation): Failure {
  if (error instanceof Failure) return error;
  const [code, remedy] = REMEDIES[readServiceError(operation, error)];
  const name = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : '';
  return new Failure(code, `${label}: ${name}${messageOf(error)}`, remedy, error);
}
