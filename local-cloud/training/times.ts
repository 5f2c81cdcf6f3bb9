import type { SecondaryStatus, Transition } from './job.ts';

/** Secondary statuses during which the instances are there and billed. */
export const ON_INSTANCES: readonly SecondaryStatus[] = ['Downloading', 'Training', 'Uploading', 'Stopping'];

/** Seconds (not rounded) spent in these statuses; a transition without end lasts until `now` (epoch milliseconds). */
export function ranSeconds(
  transitions: readonly Transition[],
  now: number,
  statuses: readonly SecondaryStatus[],
): number {
  return transitions
    .filter(({ status }) => statuses.includes(status))
    .reduce((sum, { start, end = now }) => sum + (end - start) / 1000, 0);
}
