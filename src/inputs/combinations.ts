/** Inputs that are right alone and wrong together. */
import { channelProblems } from './channel-rules.ts';
import { computeProblems } from './compute-rules.ts';
import { costProblems } from './cost-rule.ts';
import type { JsonObject } from './json.ts';
import { metricProblems } from './metric-limits.ts';
import { networkProblems } from './network-rules.ts';
import type { Problem } from './problem.ts';
import { scriptProblems } from './script-rules.ts';
import { sizeProblems } from './size-rules.ts';
import type { InputName, Values } from './specs.ts';

export interface Combined {
  /** Inputs that are wrong alone are absent. */
  readonly values: Partial<Values>;
  /** Inputs that the workflow sets to something else than their default. */
  readonly given: ReadonlySet<InputName>;
  /** What the job file sets and no input does, in the API's own field names. */
  readonly rest: JsonObject;
}

/** Adding a rule is adding a line. */
const RULES: readonly ((inputs: Combined) => readonly Problem[])[] = [
  watchedJob,
  imageOrBuild,
  computeProblems,
  channelProblems,
  networkProblems,
  scriptProblems,
  sizeProblems,
  metricProblems,
  costProblems,
];

export function combinationProblems(inputs: Combined): readonly Problem[] {
  return RULES.flatMap((rule) => rule(inputs));
}

function watchedJob({ values: { mode, 'job-name': job }, given }: Combined): readonly Problem[] {
  if (mode === 'watch' && job === undefined && !given.has('job-name')) {
    const remedy = 'Give the name of the training job: the output job-name of the run that started it has it.';
    return [{ input: 'job-name', message: 'is not set, and mode: watch needs it', remedy }];
  }
  if (mode === undefined || mode === 'watch' || !given.has('job-name')) return [];
  return [{ input: 'job-name', message: 'is set, but a new job is started', remedy: 'Remove it, or set mode: watch.' }];
}

const BUILD_INPUTS = [
  'context',
  'dockerfile',
  'target',
  'build-args',
  'build-secrets',
  'platform',
  'repository',
  'image-tags',
  'cache',
] as const satisfies readonly InputName[];

function imageOrBuild({ given }: Combined): readonly Problem[] {
  if (!given.has('image')) return [];
  return BUILD_INPUTS.filter((input) => given.has(input)).map((input) => ({
    input,
    message: 'is set together with image, which is not built',
    remedy: `Remove ${input} to use the image, or remove image to build one.`,
  }));
}
