/** Starts the planned job, or finds the one an earlier run of the same plan made. */
import { Failure } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import type { Plan } from '../plan/plan.ts';
import type { JobPlan } from '../plan/request.ts';
import type { Clock, CreateTrainingJobRequest, Runner, Secrets, Store, Trainer } from '../ports.ts';
import { type EarlierJob, findSettled, findTaken } from './find-earlier.ts';
import { takeOver } from './ownership.ts';
import { rejection } from './rejection.ts';
import { PROPAGATION_SECONDS, readServiceError } from './service-errors.ts';
import { writeRunFile } from './write-run-file.ts';

export interface StartedJob {
  readonly name: string;
  readonly arn: string;
  readonly origin: 'started' | 'adopted' | 'reused';
  /** Epoch seconds of the job's creation, for adopted and reused ones. */
  readonly createdAt: number | undefined;
}

export interface StartDoors {
  readonly trainer: Trainer;
  readonly store: Pick<Store, 'put'>;
  readonly runner: Pick<Runner, 'save' | 'print'>;
  readonly secrets: Pick<Secrets, 'redact'>;
  readonly clock: Clock;
  /** Nothing is started once the run is cancelled. */
  readonly signal: AbortSignal;
}

/** More than this many tries of one plan means that something is wrong with the names, not that somebody is patient. */
const MOST_ORDINALS = 500;

/**
 * Ordinals are walked from 1: a live job under this plan's name is followed, a Completed one reported again, a failed or
 * stopped one continued from its checkpoint under the next ordinal. Two jobs of one plan are so never live together.
 */
export async function startJob(plan: Plan, job: JobPlan, doors: StartDoors): Promise<StartedJob> {
  for (let ordinal = 1; ordinal <= MOST_ORDINALS; ordinal++) {
    const name = job.name(ordinal);
    const found = await findSettled(name, doors, () => tellWait(name, doors));
    if (doors.signal.aborted && found?.status.kind !== 'completed') throw cancelled();
    const earlier = found ?? (await create({ plan, job, name }, doors));
    if ('started' in earlier) return earlier.started;
    if (isOver(earlier)) continue;
    return earlier.status.kind === 'completed'
      ? { name, arn: earlier.arn, origin: 'reused', createdAt: earlier.createdAt }
      : adopt({ plan, job, name }, earlier, doors);
  }
  throw new Failure(
    'JOB_NAME_TAKEN',
    `${MOST_ORDINALS} jobs of this commit and configuration exist already.`,
    'Change the `name` input.',
  );
}

function isOver({ status }: EarlierJob): boolean {
  return status.kind === 'failed' || status.kind === 'stopped';
}

function tellWait(name: string, { runner, secrets }: StartDoors): void {
  runner.print(clean(`${name} is being stopped: waiting for its end before it is continued.`, secrets));
}

interface Titled {
  readonly plan: Plan;
  readonly job: JobPlan;
  readonly name: string;
}

/** Saved first as well: from the moment this run waits for the job, the post step must know it. */
async function adopt({ plan, job, name }: Titled, earlier: EarlierJob, doors: StartDoors): Promise<StartedJob> {
  doors.runner.save('job-name', name);
  const adopted: StartedJob = { name, arn: earlier.arn, origin: 'adopted', createdAt: earlier.createdAt };
  await takeOver({ plan, job, found: adopted }, doors);
  return adopted;
}

/** Name first, run file second, job third: whatever kills the run, the post step or a re-run finds what it left. */
async function create(
  { plan, job, name }: Titled,
  doors: StartDoors,
): Promise<EarlierJob | { readonly started: StartedJob }> {
  doors.runner.save('job-name', name);
  await writeRunFile({ plan, job, name }, doors.store);
  const arn = await createPatiently(job.request(name), doors);
  const started = (made: string) => ({
    started: { name, arn: made, origin: 'started', createdAt: undefined } as const,
  });
  if (arn !== undefined) return started(arn);
  const taken = await findTaken(name, doors);
  return (await isOwn(plan, taken.arn, doors)) ? started(taken.arn) : taken;
}

/** Whether this very attempt of the run made the job: the answer to a create call can get lost, and the client asks again. */
async function isOwn({ run }: Plan, arn: string, { trainer }: StartDoors): Promise<boolean> {
  const tags = new Map((await trainer.tags(arn).catch(() => [])).map(({ Key, Value }) => [Key, Value]));
  return tags.get('train-run-id') === run.id && tags.get('train-run-attempt') === run.attempt;
}

/** Answers the ARN, or `undefined` when the name is taken. Waits, bounded, for what IAM and ECR have not spread yet. */
async function createPatiently(
  request: CreateTrainingJobRequest,
  { trainer, clock, signal }: StartDoors,
): Promise<string | undefined> {
  const giveUpAt = clock.now() + PROPAGATION_SECONDS.CreateTrainingJob;
  for (let pause = 3; ; pause = Math.min(pause * 1.5, 15)) {
    if (signal.aborted) throw cancelled();
    try {
      return await trainer.create(request);
    } catch (error) {
      const kind = readServiceError('CreateTrainingJob', error);
      if (kind === 'name-taken') return undefined;
      if (kind !== 'propagating' || clock.now() + pause > giveUpAt) throw rejection('CreateTrainingJob', error);
      await clock.sleep(pause, signal);
    }
  }
}

function cancelled(): Failure {
  return new Failure('CANCELLED', 'The run was cancelled before a job was started.', 'Run the job again.');
}
