import { describe, expect, it } from '@jest/globals';
import { Failure } from '../../../src/failure.ts';
import { remedyForLoss } from '../../../src/watch/loss.ts';
import { awsError, DENIED, UNKNOWN_JOB } from '../../fixtures/doors.ts';

const EARLY = { followedFor: 100, silentFor: 100 };
const LATER = { followedFor: 5000, silentFor: 100 };
const SILENT = { followedFor: 5000, silentFor: 1801 };
const NOT_TRUSTED = awsError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
const NO_TOKEN = new Failure('CREDENTIALS_MISSING', 'no token', 'Give the job id-token: write.');
const GITHUB_DOWN = new Failure('GITHUB_UNAVAILABLE', 'no answer', 'Give the job id-token: write.');

describe('a job that cannot be read', () => {
  it.each([
    ['the right has not spread yet', DENIED(), EARLY],
    ['the job cannot be seen yet', UNKNOWN_JOB(), EARLY],
    ['AWS is in trouble', awsError('InternalFailure'), LATER],
    ['AWS asks for patience', awsError('ThrottlingException'), LATER],
    ['GitHub gives no token for the moment', GITHUB_DOWN, LATER],
  ])('may be readable again: %s', (_, error, blindness) => {
    expect(remedyForLoss(error, blindness)).toBeUndefined();
  });

  it.each([
    ['the right is missing', DENIED(), LATER, 'sagemaker:DescribeTrainingJob'],
    ['the session is over', awsError('ExpiredTokenException'), EARLY, 'role-to-assume'],
    ['the role does not trust the workflow any more', NOT_TRUSTED, EARLY, 'trust policy'],
    ['there is no right to a token any more', NO_TOKEN, EARLY, 'id-token: write'],
    ['AWS is silent for too long', awsError('InternalFailure'), SILENT, 'half an hour'],
    ['GitHub gives no token for too long', GITHUB_DOWN, SILENT, 'id-token: write'],
  ])('is lost for this run, with a remedy: %s', (_, error, blindness, names) => {
    const remedy = remedyForLoss(error, blindness);
    expect(remedy).toContain(names);
    expect(remedy).toContain('run this job again: it finds the training job and follows it');
  });
});
