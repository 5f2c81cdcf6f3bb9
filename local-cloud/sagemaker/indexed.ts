import type { Cloud } from '../state.ts';
import type { Job, JobState } from '../training/job.ts';
import { jobStore } from '../training/jobs.ts';

export interface IndexedJob {
  readonly job: Job;
  readonly state: JobState;
}

/** The jobs as the index behind Search and ListTrainingJobs has them: late by what the script says. */
export function indexedJobs(cloud: Cloud): IndexedJob[] {
  const now = cloud.clock.now();
  return [...cloud.shared(jobStore).jobs.values()].flatMap((job) => {
    const state = job.stateAt(now - (job.delays.search ?? 0) * 1000);
    return state === undefined ? [] : [{ job, state }];
  });
}
