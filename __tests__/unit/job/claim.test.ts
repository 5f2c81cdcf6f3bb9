import { describe, expect, it } from '@jest/globals';
import { claim, markReported, takeWaiting } from '../../../src/job/claim.ts';
import { awsError, DENIED, fakeTrainer } from '../../fixtures/doors.ts';

const US = { runId: '7001', attempt: '2' };
const asked = (answer: boolean | Error) => async () => ({
  runHasEnded: async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  },
});

describe('claim', () => {
  it.each([
    ['handed over', { 'train-wait': 'handed-over' }, false, 'taken'],
    ['of a run that has ended', { 'train-wait': 'run:6000' }, true, 'taken'],
    ['of a run that is live', { 'train-wait': 'run:6000' }, false, 'followed'],
    ['of an earlier attempt of this run', { 'train-wait': 'run:7001', 'train-run-attempt': '1' }, false, 'taken'],
    [
      'of this attempt: another job of it may wait',
      { 'train-wait': 'run:7001', 'train-run-attempt': '2' },
      true,
      'followed',
    ],
    ['left on purpose', { 'train-wait': 'left' }, true, 'followed'],
    ['reported already', { 'train-wait': 'reported' }, true, 'followed'],
    ['of nobody', {}, true, 'followed'],
    ['of something else', { 'train-wait': 'run:; rm' }, true, 'followed'],
  ] as const)('%s: %s', async (_, tags, ended, kind) => {
    expect(await claim(tags, US, { github: asked(ended) })).toEqual({ kind });
  });

  it('leaves a job alone where GitHub does not say, and names the right', async () => {
    const { kind, note } = await claim({ 'train-wait': 'run:6000' }, US, { github: asked(new Error('403')) });
    expect(kind).toBe('followed');
    expect(note).toContain('`actions: read`');
    expect(await claim({ 'train-wait': 'run:6000' }, US, { github: async () => undefined })).toEqual({
      kind: 'followed',
    });
  });
});

describe('the tags of a job', () => {
  it('name the run that waits from now on, and nothing of what was trained', async () => {
    const trainer = fakeTrainer();
    await expect(takeWaiting('arn', US, { trainer })).resolves.toBeUndefined();
    await expect(markReported('arn', { trainer })).resolves.toBeUndefined();
    expect(trainer.calls).toEqual([
      'addTags arn train-wait=run:7001 train-run-id=7001 train-run-attempt=2',
      'addTags arn train-wait=reported',
    ]);
  });

  it.each([
    ['a denial', DENIED('sagemaker:AddTags'), /needs sagemaker:AddTags/],
    ['a failure', awsError('InternalFailure', 'later'), /^The job could not be tagged \(later\)\.$/],
  ])('%s is no exception', async (_, error, expected) => {
    const addTags = async () => {
      throw error;
    };
    await expect(markReported('arn', { trainer: fakeTrainer({ addTags }) })).resolves.toMatch(expected);
  });
});
