/** From a frame of a traceback to the line of the repository that it means. In doubt there is no answer. */
import { posix } from 'node:path';
import { originsOf } from '../image/dockerfile/copies.ts';
import { parseDockerfile } from '../image/dockerfile/dockerfile.ts';
import { resolveStages } from '../image/dockerfile/resolve.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Checkout, Files } from '../ports.ts';
import type { Frame } from './exception.ts';

/** A file of the repository, relative to its root, and a 1-based line. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

export interface LocateDoors {
  readonly files: Pick<Files, 'read'>;
  readonly checkout: Pick<Checkout, 'tracked'>;
}

/** Where SageMaker's toolkit and most images keep the program. */
const CODE = '/opt/ml/code/';
/** A deep recursion has thousands of frames, each of which says the same. */
const MOST_FRAMES = 8;
/** Of a longer line the beginning is compared. UTF-16 units. */
const LONGEST_CODE = 400;

/** The first of the frames whose line is found; `frames` deepest first. */
export async function locate(
  frames: readonly Frame[],
  image: Inputs['image'],
  doors: LocateDoors,
): Promise<SourcePlace | undefined> {
  const dockerfile = image.uri === undefined ? await readText(image.dockerfile, doors) : undefined;
  const { target, platform, buildArgs } = image;
  const stages =
    dockerfile === undefined ? [] : resolveStages(parseDockerfile(dockerfile), target, { platform, buildArgs });
  for (const frame of frames.slice(0, MOST_FRAMES)) {
    const path = posix.normalize(frame.file);
    const copied = originsOf(path, stages ?? []).map((origin) => posix.join(image.context, origin));
    const place = await firstThatHolds(copied, frame, doors);
    if (place !== 'none') {
      if (place !== undefined) return place;
      continue;
    }
    const named = await firstThatHolds(await theOnlyOne(path, doors), frame, doors);
    if (named !== 'none' && named !== undefined) return named;
  }
  return undefined;
}

/** The tracked file of that relative path, if there is one and no other. */
async function theOnlyOne(path: string, { checkout }: LocateDoors): Promise<readonly string[]> {
  const relative = path.startsWith(CODE) ? path.slice(CODE.length) : path;
  if (relative.startsWith('/') || relative.startsWith('..')) return [];
  const tracked = await checkout.tracked(relative);
  return tracked?.length === 1 ? tracked : [];
}

/** `none`: no such file. `undefined`: the file is there, but its line is another one than the traceback shows. */
async function firstThatHolds(
  candidates: readonly string[],
  frame: Frame,
  doors: LocateDoors,
): Promise<SourcePlace | undefined | 'none'> {
  for (const candidate of candidates) {
    const file = posix.normalize(candidate);
    if (file.startsWith('..') || file.startsWith('/')) continue;
    const text = await readText(file, doors);
    if (text !== undefined) return holds(text, frame) ? { file, line: frame.line } : undefined;
  }
  return 'none';
}

/** Of a statement of several lines the traceback shows them joined. */
function holds(text: string, { line, code }: Frame): boolean {
  const written = text.split(/\r?\n/)[line - 1]?.trim();
  return written !== undefined && written !== '' && squeezed(code).startsWith(squeezed(written).slice(0, LONGEST_CODE));
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A directory, or what this user may not read, is no source file. */
async function readText(path: string, { files }: LocateDoors): Promise<string | undefined> {
  return files.read(path).catch(() => undefined);
}
