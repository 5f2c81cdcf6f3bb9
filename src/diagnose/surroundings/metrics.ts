/** What CloudWatch was told of a job's hosts: which series are asked for, over which time, and how closely. */
import type { DescribeTrainingJobResponse, HostMetric, Metrics } from '../../ports.ts';
import type { MetricSeries } from '../evidence.ts';
import { hardwareOf } from '../remedies/hardware.ts';

/** Of one series: a day at one point a minute; a longer job gets longer periods. */
const MOST_POINTS = 1440;
/** Of a job with more hosts the first ones stand for all. */
const MOST_HOSTS = 20;
/** One-minute data. Seconds. */
const PERIOD = 60;
/** The last values arrive some minutes late, and CloudWatch cuts seconds off. Seconds. */
const SLACK = 300;

/** A peak of memory or disk kills; of a processor the average over a period tells the load. */
const HOST: readonly Omit<HostMetric, 'host'>[] = [
  { name: 'MemoryUtilization', statistic: 'Maximum' },
  { name: 'CPUUtilization', statistic: 'Average' },
  { name: 'DiskUtilization', statistic: 'Maximum' },
];
const GPU: readonly Omit<HostMetric, 'host'>[] = [
  { name: 'GPUMemoryUtilization', statistic: 'Maximum' },
  { name: 'GPUUtilization', statistic: 'Average' },
];

/** Series that have points, by `algo-1/MemoryUtilization`. A job that never held a machine has none, and is not asked about. */
export async function gatherMetrics(
  job: DescribeTrainingJobResponse,
  now: number,
  { series }: Metrics,
): Promise<readonly MetricSeries[]> {
  const startedAt = seconds(job.TrainingStartTime);
  if (startedAt === undefined || job.TrainingJobName === undefined) return [];
  const from = Math.floor(startedAt / PERIOD) * PERIOD;
  const to = (seconds(job.TrainingEndTime) ?? now) + SLACK;
  const period = Math.max(1, Math.ceil((to - from) / PERIOD / MOST_POINTS)) * PERIOD;
  const found = await series({ jobName: job.TrainingJobName, metrics: metricsOf(job), from, to, period });
  return found
    .filter(({ points }) => points.length > 0)
    .map(({ host, name, points }) => ({ name: `${host}/${name}`, points }));
}

function metricsOf({ ResourceConfig: resources }: DescribeTrainingJobResponse): readonly HostMetric[] {
  const groups = resources?.InstanceGroups ?? [];
  const count = resources?.InstanceCount ?? groups.reduce((sum, { InstanceCount = 0 }) => sum + InstanceCount, 0);
  const types = [resources?.InstanceType, ...groups.map(({ InstanceType }) => InstanceType)];
  // Of a type that is not known here it is not known either that it has no GPU.
  const gpus = types.some((type) => type !== undefined && (hardwareOf(type)?.gpus ?? 1) > 0);
  const hosts = Array.from({ length: Math.min(Math.max(1, count), MOST_HOSTS) }, (_, index) => `algo-${index + 1}`);
  return hosts.flatMap((host) => [...HOST, ...(gpus ? GPU : [])].map((metric) => ({ host, ...metric })));
}

function seconds(time: DescribeTrainingJobResponse['TrainingStartTime']): number | undefined {
  return time && time.getTime() / 1000;
}
