/** Follows a job to its end. Asks and tells; decides nothing about the job and knows no GitHub. */
import type { Followed, JobEvent } from './events.ts';
import { JobWatch, type WatchDoors, type WatchTask } from './job-watch.ts';

export interface FollowTask extends WatchTask {
  /** Epoch seconds: not waited for longer. */
  readonly until: number;
}

/** Tells what happens, in order, until the ending is known; nothing is told after that. Throws only what `tell` throws. */
export async function follow(task: FollowTask, doors: WatchDoors, tell: (event: JobEvent) => void): Promise<Followed> {
  const { clock, signal } = doors;
  let over = false;
  const watch = new JobWatch(task, doors, (event) => {
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
      const left = task.until - clock.now();
      if (left <= 0) return watch.followed({ kind: 'timeout' });
      await clock.sleep(Math.min(watch.pause(), left), signal);
    }
    return watch.followed({ kind: 'cancelled' });
  } finally {
    over = true;
  }
}
