import { describe, expect, it } from '@jest/globals';
import type { Phase } from '../../../src/job/status.ts';
import { logPause, statusPause, troublePause } from '../../../src/watch/schedule.ts';

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
    for (const pause of [(time: number) => statusPause(phase, time), (time: number) => logPause(time, phase)]) {
      const pauses = TIMES.map(pause);
      for (const one of pauses) {
        expect(one).toBeGreaterThanOrEqual(3);
        expect(one).toBeLessThanOrEqual(30);
      }
      expect([...pauses].sort((a, b) => a - b)).toEqual(pauses);
    }
  });

  it('is quickest where the end is near', () => {
    expect(statusPause('Uploading', 0)).toBeLessThan(statusPause('Training', 0));
    expect(statusPause('Uploading', 1e6)).toBeLessThanOrEqual(10);
  });

  it('is patient with trouble, but not for ever', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 2000].map(troublePause)).toEqual([4, 4, 8, 16, 32, 60, 60, 60]);
  });
});
