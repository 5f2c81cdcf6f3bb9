/** Starts the planned job, or follows, reports or makes room for what earlier runs made. */
import { Failure } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import type { Plan } from '../plan/plan.ts';
import type { JobPlan } from '../plan/request.ts';
import type { Clock, Runner, Secrets, Store, Trainer } from '../ports.ts';
import { cancelled, createJob } from './create.ts';
import { type Circumstances, decideStart, lineageNumber, lineageUri, type StartDecision } from './decide.ts';
import { awaitTaken, findChain, findRelatives, type Relatives } from './find-jobs.ts';
import type { KnownJob } from './known-job.ts';
import { takeOver } from './ownership.ts';
import type { StartedJob } from './started.ts';
import { stopCommand } from './stop.ts';
import { supersede } from './supersede.ts';

export interface StartDoors {
  readonly trainer: Trainer;
  readonly store: Pick<Store, 'put' | 'list'>;
  readonly runner: Pick<Runner, 'save' | 'print'>;
  readonly secrets: Pick<Secrets, 'redact' | 'redactValue'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export type StartResult =
  | { readonly kind: 'job'; readonly job: StartedJob; readonly notes: readonly string[] }
  /** A newer commit of the pull request is being trained: nothing was started for this one. */
  | { readonly kind: 'superseded'; readonly by: KnownJob };

/** A stopping job gives its checkpoint free within minutes; some were seen to hang for a day. Seconds. */
const LONGEST_STOPPING = 1200;
const STOPPING_PAUSE = 10;
/** Two runs that race for a name see each other at the next look. */
const MOST_LOOKS = 200;

export interface StartTask {
  readonly plan: Plan;
  readonly job: JobPlan;
  /** Every channel's content is part of the config-hash. */
  readonly fingerprinted: boolean;
}

export async function startJob(task: StartTask, doors: StartDoors): Promise<StartResult> {
  let relatives = await findRelatives(task.plan, task.job, doors);
  const giveUpAt = doors.clock.now() + LONGEST_STOPPING;
  const notes = new Set<string>();
  const makeRoom = async (jobs: readonly KnownJob[]) => {
    for (const note of await supersede(jobs, task.plan.subject.sha, doors)) notes.add(note);
  };
  for (let look = 0; look < MOST_LOOKS; look++) {
    const chain = await findChain(task.job, doors);
    const decision = decideStart(circumstances(task, { ...relatives, chain }));
    // A result that is there already may be told; nothing is started or taken over any more.
    if (doors.signal.aborted && decision.kind !== 'report') throw cancelled();
    switch (decision.kind) {
      case 'superseded':
        return decision;
      case 'checkpoint-in-use':
        throw inUse(decision.job);
      case 'wait':
        if (doors.clock.now() > giveUpAt) throw inUse(decision.job);
        if (look === 0) tellWait(decision.job.name, doors);
        await makeRoom(decision.supersede);
        await doors.clock.sleep(STOPPING_PAUSE, doors.signal);
        relatives = await findRelatives(task.plan, task.job, doors);
        break;
      default: {
        await makeRoom(decision.supersede);
        const job = await carryOut(decision, task, doors);
        if (job) return { kind: 'job', job, notes: [...relatives.notes, ...notes] };
      }
    }
  }
  throw new Failure(
    'JOB_NAME_TAKEN',
    'SageMaker says that the job name is taken, but shows no such job.',
    'Run the job again in a minute.',
  );
}

function tellWait(name: string, { runner, secrets }: StartDoors): void {
  runner.print(clean(`${name} is being stopped: waiting for its end before it is continued.`, secrets));
}

type Doable = Exclude<StartDecision, { kind: 'wait' | 'superseded' | 'checkpoint-in-use' }>;

/** `undefined`: another run took the name in the meantime, so look again. */
async function carryOut(
  decision: Doable,
  { plan, job }: StartTask,
  doors: StartDoors,
): Promise<StartedJob | undefined> {
  if (decision.kind !== 'create') {
    const found = existing(decision.job, decision.kind === 'adopt' ? 'adopted' : 'reused');
    if (found.origin === 'reused') return found;
    // From the moment this run waits for the job, the post step must know it.
    doors.runner.save('job-name', found.name);
    doors.runner.save('job-created', 'true');
    await takeOver({ plan, job, found }, doors);
    return found;
  }
  const checkpointUri = decision.fresh ? await emptyPlace(decision.checkpointUri, job, doors) : decision.checkpointUri;
  const name = job.name(decision.ordinal);
  const arn = await createJob({ plan, job, name, checkpointUri }, doors);
  if (arn !== undefined) return { name, arn, origin: 'started', checkpointUri, createdAt: undefined };
  const taken = await awaitTaken(name, doors);
  if (!(await isOwn(plan, taken.arn, doors))) return undefined;
  return { name, arn: taken.arn, origin: 'started', checkpointUri: taken.checkpointUri, createdAt: undefined };
}

/** Whether this very attempt of the run made the job: the answer to a create call can get lost, and the client asks again. */
async function isOwn({ run }: Plan, arn: string, { trainer }: StartDoors): Promise<boolean> {
  const tags = new Map((await trainer.tags(arn).catch(() => [])).map(({ Key, Value }) => [Key, Value]));
  return tags.get('train-run-id') === run.id && tags.get('train-run-attempt') === run.attempt;
}

function existing({ name, arn, checkpointUri, createdAt }: KnownJob, origin: 'adopted' | 'reused'): StartedJob {
  return { name, arn, origin, checkpointUri, createdAt };
}

/** A job nobody knows any more may have left objects: a start from zero must not find them. */
export async function emptyPlace(
  uri: string,
  job: JobPlan,
  { store }: { readonly store: Pick<Store, 'list'> },
): Promise<string> {
  let place = uri;
  for (;;) {
    const { objects } = await store.list(place);
    if (objects.length === 0) return place;
    place = lineageUri(job.checkpointUri, lineageNumber(place, job.checkpointUri) + 1);
  }
}

export function circumstances(
  { plan, job, fingerprinted }: StartTask,
  found: Relatives & { readonly chain: readonly KnownJob[] },
): Circumstances {
  const { inputs, subject, run } = plan;
  return {
    chain: found.chain,
    sameConfig: found.sameConfig,
    samePullRequest: found.samePullRequest,
    liveJobs: found.liveJobs,
    fingerprinted,
    commit: subject.sha,
    configHash: job.configHash,
    runId: run.id,
    checkpointUri: job.checkpointUri,
    explicitCheckpoint: inputs.data.checkpointUri !== undefined,
    reuse: inputs.run.reuse,
    resume: inputs.run.resume,
    onSuperseded: inputs.run.onSuperseded,
  };
}

export function inUse({ name, checkpointUri }: KnownJob): Failure {
  return new Failure(
    'CHECKPOINT_IN_USE',
    `The live job ${name} writes to ${checkpointUri}. Two jobs at one place would overwrite and delete each other's checkpoints.`,
    `Wait for it, stop it (${stopCommand(name)}), or give another \`checkpoint-uri\`.`,
  );
}
