/**
 * When to ask next. Often when something is about to change, rarely when nothing is: the end of a job is noticed within
 * seconds, and a quiet job of one node takes fewer than 400 status and log calls an hour (`npm run bench`). Pure; all
 * times in seconds.
 */
import type { Phase } from '../job/status.ts';

/** How long until the next DescribeTrainingJob, by the phase and the time since it was first seen. */
export function statusPause(phase: Phase | undefined, secondsInPhase: number): number {
  switch (phase) {
    // Right after an upload begins the end is near.
    case 'Uploading':
    case 'Stopping':
      return between(secondsInPhase / 8, 4, 10);
    case 'Downloading':
    case 'Interrupted':
    case 'Restarting':
      return between(secondsInPhase / 6, 5, 10);
    // Waiting for capacity can last hours: nothing is lost by noticing the start some seconds later.
    case 'Starting':
    case 'Pending':
      return between(secondsInPhase / 8, 5, 20);
    default:
      return between(secondsInPhase / 12, 8, 11.5);
  }
}

/** How long until the logs are read again: live while lines come, ever more seldom while they do not. */
export function logPause(secondsSinceLastLine: number, phase: Phase | undefined): number {
  switch (phase) {
    case 'Training':
      return between(secondsSinceLastLine / 3, 5, 150);
    case 'Uploading':
    case 'Stopping':
      return between(secondsSinceLastLine / 3, 10, 150);
    // Only a running container writes; a change of phase is a reason of its own to look.
    default:
      return 60;
  }
}

/** A container that starts, again or late, opens a stream of its own, and its first line takes a while to arrive. */
const STREAMS_APPEAR_WITHIN = 60;
const LIST_AT_LEAST_EVERY = 900;

/** Whether the log streams are listed before they are read. `isMissing`: fewer are known than there are nodes. */
export function mustList(
  isMissing: boolean,
  phase: Phase | undefined,
  secondsInPhase: number,
  secondsSinceListed: number,
): boolean {
  const justStarted = phase === 'Training' && secondsInPhase < STREAMS_APPEAR_WITHIN;
  return isMissing || justStarted || secondsSinceListed >= LIST_AT_LEAST_EVERY;
}

/** A failed question is asked again later and later, then the schedule returns by itself. */
export function troublePause(failuresInARow: number): number {
  return between(2 ** failuresInARow, 4, 60);
}

/**
 * By how much the pauses are stretched after an answer that took the client so many attempts: it was throttled, or the
 * service is in trouble, and asking less helps. Each answer at the first attempt takes half of it back.
 */
export function nextStretch(stretch: number, attempts: number): number {
  return attempts > 1 ? Math.min(stretch * 2, 4) : Math.max(stretch / 2, 1);
}

function between(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
