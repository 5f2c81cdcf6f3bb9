/** Request and client side: who may call what, SDKs that refuse, tokens that expire. */
import { arnIn, statement } from '../remedies/policy.ts';
import { type Found, type Rule, says } from '../rule.ts';

const who = ({ text }: Found) => arnIn(text, 'sts') ?? arnIn(text, 'iam') ?? "the caller's role";

function allow(found: Found, action: string): string {
  const resource = /on resource: (arn:[^\s"']+)/.exec(found.text)?.[1] ?? '*';
  return `Add to ${who(found)}: ${statement({ actions: [action], resources: [resource] })}`;
}

export const IDENTITY_RULES: readonly Rule[] = [
  {
    label: 'iam-create-training-job-denied',
    title: 'The caller may not create training jobs',
    retryable: false,
    signs: [
      says(
        0.98,
        /not authorized to perform: sagemaker:(?:CreateTrainingJob|CreateHyperParameterTuningJob|CreateProcessingJob|AddTags)|\(AccessDenied(?:Exception)?\) when calling the (?:CreateTrainingJob|CreateHyperParameterTuningJob) operation/,
        { unless: /iam:PassRole/ },
      ),
    ],
    remedy: (found) => [
      allow(found, /AddTags/.test(found.text) ? 'sagemaker:AddTags' : 'sagemaker:CreateTrainingJob'),
      ...(/explicit deny/.test(found.text)
        ? [
            'An explicit deny wins over any permission: a policy or service control policy demands something of the request (a VPC, a key, tags): give that.',
          ]
        : []),
    ],
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
  {
    label: 'iam-passrole-denied',
    title: 'The caller may not pass the execution role',
    retryable: false,
    signs: [says(0.99, /iam:PassRole|\bPassRole\b.{0,60}(?:denied|not authorized|permission)/)],
    remedy: (found) => {
      const role = /on resource: (arn:[^\s"']+)/.exec(found.text)?.[1] ?? found.request.roleArn ?? 'EXECUTION_ROLE_ARN';
      return [
        `Add to ${who(found)}: {"Effect":"Allow","Action":["iam:PassRole"],"Resource":["${role}"],"Condition":{"StringEquals":{"iam:PassedToService":"sagemaker.amazonaws.com"}}}`,
      ];
    },
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
  {
    label: 'iam-other-denied',
    title: 'An IAM permission is missing',
    retryable: false,
    signs: [
      says(
        0.9,
        /not authorized to perform:? ?"?[\w-]+:\w+|does not have permission to perform:? [\w-]+:\w+|Not authorized to perform sts:AssumeRoleWithWebIdentity/i,
        {
          unless:
            /(?:perform:? ?"?(?:s3|kms|ecr|iam:PassRole|sagemaker:Create|sagemaker:AddTags|sts:AssumeRole(?!With)))/i,
        },
      ),
      says(
        0.86,
        /\((?:AccessDenied|AccessDeniedException|UnauthorizedOperation)\) when calling the (?!\w*Object|\w*Bucket|CreateTrainingJob|CreateHyperParameterTuningJob|AssumeRole operation)\w+ operation/,
      ),
    ],
    remedy: (found) => {
      const action = /(?:perform:? ?"?)([\w-]+:\w+)/i.exec(found.text)?.[1] ?? 'the action the message names';
      return [
        allow(found, action),
        'Jobs in a VPC need the ec2:*NetworkInterface*, ec2:DescribeVpcs, ec2:DescribeSubnets, ec2:DescribeSecurityGroups and ec2:DescribeDhcpOptions actions in the execution role.',
      ];
    },
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
];
