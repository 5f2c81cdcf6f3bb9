/**
 * When to ask next. Often when something is about to change, rarely when nothing is. Pure; all times in seconds.
 */
import type { Phase } from '../job/status.ts';

/** How long until the next DescribeTrainingJob, by the phase and the time since it was first seen. */
export function statusPause(phase: Phase | undefined, secondsInPhase: number): number {
  switch (phase) {
    // Right after an upload begins the end is near.
    case 'Uploading':
    case 'Stopping':
      return between(secondsInPhase / 4, 3, 10);
    case 'Downloading':
    case 'Interrupted':
    case 'Restarting':
      return between(secondsInPhase / 6, 4, 10);
    // Waiting for capacity can last hours: nothing is lost by noticing the start some seconds later.
    case 'Starting':
    case 'Pending':
      return between(secondsInPhase / 10, 4, 20);
    default:
      return between(secondsInPhase / 10, 5, 12);
  }
}

/** How long until the logs are read again: live while lines come, seldom while they do not. */
export function logPause(secondsSinceLastLine: number, phase: Phase | undefined): number {
  if (phase !== 'Training' && phase !== 'Uploading' && phase !== 'Stopping') return 20;
  return between(secondsSinceLastLine / 4, 5, 30);
}

/** A failed question is asked again later and later, then the schedule returns by itself. */
export function troublePause(failuresInARow: number): number {
  return between(2 ** failuresInARow, 4, 60);
}

function between(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
