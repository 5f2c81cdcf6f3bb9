import { constraintOf } from '../constraints.ts';
import { duration } from '../duration.ts';
import { accepted, matching, roleArn } from '../scalar.ts';
import { fromVariable, optional, withDefault } from '../spec.ts';

const { min = 0, max = 0 } = constraintOf('AssumeRoleWithWebIdentity.DurationSeconds');

export const aws = {
  'aws-region': fromVariable({
    group: 'AWS',
    description:
      'Region of the training, the registry and the buckets. Required, unless `AWS_REGION` is set in the environment.',
    variable: 'AWS_REGION',
    example: 'us-east-1',
    read: matching(/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/, 'Write the code of a region, such as us-east-1 or eu-central-1.'),
  }),
  'role-to-assume': optional({
    group: 'AWS',
    description:
      "ARN of the role that this workflow assumes by GitHub's OIDC, refreshed for as long as the training takes. Needs `id-token: write`. Default: the credentials in the environment.",
    read: roleArn,
  }),
  audience: withDefault({
    group: 'AWS',
    description: 'Audience of the OIDC token, as the identity provider in IAM expects it.',
    default: 'sts.amazonaws.com',
    read: matching(/^[^\s\p{Cc}]{1,255}$/u, 'Write the audience in at most 255 characters without blanks.'),
  }),
  'role-duration': withDefault({
    group: 'AWS',
    description: 'How long each session of `role-to-assume` lasts, such as `1h`; at most what the role allows.',
    default: '1h',
    read: duration({ min, max }),
  }),
  'role-session-name': optional({
    group: 'AWS',
    description: 'Name of the session, as CloudTrail shows it. Default: made of the repository and the run.',
    read: accepted('AssumeRoleWithWebIdentity.RoleSessionName', 'Use 2 to 64 letters, digits and _ + = , . @ -'),
  }),
};
