import { readFileSync } from 'node:fs';

export interface InstanceType {
  readonly vcpu: number;
  readonly memoryGiB: number;
  readonly accelerators: number;
  /** NVMe disks of its own, which take no VolumeKmsKeyId. */
  readonly localStorage: boolean;
}

interface Catalogue {
  readonly types: Readonly<Record<string, InstanceType>>;
}

const CATALOGUE: Catalogue = JSON.parse(
  readFileSync(new URL('./instance-types.generated.json', import.meta.url), 'utf8'),
);

/** A machine between the smallest ones, for a name the catalogue does not know. */
const UNKNOWN: InstanceType = { vcpu: 4, memoryGiB: 16, accelerators: 0, localStorage: false };

/** The machine behind a training instance type; names beyond the catalogue get a plain one. */
export function instanceType(name: string): InstanceType {
  return CATALOGUE.types[name] ?? UNKNOWN;
}
