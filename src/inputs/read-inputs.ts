/** The inputs of a run: all of them accepted, or all that is wrong with them at once. */
import { Failure } from '../failure.ts';
import { assemble } from './assemble.ts';
import { combinationProblems } from './combinations.ts';
import type { Inputs } from './inputs.ts';
import { mergeJobFile } from './job-file/merge-job-file.ts';
import { located } from './job-file/place.ts';
import { type JobFileText, readNamed } from './job-file/read-job-file.ts';
import { requestProblems } from './job-file/request-rules.ts';
import { inputsIn } from './job-file/settings.ts';
import { metricWarnings } from './metric-limits.ts';
import { distinct, type FilePlace, type Mistake, type Problem } from './problem.ts';
import { chooseDistribution } from './profile-distribution.ts';
import type { InputSpec } from './spec.ts';
import { type InputName, specList, specs, type Values } from './specs.ts';
import { type Environment, isGiven, textOf, unknownInputs, variableOf } from './written.ts';

export type ReadInputs =
  | { readonly ok: true; readonly inputs: Inputs; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly warnings: readonly string[] };

/** What the inputs name in the checkout. */
export interface Found {
  readonly jobFile?: JobFileText | undefined;
  /** Files that are not there. */
  readonly problems?: readonly Problem[];
}

/**
 * Reads the inputs from the environment of the step, and the job file where one is named and was fetched. Problems come in
 * the order of action.yml, unknown inputs first, those of the job file last.
 */
export function readInputs(env: Environment, found: Found = {}): ReadInputs {
  const unknown = unknownInputs(env);
  const { values, problems: single } = readEach(env);
  const given = new Set(specList.filter(([name, spec]) => isGiven(name, spec, env)).map(([name]) => name));
  const file = readNamed(found.jobFile);
  const merged = mergeJobFile(file, { values, given });
  const inFile = [...file.problems, ...merged.problems];
  const problems = [
    ...unknown.problems,
    ...single,
    ...(found.problems ?? []),
    ...missing(merged.values, new Set([...single.map(({ input }) => input), ...inputsIn(file.places)])),
    ...combinationProblems(merged).map((problem) => placed(problem, merged.origins)),
    ...distinct([...inFile, ...requestProblems(file.places, merged)]),
  ];
  const { warning } = chooseDistribution(merged.values);
  const warnings = [...unknown.warnings, ...metricWarnings(merged.values.metrics), ...(warning ? [warning] : [])];
  if (problems.length > 0) return { ok: false, problems, warnings };
  // Without problems every input that must have a value has one: that is what `ValueOf` says of its spec.
  return { ok: true, inputs: assemble({ ...UNTOLD, ...merged.values } as Values, merged.rest), warnings };
}

function readEach(env: Environment): { readonly values: Partial<Values>; readonly problems: readonly Problem[] } {
  const values: Partial<Record<InputName, unknown>> = {};
  const problems: Problem[] = [];
  for (const [input, spec] of specList) {
    const text = textOf(input, spec, env);
    if (text === undefined) continue;
    const parsed = spec.read(text);
    if (parsed.ok) values[input] = parsed.value;
    else problems.push(...parsed.mistakes.map((mistake) => problemOf(input, spec, mistake, env)));
  }
  return { values: values as Partial<Values>, problems };
}

/** A job that is there already has them. */
const OF_A_NEW_JOB: readonly InputName[] = ['execution-role', 'instance-type'];

/** Inputs that must have a value and have none, neither in the workflow nor in the job file. */
function missing(values: Partial<Values>, told: ReadonlySet<string>): readonly Problem[] {
  return specList
    .filter(
      ([input, spec]) =>
        (spec.required || spec.variable !== undefined) && values[input] === undefined && !told.has(input),
    )
    .filter(([input]) => values.mode !== 'watch' || !OF_A_NEW_JOB.includes(input))
    .map(([input, spec]) => {
      const variable = spec.variable === undefined ? '' : ` Or set ${spec.variable} in the environment.`;
      return { input, message: 'is not set', remedy: `Add it, for example ${input}: ${spec.example}.${variable}` };
    });
}

/** A problem of an input that the job file has set stands there. */
function placed(problem: Problem, origins: ReadonlyMap<string, FilePlace>): Problem {
  const place = problem.at === undefined ? origins.get(problem.input) : undefined;
  return place === undefined ? problem : { ...problem, ...located(place) };
}

/** A mistake in a variable that stands in for an input is told as such. */
function problemOf(input: InputName, { variable }: InputSpec<unknown>, mistake: Mistake, env: Environment): Problem {
  const fromVariable = variable !== undefined && (env[variableOf(input)] ?? '').trim() === '';
  return fromVariable ? { input, ...mistake, message: `(from ${variable}) ${mistake.message}` } : { input, ...mistake };
}

/** As {@link readInputs}. Throws one Failure INPUT_INVALID that names every problem with its remedy. */
export function parseInputs(env: Environment, found?: Found): Extract<ReadInputs, { ok: true }> {
  const read = readInputs(env, found);
  if (read.ok) return read;
  throw inputFailure(read.problems);
}

/** What a job file may say instead, and a job to watch has. */
const UNTOLD = { 'instance-type': { type: '' }, 'execution-role': '' };

/**
 * The inputs once more, for the post step: main has checked them. The job file may be gone with the checkout, and what
 * only it says (empty here) decides nothing any more.
 */
export function reparseInputs(env: Environment): Inputs {
  const { values, problems } = readEach(env);
  if (problems.length > 0) throw inputFailure(problems);
  return assemble({ ...UNTOLD, ...values } as Values, {});
}

export function inputFailure(problems: readonly Problem[]): Failure {
  const count = problems.length;
  const heading = count === 1 ? 'There is a mistake in the inputs:' : `There are ${count} mistakes in the inputs:`;
  const remedy = 'Correct the `with:` block of the step. Nothing was built or started.';
  return new Failure('INPUT_INVALID', [heading, ...problems.map(worded)].join('\n'), remedy);
}

/** The path of the job file, where one is named. */
export function jobFilePath(env: Environment): string | undefined {
  return textOf('job-file', specs['job-file'], env);
}

/** `- max-run is "90x", which is no duration. Write …`, with the excerpt below it. */
export function worded({ input, at, message, remedy, excerpt }: Problem): string {
  const subject = at === undefined ? input : `${input}, ${at}:`;
  const drawing = (excerpt ?? '')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => `\n    ${text}`);
  return `- ${subject} ${message}. ${remedy}${drawing.join('')}`;
}
