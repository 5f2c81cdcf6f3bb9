/** The program of script mode in S3, under a name that its content gives: what has not changed is not sent again. */
import { createHash } from 'node:crypto';
import { Failure, messageOf } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import { joinUri } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlannedSource } from '../plan/request.ts';
import type { Files, Runner, Secrets, Store } from '../ports.ts';
import { gzipOf, tarOf } from './archive.ts';
import { checkpointNote } from './checkpoint-note.ts';
import { collectSource } from './collect.ts';

export interface SourceDoors {
  readonly files: Pick<Files, 'list' | 'bytes'>;
  readonly store: Pick<Store, 'exists' | 'put'>;
  readonly runner: Pick<Runner, 'print' | 'warning'>;
  readonly secrets: Pick<Secrets, 'redact'>;
}

/** The packed program, its place, and what the reader of the report should know about it. */
export interface PackedSource extends PlannedSource {
  readonly tar: Uint8Array;
  readonly notes: readonly string[];
}

/** `undefined` without script mode. Throws a Failure when the archive cannot be made. */
export async function packSource(
  { inputs, s3Uri }: Plan,
  { files, runner, secrets }: Omit<SourceDoors, 'store'>,
): Promise<PackedSource | undefined> {
  if (inputs.script === undefined) return undefined;
  const collected = await collectSource(inputs.script, files);
  const note = checkpointNote(inputs, collected);
  if (note !== undefined) runner.warning(clean(note, secrets));
  const tar = tarOf(collected);
  const hash = createHash('sha256').update(tar).digest('hex');
  return { tar, hash, uri: joinUri(s3Uri, 'source', `${hash}.tar.gz`), notes: note === undefined ? [] : [note] };
}

/** The program in S3. */
export type Source = Omit<PackedSource, 'tar'>;

/** `undefined` without script mode. Throws a Failure when the archive cannot be made or stored. */
export async function ensureSource(plan: Plan, doors: SourceDoors): Promise<Source | undefined> {
  const packed = await packSource(plan, doors);
  if (packed === undefined) return undefined;
  const { uri, hash, tar, notes } = packed;
  const isThere = await stored(uri, tar, doors.store);
  const what = isThere ? 'unchanged, already at' : 'uploaded to';
  doors.runner.print(clean(`Source ${what} ${uri}`, doors.secrets));
  return { uri, hash, notes };
}

async function stored(uri: string, tar: Uint8Array, store: SourceDoors['store']): Promise<boolean> {
  try {
    if (await store.exists(uri)) return true;
    await store.put(uri, gzipOf(tar));
    return false;
  } catch (error) {
    throw unavailable(uri, 'could not be stored', error);
  }
}

/** Whether the program is there already. Reads only; throws a Failure for a bucket that cannot be read. */
export async function isStored({ uri }: PackedSource, store: Pick<Store, 'exists'>): Promise<boolean> {
  return store.exists(uri).catch((error) => {
    throw unavailable(uri, 'could not be looked for', error);
  });
}

function unavailable(uri: string, what: string, error: unknown): Failure {
  return new Failure(
    'STORAGE_UNAVAILABLE',
    `The source ${what} at ${uri}: ${messageOf(error)}`,
    'Check that the bucket of `s3-uri` exists in this region (the action never creates one) and that the CI role may s3:GetObject, s3:ListBucket and s3:PutObject there.',
    error,
  );
}
