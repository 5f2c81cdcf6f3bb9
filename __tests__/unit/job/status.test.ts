import { describe, expect, it } from '@jest/globals';
import { toJobStatus } from '../../../src/job/status.ts';
import { described, transitions } from '../../fixtures/doors.ts';

describe('the status of a job', () => {
  it.each([
    ['InProgress', 'Starting', 'Starting'],
    ['InProgress', 'LaunchingMLInstances', 'Starting'],
    ['InProgress', 'Pending', 'Pending'],
    ['InProgress', 'Downloading', 'Downloading'],
    ['InProgress', 'DownloadingTrainingImage', 'Downloading'],
    ['InProgress', 'Training', 'Training'],
    ['InProgress', 'Interrupted', 'Interrupted'],
    ['InProgress', 'Uploading', 'Uploading'],
    ['InProgress', 'Restarting', 'Restarting'],
    ['Stopping', 'Stopping', 'Stopping'],
    ['Stopping', 'Uploading', 'Uploading'],
    ['InProgress', 'Updating', 'Other'],
    ['InProgress', 'SomethingNew', 'Other'],
    ['InProgress', 'constructor', 'Other'],
    ['SomethingNew', 'Training', 'Training'],
    ['SomethingNew', 'Completed', 'Other'],
    ['Deleting', 'Completed', 'Other'],
  ])('%s/%s is live in %s: what is not known is no end', (status, secondary, phase) => {
    expect(toJobStatus(described(status, secondary))).toMatchObject({
      kind: 'live',
      phase,
      isStopping: status === 'Stopping',
      secondaryStatus: secondary,
    });
  });

  it.each([
    ['Stopped', 'user'],
    ['MaxRuntimeExceeded', 'max-runtime'],
    ['MaxWaitTimeExceeded', 'max-wait'],
    ['SomethingNew', 'user'],
  ])('Stopped/%s was stopped by %s', (secondary, by) => {
    expect(toJobStatus(described('Stopped', secondary))).toMatchObject({ kind: 'stopped', by });
  });

  it('Completed and Failed are the other ends; a failure may have no reason', () => {
    expect(toJobStatus(described('Completed'))).toMatchObject({ kind: 'completed' });
    const FailureReason = 'AlgorithmError: ExecuteUserScriptError';
    expect(toJobStatus(described('Failed', 'Failed', { FailureReason }))).toMatchObject({
      kind: 'failed',
      reason: FailureReason,
    });
    expect(toJobStatus(described('Failed'))).toMatchObject({ kind: 'failed', reason: undefined });
  });

  it('counts interruptions and keeps the transitions', () => {
    const list = transitions('Starting', 'Training', 'Interrupted', 'Starting', 'Interrupted', 'Training: again');
    const status = toJobStatus(described('InProgress', 'Training', { SecondaryStatusTransitions: list }));
    expect(status.interruptions).toBe(2);
    expect(status.transitions.at(-1)).toEqual({ status: 'Training', message: 'again', startedAt: 1_790_236_805 });
  });

  it('takes an empty answer', () => {
    expect(toJobStatus({} as never)).toEqual({
      kind: 'live',
      phase: 'Other',
      isStopping: false,
      secondaryStatus: '',
      transitions: [],
      interruptions: 0,
    });
    const list = [{}] as never;
    expect(toJobStatus(described('InProgress', 'Starting', { SecondaryStatusTransitions: list })).transitions).toEqual([
      { status: '', message: '', startedAt: 0 },
    ]);
  });
});
