import { describe, expect, it } from '@jest/globals';
import type { KnownJob } from '../../../src/job/known-job.ts';
import { supersede } from '../../../src/job/supersede.ts';
import { awsError, DENIED, fakeTrainer, type TrainerScript } from '../../fixtures/doors.ts';

const OLD: KnownJob = {
  name: 'train-old-1',
  arn: 'arn:old',
  status: {
    kind: 'live',
    phase: 'Training',
    isStopping: false,
    secondaryStatus: 'Training',
    transitions: [],
    interruptions: 0,
  },
  createdAt: 1,
  checkpointUri: 's3://b/old/',
  tags: { 'train-commit': 'old' },
};
const tags = async (over: Readonly<Record<string, string>> = {}) =>
  Object.entries({ 'train-commit': 'old', 'train-wait': 'run:40', ...over }).map(([Key, Value]) => ({ Key, Value }));
const COMMAND = 'aws sagemaker stop-training-job --training-job-name train-old-1';

async function stopOld(script: TrainerScript) {
  const journal: string[] = [];
  const trainer = fakeTrainer({ tags: () => tags(), ...script }, journal);
  const notes = await supersede([OLD], 'new', { trainer });
  return { notes, stopped: journal.filter((line) => line.startsWith('stop')).length };
}

describe('an older training', () => {
  it('is tagged with its successor, stopped, and told as stopped', async () => {
    const { notes, stopped } = await stopOld({});
    expect(stopped).toBe(1);
    expect(notes).toEqual(['The older training train-old-1 was stopped.']);
  });

  it.each<[string, TrainerScript]>([
    ['that somebody left on purpose', { tags: () => tags({ 'train-wait': 'left' }) }],
    ['that another commit has adopted', { tags: () => tags({ 'train-commit': 'newer' }) }],
  ])('%s is neither stopped nor told of', async (_, script) => {
    await expect(stopOld(script)).resolves.toEqual({ notes: [], stopped: 0 });
  });

  it('that has just ended needs no word', async () => {
    const ended = awsError(
      'ValidationException',
      'The request was rejected because the training job is in status Failed.',
    );
    const { notes } = await stopOld({ stop: () => Promise.reject(ended) });
    expect(notes).toEqual([]);
  });

  it.each<[string, TrainerScript, string, number]>([
    ['cannot be stopped', { stop: () => Promise.reject(DENIED('sagemaker:StopTrainingJob')) }, 'StopTrainingJob', 1],
    ['has an owner that cannot be read', { tags: () => Promise.reject(DENIED('sagemaker:ListTags')) }, 'ListTags', 0],
  ])('that %s is told as one that goes on, with the command that ends it', async (_, script, names, stops) => {
    const { notes, stopped } = await stopOld(script);
    expect(stopped).toBe(stops);
    expect(notes).toEqual([expect.stringContaining(names)]);
    expect(notes[0]).toContain(COMMAND);
  });
});
