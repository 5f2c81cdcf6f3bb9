/** What a job can cost at most, and has cost so far. Bounds, not bills: billable seconds are known at the end only. */
import type { DescribeTrainingJobResponse } from '../ports.ts';
import { hourlyPrice } from '../report/prices.ts';

/** Downloading, uploading and stopping come on top of `max-run`. Seconds. */
const AROUND_THE_RUN = 600;

export interface Spending {
  readonly instanceType: string;
  readonly instanceCount: number;
  readonly maxRunSeconds: number;
}

/** Price × instances × (max-run + 10 min), on demand; undefined without a public price. USD. */
export function worstCaseUsd({ instanceType, instanceCount, maxRunSeconds }: Spending): number | undefined {
  const price = hourlyPrice(instanceType)?.usdPerHour;
  return price === undefined ? undefined : (price * instanceCount * (maxRunSeconds + AROUND_THE_RUN)) / 3600;
}

/** The longest `max-run` whose worst case is not dearer; below one second none is. */
export function longestRunSeconds(maxCostUsd: number, spending: Omit<Spending, 'maxRunSeconds'>): number {
  const second = worstCaseUsd({ ...spending, maxRunSeconds: 3600 - AROUND_THE_RUN });
  return second === undefined ? 0 : Math.floor((maxCostUsd / second) * 3600 - AROUND_THE_RUN);
}

/** Phases in which the job holds its machines. */
const PAID: ReadonlySet<string> = new Set([
  'Downloading',
  'DownloadingTrainingImage',
  'Training',
  'Uploading',
  'Stopping',
  'Restarting',
]);

/** The time that the job has held its machines × instances × price, if nothing of it is free. `now`: epoch seconds. USD. */
export function costSoFarUsd(job: DescribeTrainingJobResponse, now: number): number | undefined {
  const { InstanceType, InstanceCount } = job.ResourceConfig ?? {};
  const price = InstanceType === undefined ? undefined : hourlyPrice(InstanceType)?.usdPerHour;
  if (price === undefined || InstanceCount === undefined) return undefined;
  const transitions = job.SecondaryStatusTransitions ?? [];
  const seconds = transitions.map(({ Status = '', StartTime, EndTime }, index) => {
    const end = EndTime ?? transitions[index + 1]?.StartTime;
    const until = end === undefined ? now : end.getTime() / 1000;
    return PAID.has(Status) && StartTime !== undefined ? Math.max(0, until - StartTime.getTime() / 1000) : 0;
  });
  return (seconds.reduce((sum, each) => sum + each, 0) / 3600) * InstanceCount * price;
}
