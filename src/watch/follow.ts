/** Follows a job to its end. Asks and tells; decides nothing about the job and knows no GitHub. */
import type { Followed, JobEvent } from './events.ts';
import { JobWatch, type WatchDoors } from './job-watch.ts';

/** Tells what happens, in order, until the ending is known; nothing is told after that. Throws only what `tell` throws. */
export async function follow(jobName: string, doors: WatchDoors, tell: (event: JobEvent) => void): Promise<Followed> {
  const { clock, signal } = doors;
  let over = false;
  const watch = new JobWatch(jobName, doors, (event) => {
    if (!over) tell(event);
  });
  const cancelled = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    while (!signal.aborted) {
      // A request in flight must not hold up a cancellation: the runner kills this process in seconds.
      await Promise.race([watch.askWhatIsDue(), cancelled]);
      const ending = watch.ending();
      if (ending) {
        await Promise.race([watch.drain(), cancelled]);
        return watch.followed(ending);
      }
      await clock.sleep(watch.pause(), signal);
    }
    return watch.followed({ kind: 'cancelled' });
  } finally {
    over = true;
  }
}
