import { describe, expect, it } from '@jest/globals';
import { makeRecorder } from '../../../src/watch/recorder.ts';
import { secretsOf } from '../../fixtures/doors.ts';

const METRICS = [{ name: 'loss', regex: 'loss=([0-9.]+)' }];

function record(lines: readonly string[], tailLines = 3, secrets = secretsOf()) {
  const recorder = makeRecorder(METRICS, tailLines, secrets);
  for (const line of lines) recorder.record({ kind: 'lines', node: 'algo-1', lines: [line] });
  return recorder;
}

describe('the recorder', () => {
  it('keeps the last lines, as a terminal would show them, and no more of each than fits', () => {
    const recorder = record(['a', 'b', ' 1%\r99%', '\u001b[31mred\u001b[0m', 'x'.repeat(1_000_000)]);
    const tail = recorder.tail().map(({ line }) => line);
    expect(tail.slice(0, 2)).toEqual(['99%', 'red']);
    expect(tail[2]).toHaveLength(2000);
    expect(record(['a'], 0).tail()).toEqual([]);
  });

  it('redacts before it cuts', () => {
    const line = `${'x'.repeat(1990)}super-secret-value`;
    expect(record([line], 3, secretsOf('super-secret-value')).tail()[0]?.line).toBe(`${'x'.repeat(1990)}***`);
  });

  it('observes the metrics', () => {
    expect(record(['loss=2', 'loss=1', 'loss=3']).observed().get('loss')).toEqual({
      last: 3,
      min: 1,
      max: 3,
      points: 3,
    });
  });

  it('counts steps that are printed again after an interruption once', () => {
    const recorder = makeRecorder(METRICS, 3, secretsOf());
    recorder.record({ kind: 'lines', node: 'algo-1', lines: ['step 1 loss=3', 'step 2 loss=2', 'step 3 loss=1'] });
    recorder.record({ kind: 'transition', status: 'Interrupted', message: '', at: 0 });
    recorder.record({ kind: 'lines', node: 'algo-1', lines: ['step 1 loss=3.5', 'step 2 loss=2.5'] });
    expect(recorder.observed().get('loss')).toEqual({ last: 2.5, min: 2.5, max: 3.5, points: 2 });
    expect(recorder.curves(10).get('loss')).toEqual([
      { order: 1, value: 3.5, place: [-1, 1] },
      { order: 2, value: 2.5, place: [-1, 2] },
    ]);
    expect(recorder.metricNotes()).toEqual([]);
  });

  it.each([
    'resumed from /opt/ml/checkpoints/step-240.json at step 240',
    'Resuming training from checkpoint-500',
    'Loading checkpoint epoch=3.ckpt',
    'Restored iteration 100',
    'continuing from step 7',
  ])('quotes %j', (line) => {
    expect(record([line, 'step 241']).resumeQuote()).toBe(line);
  });

  it.each(['step 3 loss=1', 'resume.json written', 'restored defaults', 'no checkpoint found, starting fresh'])(
    'does not take %j for going on',
    (line) => {
      expect(record([line]).resumeQuote()).toBeUndefined();
    },
  );

  it('quotes the last such line', () => {
    expect(record(['resumed at step 1', 'resumed at step 2', 'end']).resumeQuote()).toBe('resumed at step 2');
  });

  it('takes no notice of other events', () => {
    const recorder = record([]);
    recorder.record({ kind: 'transition', status: 'Training', message: 'loss=1', at: 0 });
    expect(recorder.tail()).toEqual([]);
  });
});
