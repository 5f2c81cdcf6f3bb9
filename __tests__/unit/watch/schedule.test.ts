import { describe, expect, it } from '@jest/globals';
import type { Phase } from '../../../src/job/status.ts';
import { logPause, mustList, nextStretch, statusPause, troublePause } from '../../../src/watch/schedule.ts';

const PHASES: readonly (Phase | undefined)[] = [
  'Starting',
  'Pending',
  'Downloading',
  'Training',
  'Interrupted',
  'Uploading',
  'Stopping',
  'Restarting',
  'Other',
  undefined,
];
const TIMES = [0, 1, 5, 30, 60, 600, 3600, 86_400, 1e9];

describe('the schedule', () => {
  it.each(PHASES)('in %s stays within its bounds and never asks more often as time goes by', (phase) => {
    const bounds: readonly (readonly [(time: number) => number, number])[] = [
      [(time) => statusPause(phase, time), 20],
      [(time) => logPause(time, phase), 150],
    ];
    for (const [pause, most] of bounds) {
      const pauses = TIMES.map(pause);
      for (const one of pauses) {
        expect(one).toBeGreaterThanOrEqual(4);
        expect(one).toBeLessThanOrEqual(most);
      }
      expect([...pauses].sort((a, b) => a - b)).toEqual(pauses);
    }
  });

  it('is quickest where the end is near', () => {
    expect(statusPause('Uploading', 0)).toBeLessThan(statusPause('Training', 0));
    expect(statusPause('Uploading', 1e6)).toBeLessThanOrEqual(10);
  });

  it.each([
    ['streams are missing', true, 'Training', 1e6, 1, true],
    ['the container has just started', false, 'Training', 30, 1, true],
    ['all streams are known', false, 'Training', 1e6, 300, false],
    ['the upload has just begun: no container starts there', false, 'Uploading', 1, 300, false],
    ['it was long ago', false, 'Training', 1e6, 900, true],
  ] as const)('lists the log streams when they may be new: %s', (_, isMissing, phase, inPhase, sinceListed, lists) => {
    expect(mustList(isMissing, phase, inPhase, sinceListed)).toBe(lists);
  });

  it('is patient with trouble, but not for ever', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 2000].map(troublePause)).toEqual([4, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('slows down while the client has to ask twice, and recovers when it has not', () => {
    let stretch = 1;
    const stretches = [3, 2, 2, 5, 1, 1, 1, 1].map((attempts) => {
      stretch = nextStretch(stretch, attempts);
      return stretch;
    });
    expect(stretches).toEqual([2, 4, 4, 4, 2, 1, 1, 1]);
  });
});
