/** What starting the planned job would come to now. Reads only: nothing is created, stopped, adopted or tagged. */
import type { CreateTrainingJobRequest, Store, Trainer } from '../ports.ts';
import { decideStart } from './decide.ts';
import { findChain, findRelatives } from './find-jobs.ts';
import type { KnownJob } from './known-job.ts';
import { circumstances, emptyPlace, inUse, type StartTask } from './start.ts';

export interface ForetellDoors {
  readonly trainer: Pick<Trainer, 'describe' | 'search'>;
  readonly store: Pick<Store, 'list'>;
}

/** What would be done about the jobs that exist already. */
export type ForetoldStart = { readonly supersede: readonly KnownJob[] } & (
  | {
      readonly kind: 'create';
      readonly name: string;
      readonly checkpointUri: string;
      /** The job whose checkpoint this one would go on from. */
      readonly continues: KnownJob | undefined;
    }
  | { readonly kind: 'adopt' | 'report' | 'wait' | 'superseded'; readonly job: KnownJob }
);

export interface Foretold {
  readonly start: ForetoldStart;
  /** What is sent when a job is created, now or once there is room for it. */
  readonly request: CreateTrainingJobRequest;
  /** Why the answer may be wrong. */
  readonly notes: readonly string[];
}

/** Throws a Failure for what SageMaker or S3 refuse to tell, and for a checkpoint that another live job writes to. */
export async function foretellStart(task: StartTask, doors: ForetellDoors): Promise<Foretold> {
  const { plan, job } = task;
  const relatives = await findRelatives(plan, job, doors);
  const chain = await findChain(job, doors);
  const decision = decideStart(circumstances(task, { ...relatives, chain }));
  const { notes, sameConfig } = relatives;
  const next = job.name(chain.length + 1);
  const request = job.request(next, job.checkpointUri);
  switch (decision.kind) {
    case 'checkpoint-in-use':
      throw inUse(decision.job);
    case 'superseded':
      return { start: { kind: 'superseded', job: decision.by, supersede: [] }, request, notes };
    case 'create': {
      const { fresh, supersede } = decision;
      const checkpointUri = fresh ? await emptyPlace(decision.checkpointUri, job, doors) : decision.checkpointUri;
      const continues = fresh ? undefined : newestAt(checkpointUri, [...chain, ...sameConfig]);
      const start = { kind: decision.kind, name: next, checkpointUri, continues, supersede };
      return { start, request: job.request(next, checkpointUri), notes };
    }
    default:
      return { start: decision, request, notes };
  }
}

function newestAt(checkpointUri: string, jobs: readonly KnownJob[]): KnownJob | undefined {
  const there = jobs.filter((job) => job.checkpointUri === checkpointUri);
  return there.sort((a, b) => b.createdAt - a.createdAt)[0];
}
