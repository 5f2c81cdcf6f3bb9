import type { CloudClock } from './types.ts';

/** Node's timers fire at once beyond this many milliseconds. */
const LONGEST_TIMER_MS = 2_147_483_647;

export interface ScaledClock extends CloudClock {
  /** Real epoch milliseconds at which the cloud's time and ours were equal. */
  readonly epoch: number;
}

/** A clock of which `scale` seconds pass in one of ours, counted from `epoch` (real epoch milliseconds). */
export function createClock(scale: number, epoch: number = Date.now()): ScaledClock {
  if (!(scale > 0 && Number.isFinite(scale)))
    throw new RangeError(`The time scale must be a positive number, not ${scale}`);
  return {
    scale,
    epoch,
    now: () => Math.round(epoch + (Date.now() - epoch) * scale),
    sleep: (seconds, signal) => pause((seconds * 1000) / scale, signal),
  };
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(Math.max(milliseconds, 0), LONGEST_TIMER_MS));
    signal?.addEventListener('abort', done, { once: true });
  });
}
