/** Script mode's look for the checkpoint path. Pure. */
import { posix } from 'node:path';
import { checkpointFinding } from '../image/foresight/checkpoint-finding.ts';
import { LONGEST } from '../image/foresight/checkpoint-place.ts';
import { isReadable } from '../image/foresight/program.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { SourceFile } from './archive.ts';

/** `undefined` when the place is mentioned, or may be where nobody looks: in an image of one's own. */
export function checkpointNote(inputs: Inputs, files: readonly SourceFile[]): string | undefined {
  if (inputs.image.uri === undefined) return undefined;
  const readable = files.filter(({ path }) => isReadable(posix.basename(path)));
  if (readable.some(({ bytes }) => bytes.length > LONGEST)) return undefined;
  return checkpointFinding(
    inputs,
    readable.map(({ bytes }) => Buffer.from(bytes).toString('utf8')),
  );
}
