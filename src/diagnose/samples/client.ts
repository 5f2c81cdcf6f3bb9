import type { FamilySamples } from './samples.ts';

export const CLIENT_SAMPLES = {
  'expired-token': {
    samples: [
      'botocore.exceptions.ClientError: An error occurred (ExpiredTokenException) when calling the DescribeTrainingJob operation: The security token included in the request is expired',
      'botocore.exceptions.TokenRetrievalError: Error when retrieving token from sso: Token has expired and refresh failed',
    ],
    nearMisses: [
      {
        status: 'Failed',
        failure_reason: 'ClientError: Artifact upload failed:Error 7: The credentials received have been expired',
      },
    ],
  },
  'client-side-waiter': {
    samples: [
      'botocore.exceptions.WaiterError: Waiter TrainingJobCompletedOrStopped failed: Waiter encountered a terminal failure state: For expression "TrainingJobStatus" we matched expected path: "Failed"',
    ],
    nearMisses: [
      {
        status: 'Failed',
        failure_reason: 'ClientError: Data download failed:403 Forbidden (403): Forbidden',
        log: 'Waiter TrainingJobCompletedOrStopped failed: Waiter encountered a terminal failure state',
      },
    ],
  },
  'sdk-client-error': {
    samples: [
      {
        status: 'not-created',
        log: "botocore.exceptions.ParamValidationError: Parameter validation failed:\nInvalid type for parameter ResourceConfig.InstanceCount, value: 1.0, type: <class 'float'>, valid types: <class 'int'>",
      },
      { status: 'not-created', log: 'ValueError: No file named "train.py" was found in directory "source".' },
      { status: 'not-created', log: "TypeError: __init__() got an unexpected keyword argument 'train_instance_type'" },
      'botocore.exceptions.NoRegionError: You must specify a region.',
    ],
    nearMisses: [{ status: 'Failed', log: "TypeError: forward() got an unexpected keyword argument 'token_type_ids'" }],
  },
} satisfies FamilySamples;
