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
  },
];
