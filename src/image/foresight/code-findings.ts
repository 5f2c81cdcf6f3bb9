/** Whether an image leaves room for the program that script mode brings. Pure; only what is certain. */
import { type Copied, copiedBelow } from '../dockerfile/copies.ts';
import type { ResolvedStage } from '../dockerfile/resolve.ts';
import type { Finding } from './finding.ts';

/** Where the training toolkit unpacks the program, unless something is there already (sagemaker-training, files.py). */
const CODE = '/opt/ml/code';

/** `stages`: all up to the target. */
export function codeFindings(stages: readonly ResolvedStage[], isScriptMode: boolean): readonly Finding[] {
  const [first] = isScriptMode ? copiedBelow(CODE, stages) : [];
  return first === undefined ? [] : [finding(first)];
}

function finding({ name, line }: Copied): Finding {
  const message = `${name} puts files into ${CODE}: the training toolkit keeps what it finds there, so that the program of \`entry-point\` and \`source-dir\` would never be unpacked. Put them elsewhere in the image, or remove \`entry-point\` and \`source-dir\` to train what the image holds.`;
  return { message, line };
}
