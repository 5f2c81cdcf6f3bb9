/**
 * What to do about the jobs that exist already, before one is created. Pure: the rules of resume, reuse and superseding.
 */
import { isLive, isStopping, type KnownJob } from './known-job.ts';

export interface Circumstances {
  /** This plan's own names from ordinal 1 on, without a gap; read by Describe, so never outdated. */
  readonly chain: readonly KnownJob[];
  /** Jobs of the same repository and name with the same config-hash, from Search: seconds to minutes behind. */
  readonly sameConfig: readonly KnownJob[];
  /** Live jobs of the same pull request and name; empty where nothing may be superseded. */
  readonly samePullRequest: readonly KnownJob[];
  /** With an explicit `checkpoint-uri`: the live jobs of the account, whoever made them. */
  readonly liveJobs: readonly KnownJob[];
  readonly commit: string;
  readonly configHash: string;
  readonly runId: string;
  /** The prefix of this plan, without `-rN`; or the explicit `checkpoint-uri`. */
  readonly checkpointUri: string;
  readonly explicitCheckpoint: boolean;
  readonly reuse: 'auto' | 'never';
  readonly resume: 'auto' | 'never';
  readonly onSuperseded: 'stop' | 'leave';
  /** A channel that could not be fingerprinted may have changed: no reuse across commits. */
  readonly fingerprinted: boolean;
}

export type StartDecision =
  | { readonly kind: 'adopt'; readonly job: KnownJob; readonly supersede: readonly KnownJob[] }
  | { readonly kind: 'report'; readonly job: KnownJob; readonly supersede: readonly KnownJob[] }
  /** A job is on its way to the end on the prefix that this one would use, or will be once it is superseded: ask again. */
  | { readonly kind: 'wait'; readonly job: KnownJob; readonly supersede: readonly KnownJob[] }
  /** A newer run of this pull request has a job: this run is the older one. */
  | { readonly kind: 'superseded'; readonly by: KnownJob }
  | { readonly kind: 'checkpoint-in-use'; readonly job: KnownJob }
  | {
      readonly kind: 'create';
      readonly ordinal: number;
      readonly checkpointUri: string;
      /** The prefix must hold nothing: this run starts from zero. */
      readonly fresh: boolean;
      readonly supersede: readonly KnownJob[];
    };

/** Adoption comes before superseding: what the new commit can use is not stopped. */
export function decideStart(facts: Circumstances): StartDecision {
  const known = uniqueNewestFirst([...facts.chain, ...facts.sameConfig]);
  const usable = facts.reuse === 'auto' ? known.filter((job) => mayBeReused(job, facts)) : [];
  const live = usable.find((job) => isLive(job) && !isStopping(job));
  const newer = facts.samePullRequest.find((job) => job.name !== live?.name && isNewerRun(job, facts));
  if (newer) return { kind: 'superseded', by: newer };
  const supersede = superseded(facts, live);
  if (live) return { kind: 'adopt', job: live, supersede };
  const completed = usable.find(({ status }) => status.kind === 'completed');
  if (completed) return { kind: 'report', job: completed, supersede };
  const place = checkpointPlace(known, facts, supersede);
  if (place.kind !== 'place') return place;
  return { kind: 'create', ordinal: facts.chain.length + 1, checkpointUri: place.uri, fresh: place.fresh, supersede };
}

/** Own names are the same commit and data by their hash; others only when the data is part of that hash. */
function mayBeReused(job: KnownJob, { chain, fingerprinted }: Circumstances): boolean {
  return fingerprinted || chain.some(({ name }) => name === job.name);
}

/** Run ids grow; a re-run keeps its id. So a job of a later id belongs to a later push or command. */
function isNewerRun(job: KnownJob, { commit, runId }: Circumstances): boolean {
  return job.tags['train-commit'] !== commit && Number(job.tags['train-run-id'] ?? 0) > Number(runId);
}

function superseded(
  { samePullRequest, onSuperseded, commit, configHash }: Circumstances,
  kept: KnownJob | undefined,
): KnownJob[] {
  if (onSuperseded === 'leave') return [];
  return samePullRequest.filter(
    (job) =>
      job.name !== kept?.name &&
      !isStopping(job) &&
      job.tags['train-wait'] !== 'left' &&
      (job.tags['train-commit'] !== commit || job.tags['train-config-hash'] !== configHash),
  );
}

type Place =
  | { readonly kind: 'place'; readonly uri: string; readonly fresh: boolean }
  | Extract<StartDecision, { kind: 'wait' | 'checkpoint-in-use' }>;

/**
 * No two live jobs share a prefix, for the synchronisation goes both ways and deletes. A failed or stopped job is
 * continued where it was; after a completed one, or with `resume: never`, the next empty prefix is taken.
 */
function checkpointPlace(known: readonly KnownJob[], facts: Circumstances, supersede: readonly KnownJob[]): Place {
  const { checkpointUri: base, explicitCheckpoint, resume } = facts;
  if (explicitCheckpoint) {
    const holder = [...known, ...facts.liveJobs].find((job) => isLive(job) && samePlace(job.checkpointUri, base));
    if (!holder) return { kind: 'place', uri: base, fresh: false };
    const ends = isStopping(holder) || supersede.some(({ name }) => name === holder.name);
    return ends ? { kind: 'wait', job: holder, supersede } : { kind: 'checkpoint-in-use', job: holder };
  }
  const lineage = known.filter((job) => lineageNumber(job.checkpointUri, base) > 0);
  const [last] = lineage;
  if (last === undefined) return { kind: 'place', uri: base, fresh: resume === 'never' };
  if (resume === 'auto' && isStopping(last)) return { kind: 'wait', job: last, supersede };
  if (resume === 'auto' && !isLive(last) && last.status.kind !== 'completed')
    return { kind: 'place', uri: last.checkpointUri, fresh: false };
  const highest = Math.max(...lineage.map((job) => lineageNumber(job.checkpointUri, base)));
  return { kind: 'place', uri: lineageUri(base, highest + 1), fresh: true };
}

function samePlace(one: string, other: string): boolean {
  return one.replace(/\/$/, '') === other.replace(/\/$/, '');
}

/** `…/<hash8>/` is 1, `…/<hash8>-r2/` is 2; 0 for another place. */
export function lineageNumber(uri: string, base: string): number {
  if (uri === base) return 1;
  const stem = base.replace(/\/$/, '');
  const number = uri.startsWith(`${stem}-r`) ? /^(\d+)\/$/.exec(uri.slice(stem.length + 2))?.[1] : undefined;
  return number === undefined ? 0 : Number(number);
}

/** The prefix of the n-th start from zero. */
export function lineageUri(base: string, number: number): string {
  return number === 1 ? base : `${base.replace(/\/$/, '')}-r${number}/`;
}

function uniqueNewestFirst(jobs: readonly KnownJob[]): KnownJob[] {
  const byName = new Map<string, KnownJob>();
  // The chain comes first and is never outdated: its word stands.
  for (const job of jobs) if (!byName.has(job.name)) byName.set(job.name, job);
  return [...byName.values()].sort((a, b) => b.createdAt - a.createdAt);
}
