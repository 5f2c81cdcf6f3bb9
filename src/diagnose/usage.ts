/** What the series of a job's hosts come to, in shares of the machine. */
import type { MetricSeries } from './evidence.ts';
import { hardwareOf } from './remedies/hardware.ts';

/** One metric of the host that used the most of it. */
export interface Usage {
  /** `MemoryUtilization`, … */
  readonly metric: string;
  /** `algo-1`; absent where the series does not say. */
  readonly host: string | undefined;
  /** Percent of the whole: of all CPUs or GPUs where the type is known. */
  readonly highest: number;
  readonly last: number;
  readonly mean: number;
  readonly samples: number;
}

/** The metrics in the order they came, each of its busiest host. `instanceType` tells how many CPUs and GPUs there are. */
export function usageOf(series: readonly MetricSeries[], instanceType: string | undefined): readonly Usage[] {
  const all = series.flatMap((one) => usageOfHost(one, instanceType));
  const byMetric = Map.groupBy(all, ({ metric }) => metric);
  return [...byMetric.values()].flatMap((hosts) => hosts.toSorted((a, b) => b.highest - a.highest).slice(0, 1));
}

function usageOfHost({ name, points }: MetricSeries, instanceType: string | undefined): readonly Usage[] {
  const last = points.at(-1)?.[1];
  if (last === undefined) return [];
  const slash = name.lastIndexOf('/');
  const metric = name.slice(slash + 1);
  const share = 1 / unitsOf(metric, instanceType);
  let highest = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const [, value] of points) {
    highest = Math.max(highest, value);
    sum += value;
  }
  return [
    {
      metric,
      host: slash > 0 ? name.slice(0, slash) : undefined,
      highest: highest * share,
      last: last * share,
      mean: (sum / points.length) * share,
      samples: points.length,
    },
  ];
}

/** CPUUtilization runs to 100 × vCPUs, the two of GPUs to 100 × GPUs. */
function unitsOf(metric: string, instanceType: string | undefined): number {
  const { vcpu = 0, gpus = 0 } = hardwareOf(instanceType) ?? {};
  if (metric === 'CPUUtilization') return Math.max(1, vcpu);
  return /^GPU(?:Memory)?Utilization$/.test(metric) ? Math.max(1, gpus) : 1;
}
