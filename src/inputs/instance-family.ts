/** What the family of a training instance type tells about its machines. Facts of EC2's instance types, as of 2026-07. */

/** Families whose machines have NVMe disks: these hold the data, encrypted by the hardware. */
const NVME = new Set('g4dn g5 g6 g6e g7 g7e p3dn p4d p4de p5 p5e p5en p6-b200 p6-b300 r5d trn1 trn1n trn2'.split(' '));

/** `ml.g5.xlarge` → `g5` */
function familyOf(instanceType: string): string {
  return instanceType.split('.')[1] ?? '';
}

export function hasLocalDisks(instanceType: string): boolean {
  return NVME.has(familyOf(instanceType));
}

/** GPUs or Trainium: the families `g…`, `p…` and `trn…`. */
export function isAccelerated(instanceType: string): boolean {
  return /^(?:g|p|trn)\d/.test(familyOf(instanceType));
}
