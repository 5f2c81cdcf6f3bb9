/** Whether a program on spot capacity knows where its checkpoints belong. Pure. */
import { posix } from 'node:path';
import type { Inputs } from '../../inputs/inputs.ts';

/** The job's own description of the place, and the variables in which programs expect it. */
const TOLD_BY_SAGEMAKER = /checkpointconfig|\bSM_\w*(?:CHECKPOINT|CKPT)/i;

/**
 * Tells what an interruption would cost; `undefined` when the place is mentioned, or when an interruption cannot happen.
 * `texts`: what the program and its image are made of. The job's own settings are looked at as well: a trainer of a
 * library is told the place by a hyperparameter, a variable or an argument.
 */
export function checkpointFinding({ compute, data, jobFile }: Inputs, texts: readonly string[]): string | undefined {
  if (!compute.spot) return undefined;
  const settings = JSON.stringify([data.hyperparameters, data.environment, jobFile]);
  if ([settings, ...texts].some((text) => mentionsPlace(text, data.checkpointPath))) return undefined;
  return `Nothing in the program or its image mentions ${data.checkpointPath}: what is not saved there is lost when spot capacity is interrupted, and the training starts from zero. Save checkpoints there and go on from the newest (docs/recipes.md of this action shows how), or name in \`checkpoint-path\` where they are.`;
}

/** Also put together of parts: `os.path.join("/opt/ml", "checkpoints")`, `f"{root}/checkpoints"` where `root = "/opt/ml"`. */
export function mentionsPlace(text: string, checkpointPath: string): boolean {
  const path = posix.normalize(checkpointPath).replace(/\/$/, '');
  if (text.includes(path) || TOLD_BY_SAGEMAKER.test(text)) return true;
  const parent = posix.dirname(path);
  const isRoot = [`'${parent}`, `"${parent}`].some((start) => ['', '/'].some((end) => closes(text, start + end)));
  return isRoot && ["'", '"', '/'].some((before) => text.includes(before + posix.basename(path)));
}

/** Whether a text in quotes ends where `start` does. */
function closes(text: string, start: string): boolean {
  return text.includes(start + start.charAt(0));
}
