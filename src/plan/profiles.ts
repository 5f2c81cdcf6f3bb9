/** Instance types for people who do not know instance types. */
export interface Profile {
  readonly instanceType: string;
  /** What it is for, as a clause. */
  readonly purpose: string;
}

export const profiles = {
  prototype: { instanceType: 'ml.g4dn.xlarge', purpose: 'one T4 GPU (16 GB): first runs of a network' },
  medium: { instanceType: 'ml.g5.xlarge', purpose: 'one A10G GPU (24 GB): networks of the size of TFT or N-HiTS' },
  large: { instanceType: 'ml.g5.12xlarge', purpose: 'four A10G GPUs' },
  cpu: { instanceType: 'ml.m5.2xlarge', purpose: '8 vCPU, 32 GB: LightGBM and other baselines' },
  tuning: { instanceType: 'ml.g4dn.xlarge', purpose: 'one T4 GPU (16 GB): a matrix of many small jobs' },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;

export function isProfileName(text: string): text is ProfileName {
  return Object.hasOwn(profiles, text);
}
