/** What a training would be, as it is told. Facts only; strings from outside are `Untrusted` until they are cleaned. */
import type { Failure } from '../../failure.ts';
import type { Image } from '../../image/image.ts';
import type { ForetoldStart } from '../../job/foretell-start.ts';
import type { QuotaReading } from '../../job/quota.ts';
import type { Profile, ProfileName } from '../../plan/profiles.ts';
import type { CreateTrainingJobRequest } from '../../ports.ts';
import type { HourlyPrice } from '../prices.ts';
import type { Report } from '../report.ts';

export interface PlanReport
  extends Pick<Report, 'name' | 'repository' | 'runUrl' | 'runId' | 'commit' | 'matrix' | 'notes'> {
  /** Absent when it could not be made out. */
  readonly planned: Planned | undefined;
  /** Why there is no plan, or why the training could not start. */
  readonly failure: Pick<Failure, 'code' | 'message' | 'remedy' | 'place'> | undefined;
}

export interface Planned {
  readonly start: PlannedStart;
  readonly image: Pick<Image, 'uri' | 'source' | 'reason'> & { readonly exists: boolean };
  /** Script mode only. */
  readonly program: { readonly script: string; readonly uri: string; readonly isStored: boolean } | undefined;
  readonly machines: {
    readonly instanceType: string;
    readonly instanceCount: number;
    readonly spot: boolean;
    readonly profile: (Profile & { readonly name: ProfileName }) | undefined;
    readonly distribution: string | undefined;
    readonly maxRunSeconds: number;
    readonly maxWaitSeconds: number | undefined;
  };
  /** Absent where no public price is known, or the cluster is not of one type. */
  readonly worstCase: { readonly usd: number; readonly price: HourlyPrice } | undefined;
  /** USD; undefined = no limit. */
  readonly maxCostUsd: number | undefined;
  /** Undefined = not read, or there is none to compare with. */
  readonly quota: QuotaReading | undefined;
  readonly request: CreateTrainingJobRequest;
}

export interface PlannedStart {
  readonly kind: ForetoldStart['kind'];
  /** The job that would be created, or the one that exists already. */
  readonly jobName: string;
  readonly jobArn: string | undefined;
  /** Absent for a job that does not exist yet. */
  readonly consoleUrl: string | undefined;
  readonly checkpointUri: string;
  /** The job whose checkpoint the new one would go on from. */
  readonly continues: string | undefined;
  /** Live jobs of older commits that would be stopped. */
  readonly stops: readonly string[];
}
