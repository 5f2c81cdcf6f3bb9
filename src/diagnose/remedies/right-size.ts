/** Instance types that would hold what the one asked for did not, and what they cost. */
import catalogue from '../../report/prices.generated.json' with { type: 'json' };
import { hourlyPrice } from '../../report/prices.ts';

interface InstanceType {
  readonly name: string;
  readonly memoryGib: number;
  readonly gpus: number;
  readonly gpuMemoryGib: number;
}

const TYPES: readonly InstanceType[] = Object.entries(catalogue.instanceTypes).map(
  ([name, { memoryGib, accelerator }]) => ({
    name,
    memoryGib: memoryGib ?? 0,
    gpus: accelerator?.count ?? 0,
    gpuMemoryGib: accelerator?.memoryGibEach ?? 0,
  }),
);

/** The cheapest types with more host memory, of the same kind (with as many GPUs or none). */
export function withMoreMemory(type: string | undefined): string[] {
  const now = find(type);
  if (!now) return [];
  const larger = TYPES.filter(
    (other) => other.memoryGib >= now.memoryGib * 1.5 && other.gpus >= now.gpus && sameKind(now, other),
  );
  return describe(larger, (other) => `${other.memoryGib} GiB of memory instead of ${now.memoryGib}`);
}

/** The cheapest types whose single GPU holds more; a second GPU of the same size does not help one model. */
export function withMoreGpuMemory(type: string | undefined): string[] {
  const now = find(type);
  if (!now || now.gpuMemoryGib === 0) return [];
  const larger = TYPES.filter((other) => other.gpuMemoryGib >= now.gpuMemoryGib * 1.3 && other.gpus >= now.gpus);
  return describe(larger, (other) => `${other.gpuMemoryGib} GiB a GPU instead of ${now.gpuMemoryGib}`);
}

function sameKind(now: InstanceType, other: InstanceType): boolean {
  return now.gpus > 0 === other.gpus > 0;
}

function find(type: string | undefined): InstanceType | undefined {
  return TYPES.find(({ name }) => name === type);
}

function describe(types: readonly InstanceType[], gain: (type: InstanceType) => string): string[] {
  return types
    .flatMap((type) => {
      const price = hourlyPrice(type.name);
      return price ? [{ type, price }] : [];
    })
    .sort((a, b) => a.price.usdPerHour - b.price.usdPerHour)
    .slice(0, 2)
    .map(({ type, price }) => {
      const kind = price.kind === 'estimated' ? ', estimate' : '';
      return `instance-type: ${type.name} has ${gain(type)} (${price.usdPerHour.toFixed(2)} USD an hour on demand${kind}).`;
    });
}
