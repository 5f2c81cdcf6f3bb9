import { expect, test } from '@jest/globals';
import { evidenceOf } from '../../../src/diagnose/case.ts';
import { diagnose } from '../../../src/diagnose/diagnose.ts';

const FORBIDDEN = 'ClientError: Data download failed:403 Forbidden (403): Forbidden';
const denied = (detail: string) => ({
  ...evidenceOf({
    status: 'Failed',
    failure_reason: FORBIDDEN,
    request_facts: { role: 'arn:aws:iam::111122223333:role/t' },
  }),
  role: [{ action: 's3:GetObject', resource: 'arn:aws:s3:::acme/data/any-object', allowed: false, detail }],
});

test.each([
  ['implicitDeny', /^Add to .*"s3:GetObject".*arn:aws:s3:::acme\/data\/\*/],
  ['explicitDeny', /^Take the Deny of s3:GetObject on arn:aws:s3:::acme\/data\/\* off .*role\/t: no Allow helps/],
])('what to do about an %s', (detail, first) => {
  const { label, remedy } = diagnose(denied(detail));
  expect(label).toBe('s3-access-denied');
  expect(remedy[0]).toMatch(first);
  expect(remedy.filter((step) => /Add to|Take the Deny/.test(step))).toHaveLength(1);
});
