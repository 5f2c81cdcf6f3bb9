import type { Cloud } from '../state.ts';
import type { Job, LocalMode } from './job.ts';

/** All jobs of the account, by name, in the order of creation. Names are taken for ever. */
export interface JobStore {
  readonly jobs: Map<string, Job>;
  /** What still runs for a job; awaited at the end of the cloud. */
  readonly running: Map<Job, Promise<void>>;
}

/** The jobs of a cloud; use it as `cloud.shared(jobStore)`. Closing or resetting the cloud ends them and all they started. */
export function jobStore(cloud: Cloud): JobStore {
  const store: JobStore = { jobs: new Map(), running: new Map() };
  const endAll = async () => {
    for (const job of store.running.keys()) job.end('closed');
    await Promise.all(store.running.values());
    store.jobs.clear();
  };
  cloud.onClose(endAll);
  cloud.onReset(endAll);
  return store;
}

/** What the API does not tell of the jobs: whether and how each really ran. */
export function localJobs(cloud: Cloud): { name: string; status: string; secondary: string; localMode: LocalMode }[] {
  return [...cloud.shared(jobStore).jobs.values()].map(({ name, state, localMode }) => {
    const { status, secondary } = state;
    return { name, status, secondary, localMode };
  });
}
