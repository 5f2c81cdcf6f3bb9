import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../local-cloud/iam/policy.ts';

const allow = (over: Record<string, unknown>) => ({
  Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...over },
});
const deny = (over: Record<string, unknown>) => ({
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', ...over }],
});
const question = {
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::bucket/key',
  context: { 'aws:RequestedRegion': ['us-east-1'], 's3:max': ['5'] },
};

describe('identity policies', () => {
  it.each([
    ['nothing', [], 'implicitDeny'],
    ['the action in other case', [allow({ Action: 'S3:getobject' })], 'allowed'],
    ['a wildcard action', [allow({ Action: ['ec2:*', 's3:Get*'] })], 'allowed'],
    ['another action', [allow({ Action: 's3:PutObject' })], 'implicitDeny'],
    ['all actions but this', [allow({ Action: undefined, NotAction: 's3:*' })], 'implicitDeny'],
    ['the resource', [allow({ Resource: 'arn:aws:s3:::bucket/*' })], 'allowed'],
    ['a resource in other case', [allow({ Resource: 'arn:aws:s3:::Bucket/*' })], 'implicitDeny'],
    ['one character by ?', [allow({ Resource: 'arn:aws:s3:::bucket/ke?' })], 'allowed'],
    ['all resources but this', [allow({ Resource: undefined, NotResource: 'arn:aws:s3:::bucket/*' })], 'implicitDeny'],
    ['an allow and a deny', [allow({}), deny({ Action: 's3:GetObject' })], 'explicitDeny'],
    [
      'a condition that holds',
      [allow({ Condition: { StringLike: { 'AWS:requestedregion': ['eu-*', 'us-*'] } } })],
      'allowed',
    ],
    [
      'a condition that fails',
      [allow({ Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
      'implicitDeny',
    ],
    [
      'a negated condition',
      [allow({ Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
      'allowed',
    ],
    ['a key that is absent', [allow({ Condition: { StringEquals: { 'aws:Other': 'x' } } })], 'implicitDeny'],
    [
      'a key that is absent, if it exists',
      [allow({ Condition: { StringEqualsIfExists: { 'aws:Other': 'x' } } })],
      'allowed',
    ],
    ['absence asked for', [allow({ Condition: { Null: { 'aws:Other': 'true' } } })], 'allowed'],
    ['a number', [allow({ Condition: { NumericLessThan: { 's3:max': '4' } } })], 'implicitDeny'],
  ])('decide with %s', (_what, policies, decision) => {
    expect(evaluate(policies, question)).toBe(decision);
  });

  it('refuse a condition operator they do not know, instead of guessing', () => {
    expect(() => evaluate([allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })], question)).toThrow(
      /IpAddress is not supported/,
    );
  });
});
