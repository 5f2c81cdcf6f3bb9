/** Looks for the checkpoint path in what an image is built from. */
import { posix } from 'node:path';
import type { Inputs } from '../../inputs/inputs.ts';
import { isObject } from '../../inputs/json.ts';
import type { Files } from '../../ports.ts';
import type { HashedEntry } from '../context/read-context.ts';
import type { ImageRecipe } from '../recipe.ts';
import { checkpointFinding, mentionsPlace } from './checkpoint-finding.ts';
import { chainOf } from './dockerfile-findings.ts';
import type { Finding } from './finding.ts';
import { programOf } from './program.ts';

/** Of one file: what is longer is data, or nobody wrote it. Bytes. */
export const LONGEST = 256 * 2 ** 10;
/** Of all files together. Bytes. */
const MOST = 8 * 2 ** 20;

/** Nothing is said unless all that may be part of the program was read. */
export async function checkpointFindings(
  inputs: Inputs,
  recipe: ImageRecipe,
  files: Pick<Files, 'read'>,
): Promise<readonly Finding[]> {
  // Script mode has its own look at its program, and the Dockerfile alone says too little.
  if (!inputs.compute.spot || inputs.script !== undefined) return [];
  const texts = recipe.dockerfile.instructions.flatMap(({ text, heredocs }) => [
    text,
    ...heredocs.map(({ content }) => content),
  ]);
  if (checkpointFinding(inputs, texts) === undefined) return [];
  const program = programOf({
    chain: chainOf(recipe.reach.stages),
    entries: recipe.context.entries,
    started: startedBy(inputs),
  });
  if (program === undefined || !(await lacksMention(program.files, inputs, files))) return [];
  const message = checkpointFinding(inputs, texts);
  return message === undefined ? [] : [{ message, line: program.line }];
}

/** One file after the other, so that the first mention ends it. */
async function lacksMention(
  entries: readonly HashedEntry[],
  { image, data }: Inputs,
  files: Pick<Files, 'read'>,
): Promise<boolean> {
  if (entries.some(({ sizeBytes }) => sizeBytes > LONGEST)) return false;
  if (entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > MOST) return false;
  for (const { path } of entries) {
    const text = await files.read(posix.join(image.context, path));
    if (text === undefined || mentionsPlace(text, data.checkpointPath)) return false;
  }
  return true;
}

function startedBy({ jobFile }: Inputs): readonly string[] {
  const algorithm = jobFile.AlgorithmSpecification;
  const words = isObject(algorithm) ? algorithm.ContainerEntrypoint : undefined;
  return Array.isArray(words) ? words.filter((word) => typeof word === 'string') : [];
}
