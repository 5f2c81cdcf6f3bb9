import { type StartDoors, startJob } from '../../../src/job/start.ts';
import type { DescribeTrainingJobResponse } from '../../../src/ports.ts';
import {
  arnOf,
  awsError,
  fakeRunner,
  fakeTrainer,
  secretsOf,
  type TrainerScript,
  UNKNOWN_JOB,
} from '../../fixtures/doors.ts';
import { FakeClock } from '../../fixtures/fake-clock.ts';
import { makeJobPlan, makePlan } from '../../fixtures/plans.ts';

export const plan = makePlan();
export const job = makeJobPlan();
export const IN_USE = () => awsError('ResourceInUse', 'Training job names must be unique');
export const NOT_ASSUMABLE = () => awsError('ValidationException', 'Could not assume role x.');

export function world(script: TrainerScript & { readonly put?: Error } = {}) {
  const journal: string[] = [];
  const clock = new FakeClock();
  const abort = new AbortController();
  const doors: StartDoors = {
    trainer: fakeTrainer(script, journal),
    store: {
      put: async (uri) => {
        journal.push(`put ${uri.slice(plan.s3Uri.length)}`);
        if (script.put) throw script.put;
      },
      list: async () => ({ objects: [] }),
    },
    runner: fakeRunner({}, {}, {}, journal),
    secrets: secretsOf(),
    clock,
    signal: abort.signal,
  };
  const begun = clock.now();
  return {
    journal,
    clock,
    abort,
    passed: () => clock.now() - begun,
    start: async () => {
      const result = await startJob({ plan, job, fingerprinted: true }, doors);
      return result.kind === 'job' ? result.job : result;
    },
  };
}

/** The jobs that exist, by ordinal. */
export const existing =
  (...jobs: readonly DescribeTrainingJobResponse[]) =>
  (name: string) => {
    const found = jobs[Number(name.split('-').at(-1)) - 1];
    if (!found) throw UNKNOWN_JOB();
    return { CheckpointConfig: { S3Uri: job.checkpointUri }, ...found, TrainingJobArn: arnOf(name) };
  };

/** Only the first name is ever answered for, by these answers in turn. */
export const firstOnly = (answer: () => unknown) => async (name: string) => {
  if (name !== job.name(1)) throw UNKNOWN_JOB();
  return { CheckpointConfig: { S3Uri: job.checkpointUri }, ...((await answer()) as DescribeTrainingJobResponse) };
};
