/** Whether the account may use as many instances at once as this job, or the matrix it is of, asks for. */
import { messageOf } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import { isMixedCluster } from '../inputs/job-file/cluster.ts';
import type { Plan } from '../plan/plan.ts';
import type { Quotas, Runner, Secrets, Trainer, TrainingJob } from '../ports.ts';
import { LIVE } from './find-jobs.ts';
import codes from './quota-codes.generated.json' with { type: 'json' };

/** A quota of the account, in instances. */
export interface QuotaLimit {
  /** As the console and SageMaker's refusals call it. */
  readonly name: string;
  readonly value: number;
  /** By live jobs that are not of this workflow run. */
  readonly used: number;
}

export interface QuotaReading {
  readonly limits: readonly QuotaLimit[];
  /** Instances of one job. */
  readonly instances: number;
  /** Jobs of the matrix that may run at once; 1 without a matrix. */
  readonly jobs: number;
}

const ACROSS_TYPES = {
  spot: { code: 'L-93958082', name: 'Number of instances across all spot training jobs' },
  onDemand: { code: 'L-00C91CB5', name: 'Number of instances across all training jobs' },
} as const;

const CODES: ReadonlyMap<string, { readonly onDemand: string; readonly spot: string }> = new Map(Object.entries(codes));

export interface QuotaDoors {
  readonly quotas: Quotas;
  readonly trainer: Pick<Trainer, 'search'>;
}

/**
 * `undefined` where there is nothing to compare: instance groups and ordered types of a job file, types whose quota has no
 * known code. Throws what AWS throws.
 */
export async function readQuotas({ inputs, run }: Plan, doors: QuotaDoors): Promise<QuotaReading | undefined> {
  const { instanceType: type, instanceCount: instances, spot } = inputs.compute;
  const code = CODES.get(type)?.[spot ? 'spot' : 'onDemand'];
  if (isMixedCluster(inputs.jobFile) || code === undefined) return undefined;
  const across = ACROSS_TYPES[spot ? 'spot' : 'onDemand'];
  const [ofType, ofAll, live] = await Promise.all([
    doors.quotas.value(code),
    doors.quotas.value(across.code),
    doors.trainer.search([LIVE]),
  ]);
  const others = live.filter((job) => (job.EnableManagedSpotTraining === true) === spot && runOf(job) !== run.id);
  const name = `${type} for ${spot ? 'spot training job' : 'training job'} usage`;
  const limits = [
    ...(ofType === undefined ? [] : [{ name, value: ofType, used: instancesOf(others, type) }]),
    ...(ofAll === undefined ? [] : [{ name: across.name, value: ofAll, used: instancesOf(others) }]),
  ];
  return limits.length === 0 ? undefined : { limits, instances, jobs: inputs.matrixJobs };
}

function runOf({ Tags }: TrainingJob): string | undefined {
  return Tags?.find(({ Key }) => Key === 'train-run-id')?.Value;
}

type Machines = Pick<NonNullable<TrainingJob['ResourceConfig']>, 'InstanceType' | 'InstanceCount'>;

/** Of one type, or all. */
function instancesOf(jobs: readonly TrainingJob[], type?: string): number {
  const machines: readonly Machines[] = jobs.flatMap(({ ResourceConfig: cluster = {} }): readonly Machines[] =>
    cluster.InstanceGroups?.length ? cluster.InstanceGroups : [cluster],
  );
  return machines
    .filter(({ InstanceType }) => type === undefined || InstanceType === type)
    .reduce((sum, { InstanceCount = 0 }) => sum + InstanceCount, 0);
}

/** How many such jobs find room at once beside the other live ones; at least 1, for one can always be tried. */
export function parallelJobs({ limits, instances }: QuotaReading): number {
  return Math.max(1, Math.min(...limits.map(({ value, used }) => Math.floor((value - used) / instances))));
}

/** The first limit that the account must have raised before even one such job can run. */
export function impossible({ limits, instances }: QuotaReading): QuotaLimit | undefined {
  return limits.find(({ value }) => value < instances);
}

/** Whether this job, or all of its matrix at once, goes beyond the limit. */
export function isTight({ value, used }: QuotaLimit, { instances, jobs }: Omit<QuotaReading, 'limits'>): boolean {
  return used + instances * jobs > value;
}

/** What SageMaker would refuse of this job or its matrix; `undefined` where there is room. */
export function quotaWarning(reading: QuotaReading): string | undefined {
  const { limits, instances, jobs } = reading;
  const tight = limits.find((limit) => isTight(limit, reading));
  if (tight === undefined) return undefined;
  const { name, value, used } = tight;
  const asked =
    jobs === 1 ? `This job asks for ${instances}` : `The ${jobs} jobs of this matrix ask for ${instances * jobs}`;
  const others = used === 0 ? '' : `, and other jobs use ${used}`;
  const fewer = jobs === 1 || value < instances ? '' : `Set \`strategy.max-parallel: ${parallelJobs(reading)}\`, or `;
  const raise = `${fewer === '' ? 'R' : 'r'}equest an increase in Service Quotas`;
  return `${asked} at once${others}, but the quota \`${name}\` is ${value}: SageMaker refuses what goes beyond. ${fewer}${raise}.`;
}

export interface QuotaTelling extends QuotaDoors {
  readonly runner: Pick<Runner, 'warning'>;
  readonly secrets: Pick<Secrets, 'redact'>;
}

/** For the profile that is made for many jobs at once: warns before anything is built. Never throws. */
export async function tellQuota(plan: Plan, doors: QuotaTelling): Promise<readonly string[]> {
  if (plan.inputs.compute.profile !== 'tuning') return [];
  try {
    const reading = await readQuotas(plan, doors);
    const warning = reading && quotaWarning(reading);
    if (warning === undefined) return [];
    doors.runner.warning(clean(warning, doors.secrets));
    return [warning];
  } catch (error) {
    return [quotaUnread(error)];
  }
}

/** A note for the report. */
export function quotaUnread(error: unknown): string {
  return `The quota of the account could not be read (${messageOf(error)}): the role of this workflow needs servicequotas:GetServiceQuota, servicequotas:GetAWSDefaultServiceQuota and sagemaker:Search.`;
}
