/** The cheapest type of the same family that would still have held what was used. */
import { hourlyPrice } from '../../report/prices.ts';
import type { Usage } from '../usage.ts';
import { type Hardware, hardwareOf, TYPES } from './hardware.ts';

/** Room above the highest minute that was seen. */
const MARGIN = 1.25;

/** As many accelerators of the same kind: a program that spreads over four does not fit two by itself. */
export function smallerType(instanceType: string | undefined, used: readonly Usage[]): string | undefined {
  const now = hardwareOf(instanceType);
  const share = (metric: string) => (used.find((one) => one.metric === metric)?.highest ?? 100) / 100;
  if (now === undefined) return undefined;
  const vcpu = share('CPUUtilization') * now.vcpu * MARGIN;
  const memoryGib = share('MemoryUtilization') * now.memoryGib * MARGIN;
  const fits = (other: Hardware) =>
    familyOf(other) === familyOf(now) &&
    other.vcpu < now.vcpu &&
    other.vcpu >= vcpu &&
    other.memoryGib >= memoryGib &&
    other.gpus === now.gpus &&
    other.gpuModel === now.gpuModel;
  return TYPES.filter(fits)
    .flatMap(({ name }) => {
      const price = hourlyPrice(name);
      return price === undefined ? [] : [{ name, usd: price.usdPerHour }];
    })
    .sort((a, b) => a.usd - b.usd)[0]?.name;
}

function familyOf({ name }: Hardware): string {
  return name.split('.')[1] ?? '';
}
