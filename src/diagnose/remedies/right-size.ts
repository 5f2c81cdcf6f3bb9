/** Instance types that would hold what the one asked for did not, and what they cost. */
import { hourlyPrice } from '../../report/prices.ts';
import { type Hardware, hardwareOf, TYPES } from './hardware.ts';

/** The cheapest types with more host memory, of the same kind (with as many GPUs or none). */
export function withMoreMemory(type: string | undefined): string[] {
  const now = hardwareOf(type);
  if (!now) return [];
  const larger = TYPES.filter(
    (other) => other.memoryGib >= now.memoryGib * 1.5 && other.gpus >= now.gpus && sameKind(now, other),
  );
  return describe(larger, (other) => `${other.memoryGib} GiB of memory instead of ${now.memoryGib}`);
}

/** The cheapest types whose single GPU holds more; a second GPU of the same size does not help one model. */
export function withMoreGpuMemory(type: string | undefined): string[] {
  const now = hardwareOf(type);
  if (!now || now.gpuMemoryGib === 0) return [];
  const larger = TYPES.filter((other) => other.gpuMemoryGib >= now.gpuMemoryGib * 1.3 && other.gpus >= now.gpus);
  return describe(larger, (other) => `${other.gpuMemoryGib} GiB a GPU instead of ${now.gpuMemoryGib}`);
}

function sameKind(now: Hardware, other: Hardware): boolean {
  return now.gpus > 0 === other.gpus > 0;
}

function describe(types: readonly Hardware[], gain: (type: Hardware) => string): string[] {
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
