import type { Cloud } from '../state.ts';
import type { Job } from '../training/job.ts';
import { jobStore } from '../training/jobs.ts';
import type { Call, Service } from '../types.ts';
import { accessDenied, unknownJob, validationError } from './errors.ts';
import { describeJob } from './view.ts';

/** DescribeTrainingJob and StopTrainingJob. */
export function describeAndStop(cloud: Cloud): Service {
  return {
    DescribeTrainingJob(call) {
      const job = jobOf(cloud, call);
      const age = (cloud.clock.now() - job.created) / 1000;
      // A policy that goes by tags says no until the tags of the create call have arrived everywhere.
      if (age < (job.delays.tags ?? 0)) throw accessDenied(call.principal, 'sagemaker:DescribeTrainingJob', job.arn);
      return { output: describeJob(job, cloud.clock.now()) };
    },
    StopTrainingJob(call) {
      const job = jobOf(cloud, call);
      if (job.isTerminal) {
        throw validationError(`The request was rejected because the training job is in status ${job.state.status}.`);
      }
      if (job.state.status === 'InProgress') job.enter('Stopping', 'Stopping the training job', 'Stopping');
      job.end('Stopped');
      return { output: {} };
    },
  };
}

function jobOf(cloud: Cloud, { input }: Call): Job {
  const job = cloud.shared(jobStore).jobs.get(String(input.TrainingJobName));
  if (job === undefined) throw unknownJob();
  return job;
}
