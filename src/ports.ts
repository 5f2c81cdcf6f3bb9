/**
 * The doors to the outside, types only. `src/adapters/` implements them against the world; tests implement them as
 * plain objects. A function asks for the slice it uses: `{ trainer, clock }`.
 */
import type { Aws, AwsConfig } from './ports/aws.ts';
import type { GitHub } from './ports/github.ts';
import type { WithinTime } from './ports/limit.ts';
import type { Checkout, Clock, Distribution, Docker, Files, Runner, Secrets } from './ports/machine.ts';

export type * from './ports/aws.ts';
export type * from './ports/github.ts';
export type * from './ports/inspection.ts';
export type * from './ports/limit.ts';
export type * from './ports/machine.ts';

/** Every door. AWS and GitHub open lazily: bad input must fail before their clients are loaded. */
export interface Ports {
  readonly runner: Runner;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly files: Files;
  readonly checkout: Checkout;
  readonly docker: Docker;
  readonly distribution: Distribution;
  readonly withinTime: WithinTime;
  aws(config: AwsConfig): Promise<Aws>;
  github(token: string): Promise<GitHub>;
}
