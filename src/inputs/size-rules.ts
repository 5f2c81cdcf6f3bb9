/** How many entries the maps of a request may have, once what the job file and the action add is counted. */
import type { Combined } from './combinations.ts';
import { maximumOf } from './constraints.ts';
import type { Problem } from './problem.ts';
import { OWN_TAGS } from './specs/data.ts';
import type { InputName } from './specs.ts';

const LIMITS = [
  ['hyperparameters', maximumOf('CreateTrainingJob.HyperParameters')],
  ['environment', maximumOf('CreateTrainingJob.Environment')],
  ['channels', maximumOf('CreateTrainingJob.InputDataConfig')],
  ['tags', maximumOf('CreateTrainingJob.Tags') - OWN_TAGS],
] as const satisfies readonly (readonly [InputName, number])[];

export function sizeProblems({ values }: Combined): readonly Problem[] {
  return LIMITS.flatMap(([input, most]) => {
    const size = Object.keys(values[input] ?? {}).length;
    if (size <= most) return [];
    return [
      { input, message: `has ${size} entries with those of the job file`, remedy: `At most ${most} are allowed.` },
    ];
  });
}
