import type { DescribeTrainingJobResponse } from '../ports.ts';
import { type HourlyPrice, hourlyPrice } from './prices.ts';
import type { Receipt } from './report.ts';

/**
 * What the job took and cost, from SageMaker's own description of it. `undefined` for a job without a
 * plain cluster (instance groups), which this receipt cannot price.
 *
 * Managed spot has no price of its own: its discount is fewer *billable* seconds at the on-demand price.
 * Both times are wall-clock seconds of the job, so the instances are multiplied in here.
 */
export function receiptFor(
  job: DescribeTrainingJobResponse,
  priceOf: (instanceType: string) => HourlyPrice | undefined = hourlyPrice,
): Receipt | undefined {
  const { InstanceType: instanceType, InstanceCount: instanceCount } = job.ResourceConfig ?? {};
  if (instanceType === undefined || instanceCount === undefined) return undefined;
  const spot = job.EnableManagedSpotTraining === true;
  const trainingSeconds = job.TrainingTimeInSeconds;
  const billableSeconds = job.BillableTimeInSeconds;
  const price = priceOf(instanceType);
  const usd = (seconds: number | undefined) =>
    seconds === undefined || price === undefined ? undefined : (seconds / 3600) * instanceCount * price.usdPerHour;
  return {
    instanceType,
    region: job.TrainingJobArn?.split(':')[3],
    instanceCount,
    spot,
    interruptions: interruptionsOf(job),
    trainingSeconds,
    billableSeconds,
    savingPercent: spot ? saving(trainingSeconds, billableSeconds) : undefined,
    costUsd: usd(billableSeconds),
    onDemandUsd: usd(trainingSeconds),
    price,
  };
}

/** One `Interrupted` transition for each time the spot instance was taken back. */
function interruptionsOf(job: DescribeTrainingJobResponse): number {
  return (job.SecondaryStatusTransitions ?? []).filter(({ Status }) => Status === 'Interrupted').length;
}

/** AWS's own definition: training 42 s, billable 8 s → 81.0 %. */
function saving(training: number | undefined, billable: number | undefined): number | undefined {
  if (training === undefined || billable === undefined || training <= 0) return undefined;
  return (1 - billable / training) * 100;
}
