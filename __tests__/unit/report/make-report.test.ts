import { describe, expect, it } from '@jest/globals';
import { Failure } from '../../../src/failure.ts';
import type { Image } from '../../../src/image/ensure.ts';
import { type Facts, makeReport, toFailure } from '../../../src/report/make-report.ts';
import { arnOf, awsError, described, transitions } from '../../fixtures/doors.ts';
import { ENV, IMAGE, makeInputs, makeJobPlan, makePlan, makeSubject, SHA } from '../../fixtures/plans.ts';
import { makeGate } from '../../fixtures/reports.ts';

const image: Image = { ...IMAGE, source: 'built', reason: 'it was not there yet', notes: [] };
const begun = (): Facts => ({ inputs: makeInputs(), subject: makeSubject(), startedAt: 0, notes: [] });
const started = (): Facts => ({
  ...begun(),
  plan: makePlan(),
  image,
  jobPlan: makeJobPlan(),
  started: {
    name: 'train-x-1',
    arn: arnOf('train-x-1'),
    origin: 'started',
    checkpointUri: makeJobPlan().checkpointUri,
    createdAt: undefined,
  },
});
const failure = new Failure('IMAGE_BUILD_FAILED', 'docker build ended', 'Correct the Dockerfile.');

describe('the report', () => {
  it('exists from the first moment, running', () => {
    expect(makeReport(begun(), ENV)).toMatchObject({
      name: 'forecast',
      repository: 'acme/demand',
      runUrl: 'https://github.com/acme/demand/actions/runs/7001/attempts/2',
      commit: { sha: SHA, branch: 'feature/longer-history', merge: undefined },
      conclusion: 'running',
      job: undefined,
      metrics: [],
      gates: [],
      receipt: undefined,
    });
  });

  it.each<[string, Partial<Facts>, string]>([
    ['a job that runs', { outcome: { kind: 'running', phase: 'Training' } }, 'running'],
    ['a completed job', { outcome: { kind: 'completed' } }, 'success'],
    [
      'a gate that fails',
      { outcome: { kind: 'completed' }, gates: [makeGate('val_mape <= 0.12', 0.5, 0.12)] },
      'failure',
    ],
    ['a failed job', { outcome: { kind: 'failed', reason: undefined } }, 'failure'],
    ['a stopped job', { outcome: { kind: 'stopped', by: 'user' } }, 'cancelled'],
    ['a lost one', { outcome: { kind: 'lost', why: 'x', remedy: 'y' } }, 'pending'],
    ['a newer head', { outcome: { kind: 'head-moved', head: 'c'.repeat(40) } }, 'cancelled'],
    ['a failure of ours', { failure }, 'failure'],
    ['a failure after a job completed', { outcome: { kind: 'completed' }, failure }, 'failure'],
    ['a cancellation before the job', { failure: new Failure('CANCELLED', 'x', 'y') }, 'cancelled'],
  ])('of %s concludes', (_, facts, conclusion) => {
    expect(makeReport({ ...started(), ...facts }, ENV).conclusion).toBe(conclusion);
  });

  it('names the job, its places and the merge that was trained', () => {
    const facts: Facts = {
      ...started(),
      plan: makePlan({ trained: { sha: 'e'.repeat(40), isMerge: true } }),
      job: described('Completed', 'Completed', {
        ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
        BillableTimeInSeconds: 36,
        TrainingTimeInSeconds: 72,
        SecondaryStatusTransitions: transitions('Starting', 'Training', 'Interrupted', 'Training'),
      }),
      modelArtifacts: 's3://b/model.tar.gz',
    };
    expect(makeReport(facts, ENV)).toMatchObject({
      commit: { merge: { sha: 'e'.repeat(40), base: 'main' } },
      job: {
        name: 'train-x-1',
        arn: arnOf('train-x-1'),
        status: 'Completed',
        imageUri: IMAGE.uri,
        imageSource: 'built',
        imageReason: 'it was not there yet',
        checkpointUri: makeJobPlan().checkpointUri,
        consoleUrl: expect.stringContaining('us-east-1'),
        modelArtifacts: 's3://b/model.tar.gz',
        origin: 'started',
        createdAt: undefined,
      },
      receipt: { interruptions: 1, billableSeconds: 36, trainingSeconds: 72 },
    });
  });

  it('of a reused job tells what that one was made of', () => {
    const facts: Facts = {
      ...started(),
      started: { name: 'train-x-1', arn: 'a', origin: 'reused', checkpointUri: 's3://b/c/', createdAt: 1_790_236_800 },
      job: described('Completed', 'Completed', {
        CheckpointConfig: { S3Uri: 's3://old/ckpt/' },
        AlgorithmSpecification: { TrainingImage: 'old/image@sha256:1', TrainingInputMode: 'File' },
      }),
    };
    expect(makeReport(facts, ENV).job).toMatchObject({
      origin: 'reused',
      createdAt: '2026-09-24T08:00:00.000Z',
      checkpointUri: 's3://old/ckpt/',
      imageUri: 'old/image@sha256:1',
    });
  });

  it('names environment variables without their values', () => {
    const facts = { ...begun(), inputs: makeInputs({ data: { environment: { WANDB_API_KEY: 'secret-value' } } }) };
    const report = makeReport(facts, ENV);
    expect(report.request?.environmentNames).toEqual(['WANDB_API_KEY']);
    expect(JSON.stringify(report)).not.toContain('secret-value');
  });
});

describe('whatever was thrown', () => {
  it('stays a Failure', () => {
    expect(toFailure(failure)).toBe(failure);
  });

  it.each([
    [awsError('AccessDeniedException', 'not authorized to perform: ecr:DescribeImages'), 'AWS_ACCESS_DENIED'],
    [awsError('ThrottlingException', 'Rate exceeded'), 'AWS_UNAVAILABLE'],
    [awsError('TimeoutError', 'socket hang up'), 'AWS_UNAVAILABLE'],
    [awsError('ExpiredTokenException', 'expired'), 'CREDENTIALS_EXPIRED'],
    [new TypeError('x is not a function'), 'INTERNAL'],
    ['a text', 'INTERNAL'],
    [undefined, 'INTERNAL'],
  ])('%s is %s', (error, code) => {
    expect(toFailure(error)).toMatchObject({ code, remedy: expect.stringMatching(/\w/) });
  });
});
