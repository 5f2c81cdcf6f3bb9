/** The plan of a job that runs or has ended already: the inputs as the job's own description and run file tell them. Pure. */
import type { ChannelSettings, Inputs } from '../inputs/inputs.ts';
import type { DescribeTrainingJobResponse } from '../ports.ts';
import type { ReadRunFile } from './read-run-file.ts';
import type { Subject } from './subject.ts';
import type { Trained } from './trained.ts';

export interface Told {
  readonly job: DescribeTrainingJobResponse;
  /** The `train-*` tags. */
  readonly tags: Readonly<Record<string, string>>;
  readonly runFile: ReadRunFile | undefined;
}

/** What was asked of SageMaker comes from its description, how to judge it from the run file; the rest is this step's. */
export function watchedInputs(inputs: Inputs, { job, tags, runFile }: Told, isOurs: boolean): Inputs {
  const { ResourceConfig: resources, StoppingCondition: limits } = job;
  const groups = resources?.InstanceGroups ?? [];
  const count = resources?.InstanceCount ?? groups.reduce((sum, { InstanceCount = 0 }) => sum + InstanceCount, 0);
  const statusContext = inputs.report.statusContext ?? runFile?.statusContext;
  return {
    ...inputs,
    ...(isOurs && { name: tags['train-name'] }),
    compute: {
      ...inputs.compute,
      instanceType: resources?.InstanceType ?? '',
      instanceCount: Math.max(1, count),
      volumeSizeGb: resources?.VolumeSizeInGB ?? 0,
      spot: job.EnableManagedSpotTraining === true,
      maxRunSeconds: limits?.MaxRuntimeInSeconds ?? 0,
      maxWaitSeconds: limits?.MaxWaitTimeInSeconds,
    },
    data: {
      ...inputs.data,
      executionRole: job.RoleArn ?? '',
      channels: channelsOf(job),
      hyperparameters: job.HyperParameters ?? {},
      environment: job.Environment ?? {},
      checkpointUri: job.CheckpointConfig?.S3Uri,
      checkpointPath: job.CheckpointConfig?.LocalPath ?? inputs.data.checkpointPath,
    },
    script: undefined,
    // Whoever only looks on stops nothing, whatever it costs.
    judge: { ...inputs.judge, ...(isOurs && runFile?.judge), maxCostUsd: undefined },
    report: { ...inputs.report, ...(isOurs && { statusContext }) },
  };
}

/** Which commit, branch and pull request the job is about: its own, not those of the event that watches it. */
export function watchedSubject(subject: Subject, { tags, runFile }: Told): Subject {
  return {
    ...subject,
    sha: tags['train-commit'] ?? subject.sha,
    branch: runFile?.branch ?? tags['train-branch'] ?? subject.branch,
    base: runFile?.base,
    pullRequest: Number(tags['train-pull-request']) || undefined,
  };
}

export function watchedTrained({ tags }: Told, subject: Subject): Trained {
  const sha = tags['train-tree'] ?? subject.sha;
  return { sha, isMerge: sha !== subject.sha };
}

function channelsOf({ InputDataConfig: channels = [] }: DescribeTrainingJobResponse): Record<string, ChannelSettings> {
  return Object.fromEntries(channels.map(({ ChannelName, ...settings }) => [ChannelName ?? '', settings]));
}
