import generated from './prices.generated.json' with { type: 'json' };

/** The on-demand price of one instance for one hour of training. */
export interface HourlyPrice {
  readonly usdPerHour: number;
  /** `listed`: read from AWS's Price List. `estimated`: EC2's on-demand price times the family's SageMaker markup. */
  readonly kind: 'listed' | 'estimated';
  /** ISO date of the price list. */
  readonly date: string;
  /** The region whose price this is, wherever the job runs. */
  readonly region: string;
}

interface InstanceType {
  readonly price: { readonly usdPerHour: number; readonly kind: string; readonly date: string } | null;
}

const INSTANCE_TYPES: ReadonlyMap<string, InstanceType> = new Map(Object.entries(generated.instanceTypes));

/** `undefined` for a type that is not in the table, or that has no public price (new accelerators). */
export function hourlyPrice(instanceType: string): HourlyPrice | undefined {
  const price = INSTANCE_TYPES.get(instanceType)?.price;
  if (price === undefined || price === null) return undefined;
  return {
    usdPerHour: price.usdPerHour,
    kind: price.kind === 'listed' ? 'listed' : 'estimated',
    date: price.date,
    region: generated.region,
  };
}
