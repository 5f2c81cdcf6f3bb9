/** Whether a run that was told a job's name may take it over: only one that nobody waits for any more. */
import { messageOf } from '../failure.ts';
import { waitTag } from '../plan/tags.ts';
import type { GitHub, Trainer } from '../ports.ts';
import { readServiceError } from './service-errors.ts';

export interface Claim {
  readonly kind: 'taken' | 'followed';
  /** What the reader must know. */
  readonly note?: string;
}

export interface Claimant {
  readonly runId: string;
  readonly attempt: string;
}

export interface ClaimDoors {
  /** `undefined` without a token. */
  readonly github: () => Promise<Pick<GitHub, 'runHasEnded'> | undefined>;
}

/** By the job's `train-*` tags. Never throws: in doubt the job is somebody else's. */
export async function claim(
  tags: Readonly<Record<string, string>>,
  { runId, attempt }: Claimant,
  doors: ClaimDoors,
): Promise<Claim> {
  const waits = tags['train-wait'] ?? '';
  if (waits === 'handed-over') return { kind: 'taken' };
  const other = /^run:(\d+)$/.exec(waits)?.[1];
  if (other === undefined) return { kind: 'followed' };
  // An earlier attempt of this very run has ended; another job of this attempt may be waiting right now.
  if (other === runId) return { kind: Number(tags['train-run-attempt']) < Number(attempt) ? 'taken' : 'followed' };
  try {
    const github = await doors.github();
    return { kind: (await github?.runHasEnded(other)) ? 'taken' : 'followed' };
  } catch (error) {
    const note = `Whether run ${other} still waits for this job could not be asked (${messageOf(error)}): it is followed, and left to that run. The job needs \`actions: read\`.`;
    return { kind: 'followed', note };
  }
}

/** From now on this run waits for the job. False when AWS does not take it: then it is only followed. */
export async function takeWaiting(
  arn: string,
  { runId, attempt }: Claimant,
  { trainer }: { readonly trainer: Pick<Trainer, 'addTags'> },
): Promise<string | undefined> {
  const tags = { 'train-wait': waitTag(runId), 'train-run-id': runId, 'train-run-attempt': attempt };
  return tagged(arn, tags, trainer);
}

/** The job has ended, and its end has been told. */
export async function markReported(
  arn: string,
  { trainer }: { readonly trainer: Pick<Trainer, 'addTags'> },
): Promise<string | undefined> {
  return tagged(arn, { 'train-wait': 'reported' }, trainer);
}

/** Answers why not. */
async function tagged(
  arn: string,
  tags: Readonly<Record<string, string>>,
  trainer: Pick<Trainer, 'addTags'>,
): Promise<string | undefined> {
  try {
    await trainer.addTags(
      arn,
      Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    );
    return undefined;
  } catch (error) {
    const right =
      readServiceError('other', error) === 'denied' ? ' The role of this workflow needs sagemaker:AddTags.' : '';
    return `The job could not be tagged (${messageOf(error)}).${right}`;
  }
}
