import type { FamilySamples } from './samples.ts';

export const IDENTITY_SAMPLES = {
  'iam-create-training-job-denied': {
    samples: [
      {
        status: 'not-created',
        log: 'botocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the CreateTrainingJob operation: User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: sagemaker:CreateTrainingJob on resource: arn:aws:sagemaker:us-east-1:111122223333:training-job/x because no identity-based policy allows the sagemaker:CreateTrainingJob action',
      },
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: 'An error occurred (AccessDeniedException) when calling the CreateTrainingJob operation: User: arn:aws:sts::1:assumed-role/ci/run is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/t',
      },
    ],
  },
  'iam-passrole-denied': {
    samples: [
      {
        status: 'not-created',
        log: 'An error occurred (AccessDeniedException) when calling the CreateTrainingJob operation: User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/training because no identity-based policy allows the iam:PassRole action',
      },
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: 'User: arn:aws:iam::1:user/u is not authorized to perform: iam:GetRole on resource: role t',
      },
    ],
  },
  'iam-other-denied': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          'ClientError: The execution role ARN arn:aws:iam::111122223333:role/training does not have permission to perform ec2:CreateNetworkInterface.',
      },
      {
        status: 'not-created',
        log: 'botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the GetRole operation: User: arn:aws:iam::111122223333:user/dev is not authorized to perform: iam:GetRole on resource: role training',
      },
    ],
    nearMisses: [
      'botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the GetObject operation: Access Denied',
    ],
  },
} satisfies FamilySamples;
