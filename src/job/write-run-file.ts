import { Failure, messageOf } from '../failure.ts';
import type { Plan } from '../plan/plan.ts';
import type { JobPlan } from '../plan/request.ts';
import { runFile, runFileUri } from '../plan/run-file.ts';
import type { Secrets, Store } from '../ports.ts';
import { rejection } from './rejection.ts';
import { readServiceError } from './service-errors.ts';

/** A job of a plan, under one of its names. */
export interface Making {
  readonly plan: Plan;
  readonly job: JobPlan;
  readonly name: string;
  readonly checkpointUri: string;
}

export interface RunFileDoors {
  readonly store: Pick<Store, 'put'>;
  readonly secrets: Pick<Secrets, 'redactValue'>;
}

/** Writes what a later run needs to finish this job's work. Throws a Failure: no job is started or adopted without it. */
export async function writeRunFile({ plan, job, ...made }: Making, { store, secrets }: RunFileDoors): Promise<void> {
  const uri = runFileUri(plan, made.name);
  await store.put(uri, runFile(plan, job, made, secrets.redactValue)).catch((error) => {
    if (readServiceError('other', error) === 'expired') throw rejection('other', error, 'PutObject');
    throw new Failure(
      'STORAGE_UNAVAILABLE',
      `The run file could not be written to ${uri}: ${messageOf(error)}`,
      'Check that the bucket of `s3-uri` exists in this region (the action never creates one) and that the CI role may s3:PutObject there.',
      error,
    );
  });
}
