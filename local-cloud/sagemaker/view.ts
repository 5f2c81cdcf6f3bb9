import { modelUri } from '../training/artifacts.ts';
import type { Job, JobState } from '../training/job.ts';

/** Parts of the request that Describe gives back as they came. */
const ECHOED = [
  'HyperParameters',
  'RoleArn',
  'InputDataConfig',
  'ResourceConfig',
  'VpcConfig',
  'CheckpointConfig',
  'DebugHookConfig',
  'ExperimentConfig',
  'DebugRuleConfigurations',
  'TensorBoardOutputConfig',
  'ProfilerConfig',
  'Environment',
  'RetryStrategy',
  'ModelPackageConfig',
] as const;

/** Those that Describe shows but Search does not. */
const DESCRIBE_ONLY = ['ProfilerRuleConfigurations', 'RemoteDebugConfig', 'InfraCheckConfig', 'MlflowConfig'] as const;

type View = Readonly<Record<string, unknown>>;

/** A job as DescribeTrainingJob answers it: without tags. */
export function describeJob(job: Job, now: number): View {
  return { ...jobView(job, job.state, now), ...echo(job, DESCRIBE_ONLY) };
}

/** A job as Search answers it: with tags, in the state it had for the index. */
export function searchJob(job: Job, state: JobState, now: number): View {
  const Tags = [...state.tags].map(([Key, Value]) => ({ Key, Value }));
  return { ...jobView(job, state, now), Tags };
}

/** A job as ListTrainingJobs answers it. */
export function summarizeJob(job: Job, state: JobState): View {
  return defined({
    TrainingJobName: job.name,
    TrainingJobArn: job.arn,
    CreationTime: job.created / 1000,
    TrainingEndTime: seconds(state.trainingEnd),
    LastModifiedTime: state.modified / 1000,
    TrainingJobStatus: state.status,
    SecondaryStatus: state.secondary,
  });
}

function jobView(job: Job, state: JobState, now: number): View {
  const { request } = job;
  return defined({
    ...summarizeJob(job, state),
    ...echo(job, ECHOED),
    AlgorithmSpecification: algorithm(job),
    OutputDataConfig: { CompressionType: 'GZIP', ...request.OutputDataConfig },
    StoppingCondition: { MaxRuntimeInSeconds: 86_400, ...request.StoppingCondition },
    // The object need not exist: it is looked for by whoever cares.
    ModelArtifacts: { S3ModelArtifacts: modelUri(request) },
    FailureReason: state.failureReason,
    TrainingStartTime: seconds(state.trainingStart),
    SecondaryStatusTransitions: state.transitions.map(({ status, start, end, message }) =>
      defined({ Status: status, StartTime: start / 1000, EndTime: seconds(end), StatusMessage: message }),
    ),
    FinalMetricDataList: finalMetrics(job, state, now),
    TrainingTimeInSeconds: state.trainingSeconds,
    BillableTimeInSeconds: state.billableSeconds,
    EnableNetworkIsolation: request.EnableNetworkIsolation ?? false,
    EnableInterContainerTrafficEncryption:
      (request as { EnableInterContainerTrafficEncryption?: boolean }).EnableInterContainerTrafficEncryption ?? false,
    EnableManagedSpotTraining: request.EnableManagedSpotTraining ?? false,
  });
}

/** One metric definition is enough to switch the time series on. */
function algorithm({ request: { AlgorithmSpecification: given } }: Job): View {
  const EnableSageMakerMetricsTimeSeries =
    (given.MetricDefinitions ?? []).length > 0 ||
    ((given as { EnableSageMakerMetricsTimeSeries?: boolean }).EnableSageMakerMetricsTimeSeries ?? false);
  return { ...given, EnableSageMakerMetricsTimeSeries };
}

/** They can come a little later than the final status. */
function finalMetrics(job: Job, { finalMetrics: metrics, trainingEnd }: JobState, now: number): View[] | undefined {
  const delay = (job.delays.finalMetrics ?? 0) * 1000;
  if (metrics.length === 0 || trainingEnd === undefined || now < trainingEnd + delay) return undefined;
  // The field is a single-precision float: 0.1 comes back as 0.10000000149011612.
  return metrics.map(({ name, value, at }) => ({
    MetricName: name,
    Value: Math.fround(value),
    Timestamp: at / 1000,
  }));
}

function echo({ request }: Job, fields: readonly string[]): View {
  const given = request as unknown as Record<string, unknown>;
  return defined(Object.fromEntries(fields.map((field) => [field, given[field]])));
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

function defined(view: Record<string, unknown>): View {
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
}
