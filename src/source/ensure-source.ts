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

/** The program in S3, and what the reader of the report should know about it. */
export interface Source extends PlannedSource {
  readonly notes: readonly string[];
}

/** `undefined` without script mode. Throws a Failure when the archive cannot be made or stored. */
export async function ensureSource({ inputs, s3Uri }: Plan, doors: SourceDoors): Promise<Source | undefined> {
  if (inputs.script === undefined) return undefined;
  const files = await collectSource(inputs.script, doors.files);
  const tar = tarOf(files);
  const hash = createHash('sha256').update(tar).digest('hex');
  const uri = joinUri(s3Uri, 'source', `${hash}.tar.gz`);
  const isThere = await stored(uri, tar, doors.store);
  const what = isThere ? 'unchanged, already at' : 'uploaded to';
  doors.runner.print(clean(`Source ${what} ${uri}`, doors.secrets));
  const note = checkpointNote(inputs, files);
  if (note !== undefined) doors.runner.warning(clean(note, doors.secrets));
  return { uri, hash, notes: note === undefined ? [] : [note] };
}

async function stored(uri: string, tar: Uint8Array, store: SourceDoors['store']): Promise<boolean> {
  try {
    if (await store.exists(uri)) return true;
    await store.put(uri, gzipOf(tar));
    return false;
  } catch (error) {
    throw new Failure(
      'STORAGE_UNAVAILABLE',
      `The source could not be stored at ${uri}: ${messageOf(error)}`,
      'Check that the bucket of `s3-uri` exists in this region (the action never creates one) and that the CI role may s3:GetObject, s3:ListBucket and s3:PutObject there.',
      error,
    );
  }
}
