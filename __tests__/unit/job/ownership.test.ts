import { describe, expect, it } from '@jest/globals';
import { afterwards, relinquish } from '../../../src/job/ownership.ts';
import {
  awsError,
  DENIED,
  described,
  fakeTrainer,
  inTurn,
  type TrainerScript,
  UNKNOWN_JOB,
} from '../../fixtures/doors.ts';
import { FakeClock } from '../../fixtures/fake-clock.ts';

const ENDED = awsError(
  'ValidationException',
  'The request was rejected because the training job is in status Completed.',
);
const DOWN = awsError('InternalFailure', 'down');
const waits = (value: string) => async () => [{ Key: 'train-wait', Value: value }];

function relinquished(script: TrainerScript, over: { onCancel?: 'stop' | 'leave'; patient?: boolean } = {}) {
  const clock = new FakeClock();
  const begun = clock.now();
  const trainer = fakeTrainer({
    describe: () => described('InProgress', 'Training'),
    tags: waits('run:7001'),
    ...script,
  });
  const task = { jobName: 'train-job', runId: '7001', onCancel: 'stop' as const, patient: false, ...over };
  const done = relinquish(task, { trainer, clock });
  return { done, calls: trainer.calls, passed: () => clock.now() - begun };
}

const changed = (calls: readonly string[]) => calls.filter((call) => /^(stop|addTags)/.test(call));

describe('a job whose run ends', () => {
  it('is stopped while it is that run’s', async () => {
    const { done, calls } = relinquished({});
    await expect(done).resolves.toEqual({ kind: 'stopping' });
    expect(changed(calls)).toEqual(['stop train-job']);
  });

  it.each(['run:7002', 'run:70011', 'left', 'handed-over', 'reported', ''])(
    'is left alone when it waits for %j',
    async (value) => {
      for (const onCancel of ['stop', 'leave'] as const) {
        const { done, calls } = relinquished({ tags: waits(value) }, { onCancel });
        await expect(done).resolves.toEqual({ kind: 'not-ours' });
        expect(changed(calls)).toEqual([]);
      }
    },
  );

  it.each<[string, TrainerScript]>([
    ['the tags cannot be read', { tags: () => Promise.reject(DENIED('sagemaker:ListTags')) }],
    ['the tag is missing', { tags: async () => [{ Key: 'train-name', Value: 'run:7002' }] }],
    ['the job cannot be read', { describe: () => Promise.reject(DOWN) }],
  ])('is stopped all the same when %s', async (_, script) => {
    const { done, calls } = relinquished(script);
    await expect(done).resolves.toEqual({ kind: 'stopping' });
    expect(changed(calls)).toEqual(['stop train-job']);
  });

  it.each([
    [ENDED, 'already-ended'],
    [UNKNOWN_JOB(), 'no-such-job'],
  ])('needs no stop after its end: %s', async (error, kind) => {
    await expect(relinquished({ stop: () => Promise.reject(error) }).done).resolves.toEqual({ kind });
  });

  it('that could not be stopped says why, after one try in main and a bounded minute in the post step', async () => {
    const once = relinquished({ stop: () => Promise.reject(DOWN) });
    await expect(once.done).resolves.toEqual({ kind: 'failed', error: DOWN, wish: 'stop' });
    expect(changed(once.calls)).toHaveLength(1);

    const patient = relinquished({ stop: () => Promise.reject(DOWN) }, { patient: true });
    await expect(patient.done).resolves.toMatchObject({ kind: 'failed' });
    expect(changed(patient.calls).length).toBeGreaterThan(4);
    expect(patient.passed()).toBeLessThanOrEqual(60);
  });

  it('is stopped by a later try', async () => {
    const { done, passed } = relinquished({ stop: inTurn<unknown>(DOWN, DOWN, undefined) }, { patient: true });
    await expect(done).resolves.toEqual({ kind: 'stopping' });
    expect(passed()).toBe(3);
  });
});

describe('under on-cancel: leave', () => {
  const leave = (script: TrainerScript, patient = false) => relinquished(script, { onCancel: 'leave', patient });

  it('it is marked as left and never stopped', async () => {
    const { done, calls } = leave({});
    await expect(done).resolves.toEqual({ kind: 'left' });
    expect(changed(calls)).toEqual([expect.stringMatching(/^addTags .* train-wait=left$/)]);
  });

  it.each<[string, TrainerScript]>([
    ['cannot be read', { describe: () => Promise.reject(DOWN) }],
    ['cannot be tagged', { addTags: () => Promise.reject(DENIED('sagemaker:AddTags')) }],
  ])('it is not stopped because it %s', async (_, script) => {
    const { done, calls } = leave(script, true);
    await expect(done).resolves.toMatchObject({ kind: 'failed', wish: 'leave' });
    expect(calls.some((call) => call.startsWith('stop'))).toBe(false);
    expect(afterwards(await done)).toBe('left');
  });

  it('a job that ended or never was needs no mark', async () => {
    const ended = leave({ describe: () => described('Completed') });
    await expect(ended.done).resolves.toEqual({ kind: 'already-ended' });
    expect(changed(ended.calls)).toEqual([]);
    await expect(leave({ describe: () => Promise.reject(UNKNOWN_JOB()) }).done).resolves.toEqual({
      kind: 'no-such-job',
    });
  });
});
