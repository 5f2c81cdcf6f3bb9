import type { FamilySamples } from './samples.ts';

export const SERVICE_SAMPLES = {
  'quota-exceeded': {
    samples: [
      {
        status: 'not-created',
        log: "botocore.errorfactory.ResourceLimitExceeded: An error occurred (ResourceLimitExceeded) when calling the CreateTrainingJob operation: The account-level service limit 'ml.g4dn.xlarge for training job usage' is 0 Instances, with current utilization of 0 Instances and a request delta of 1 Instances.",
      },
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: 'An error occurred (ThrottlingException) when calling the CreateTrainingJob operation: Rate exceeded',
      },
    ],
  },
  'capacity-error': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          'CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.',
      },
      '2025-01-01 10:00:00 Starting - Insufficient capacity error from EC2 while launching instances, retrying!\n2025-01-01 10:30:00 Failed - Training job failed',
    ],
    nearMisses: [{ status: 'Failed', failure_reason: 'ClientError: Data download failed:Insufficient disk space' }],
  },
  'role-not-assumable': {
    samples: [
      {
        status: 'not-created',
        log: "ValidationException: Could not assume role arn:aws:iam::111122223333:role/trainng. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.",
      },
      {
        status: 'Failed',
        failure_reason:
          "ClientError: SageMaker was unable to assume the role 'arn:aws:iam::111122223333:role/training'",
      },
    ],
    nearMisses: [
      'An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    ],
  },
  throttling: {
    samples: [
      {
        status: 'not-created',
        log: 'botocore.exceptions.ClientError: An error occurred (ThrottlingException) when calling the DescribeTrainingJob operation (reached max retries: 4): Rate exceeded',
      },
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: 'An error occurred (ResourceLimitExceeded) when calling the CreateTrainingJob operation: Resource limits for this account have been exceeded.',
      },
    ],
  },
  'internal-server-error': {
    samples: [
      { status: 'Failed', failure_reason: 'InternalServerError: We encountered an internal error. Please try again.' },
    ],
    nearMisses: ['tensorflow.python.framework.errors_impl.InternalError: Failed to create session'],
  },
} satisfies FamilySamples;
