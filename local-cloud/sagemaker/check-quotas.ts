import { createQuotas } from '../servicequotas/quotas.ts';
import type { Cloud } from '../state.ts';
import { jobStore } from '../training/jobs.ts';
import { hostsOf, type TrainingRequest } from '../training/request.ts';
import { CloudError } from '../types.ts';

interface Demand {
  readonly quota: string;
  readonly unit: 'Instances' | 'Seconds' | 'Gigabytes';
  readonly used: number;
  readonly wanted: number;
}

/**
 * Spot and on-demand instances have quotas of their own; a job that still waits for capacity counts as well. A quota
 * nobody has seen does not limit. Throws ResourceLimitExceeded.
 */
export function checkQuotas(cloud: Cloud, request: TrainingRequest): void {
  for (const { quota, unit, used, wanted } of demands(cloud, request)) {
    const limit = cloud.shared(createQuotas).named(quota)?.value;
    if (limit === undefined || used + wanted <= limit) continue;
    throw new CloudError(
      'ResourceLimitExceeded',
      `The account-level service limit '${quota}' is ${limit} ${unit}, with current utilization of ${used} ${unit} and a request delta of ${wanted} ${unit}. Please use AWS Service Quotas to request an increase for this quota. If AWS Service Quotas is not available, contact AWS support to request an increase for this quota.`,
    );
  }
}

function demands(cloud: Cloud, request: TrainingRequest): Demand[] {
  const isSpot = request.EnableManagedSpotTraining === true;
  const kind = isSpot ? 'spot training job' : 'training job';
  const own = hostsOf(request);
  const running = runningHosts(cloud, isSpot);
  const perType = [...new Set(own.map((host) => host.instanceType))].map((type) => ({
    quota: `${type} for ${kind} usage`,
    unit: 'Instances' as const,
    used: running.filter((each) => each === type).length,
    wanted: own.filter((host) => host.instanceType === type).length,
  }));
  const single = { used: 0, wanted: own.length, unit: 'Instances' } as const;
  const seconds = request.StoppingCondition?.MaxRuntimeInSeconds ?? 86_400;
  return [
    ...perType,
    { ...single, quota: `Number of instances across all ${kind}s`, used: running.length },
    { ...single, quota: `Maximum number of instances per ${kind}` },
    { quota: 'Longest run time for a training job', unit: 'Seconds', used: 0, wanted: seconds },
    {
      quota: 'Size of EBS volume for a training job instance',
      unit: 'Gigabytes',
      used: 0,
      wanted: request.ResourceConfig.VolumeSizeInGB ?? 0,
    },
  ];
}

/** The instance types of all live jobs of this kind, one entry an instance. */
function runningHosts(cloud: Cloud, isSpot: boolean): string[] {
  return [...cloud.shared(jobStore).jobs.values()]
    .filter((job) => !job.isTerminal && (job.request.EnableManagedSpotTraining === true) === isSpot)
    .flatMap((job) => hostsOf(job.request).map(({ instanceType }) => instanceType));
}
