/** What the training instance types are made of. */
import catalogue from '../../report/prices.generated.json' with { type: 'json' };

export interface Hardware {
  readonly name: string;
  readonly vcpu: number;
  readonly memoryGib: number;
  /** Accelerators of any kind. */
  readonly gpus: number;
  /** Of one of them. */
  readonly gpuMemoryGib: number;
  readonly gpuModel: string | undefined;
}

export const TYPES: readonly Hardware[] = Object.entries(catalogue.instanceTypes).map(
  ([name, { vcpu, memoryGib, accelerator }]) => ({
    name,
    vcpu: vcpu ?? 0,
    memoryGib: memoryGib ?? 0,
    gpus: accelerator?.count ?? 0,
    gpuMemoryGib: accelerator?.memoryGibEach ?? 0,
    gpuModel: accelerator?.model,
  }),
);

const BY_NAME: ReadonlyMap<string, Hardware> = new Map(TYPES.map((type) => [type.name, type]));

export function hardwareOf(type: string | undefined): Hardware | undefined {
  return type === undefined ? undefined : BY_NAME.get(type);
}
