/** Inputs that are right alone and wrong together. */
import { longestRunSeconds, worstCaseUsd } from '../plan/cost.ts';
import { inWords } from './duration.ts';
import { metricProblems } from './metric-limits.ts';
import type { Problem } from './problem.ts';
import type { InputName, Values } from './specs.ts';

export interface Combined {
  /** Inputs that are wrong alone are absent. */
  readonly values: Partial<Values>;
  /** Inputs that the workflow sets to something else than their default. */
  readonly given: ReadonlySet<InputName>;
}

/** Adding a rule is adding a line. */
const RULES: readonly ((inputs: Combined) => readonly Problem[])[] = [
  imageOrBuild,
  waitOnlyWithSpot,
  waitCoversRun,
  metricProblems,
  costFits,
];

export function combinationProblems(inputs: Combined): readonly Problem[] {
  return RULES.flatMap((rule) => rule(inputs));
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

function waitOnlyWithSpot({ values, given }: Combined): readonly Problem[] {
  if (values.spot !== false || !given.has('max-wait')) return [];
  const remedy = 'Remove max-wait, or set spot: true.';
  return [{ input: 'max-wait', message: 'is set, but spot is false: only spot capacity is waited for', remedy }];
}

function waitCoversRun({ values }: Combined): readonly Problem[] {
  const { 'max-run': run, 'max-wait': wait } = values;
  if (values.spot === false || run === undefined || wait === undefined || wait >= run) return [];
  const message = `is ${inWords(wait)}, shorter than max-run (${inWords(run)}), which it includes`;
  return [{ input: 'max-wait', message, remedy: `Write at least ${inWords(run)}, with time to wait on top.` }];
}

/** The worst case must fit: a job that was started is not stopped for its cost as long as it keeps to `max-run`. */
function costFits({ values }: Combined): readonly Problem[] {
  const { 'max-cost': limit, 'max-run': maxRunSeconds, 'instance-type': instanceType } = values;
  const instanceCount = values['instance-count'];
  if (limit === undefined || maxRunSeconds === undefined || instanceType === undefined || instanceCount === undefined)
    return [];
  const worst = worstCaseUsd({ instanceType, instanceCount, maxRunSeconds });
  if (worst === undefined) {
    const message = `is set, but no public price of ${instanceType} is known to keep it by`;
    return [{ input: 'max-cost', message, remedy: 'Remove max-cost, or take another instance-type.' }];
  }
  if (worst <= limit) return [];
  const longest = longestRunSeconds(limit, { instanceType, instanceCount });
  const whole = longest > 60 ? longest - (longest % 60) : longest;
  const least = (Math.ceil(worst * 100) / 100).toFixed(2);
  const fits = whole > 0 ? `Set max-run to at most ${inWords(whole)}, or` : 'No max-run is short enough:';
  const message = `is ${limit} USD, less than the worst case of ${least} USD: ${instanceCount} × ${instanceType} for max-run (${inWords(maxRunSeconds)}) and 10m around it`;
  return [{ input: 'max-cost', message, remedy: `${fits} set max-cost to at least ${least}.` }];
}
