import type { FamilySamples } from './samples.ts';

export const REQUEST_SAMPLES = {
  'validation-max-wait': {
    samples: [
      {
        status: 'not-created',
        log: 'ValidationException: Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds',
      },
      {
        status: 'not-created',
        log: 'ValidationException: Invalid MaxWaitTimeInSeconds. It is only supported when EnableManagedSpotTraining is set to true',
      },
    ],
    nearMisses: [{ status: 'Stopped', secondary_status: 'MaxWaitTimeExceeded' }],
  },
  'invalid-instance-type': {
    samples: [
      {
        status: 'not-created',
        log: "ValidationException: 1 validation error detected: Value 'ml.t3.large' at 'resourceConfig.instanceType' failed to satisfy constraint: Member must satisfy enum value set: [ml.m5.large]",
      },
      {
        status: 'not-created',
        log: 'ClientError: The requested resource training-job/ml.p4de.24xlarge is not available in this region',
      },
      {
        status: 'not-created',
        log: 'ValidationException: Instance type ml.m5.xlarge is not supported by algorithm semantic-segmentation; only GPU instances are supported.',
      },
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: "ResourceLimitExceeded: The account-level service limit 'ml.p3.2xlarge for training job usage' is 0 Instances",
      },
    ],
  },
  'duplicate-job-name': {
    samples: [
      {
        status: 'not-created',
        log: 'botocore.errorfactory.ResourceInUse: An error occurred (ResourceInUse) when calling the CreateTrainingJob operation: Training job names must be unique within an AWS account and region',
      },
    ],
    nearMisses: ['OSError: [Errno 98] Address already in use'],
  },
  'validation-error': {
    samples: [
      {
        status: 'not-created',
        log: "An error occurred (ValidationException) when calling the CreateTrainingJob operation: 1 validation error detected: Value 'my_job_1' at 'trainingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
      },
      {
        status: 'not-created',
        log: 'An error occurred (ValidationException) when calling the CreateTrainingJob operation: Hyperparameters cannot have more than 100 entries.',
      },
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: "ValidationException: 1 validation error detected: Value 'ml.t2.nano' at 'resourceConfig.instanceType' failed to satisfy constraint",
      },
      'pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings\nepochs\n  Input should be a valid integer',
    ],
  },
  'wrong-region': {
    samples: [
      {
        status: 'not-created',
        log: 'ValidationException: KMS key arn:aws:kms:eu-west-1:111122223333:key/1 is in a different region than the training job',
      },
      {
        status: 'not-created',
        log: 'ValidationException: The subnet subnet-0abc is not in the same region as the training job',
      },
    ],
    nearMisses: [
      { status: 'Failed', failure_reason: 'ClientError: Data download failed: the bucket must be in the same region' },
    ],
  },
} satisfies FamilySamples;
