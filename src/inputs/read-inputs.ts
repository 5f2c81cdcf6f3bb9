/** The inputs of a run: all of them accepted, or all that is wrong with them at once. */
import { Failure } from '../failure.ts';
import { assemble } from './assemble.ts';
import { combinationProblems } from './combinations.ts';
import type { Inputs } from './inputs.ts';
import { metricWarnings } from './metric-limits.ts';
import type { Mistake, Problem } from './problem.ts';
import type { InputSpec } from './spec.ts';
import { type InputName, specList, type Values } from './specs.ts';
import { type Environment, isGiven, textOf, unknownInputs, variableOf } from './written.ts';

export type ReadInputs =
  | { readonly ok: true; readonly inputs: Inputs; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly warnings: readonly string[] };

/** Reads the inputs from the environment of the step. Problems come in the order of action.yml, unknown inputs first. */
export function readInputs(env: Environment): ReadInputs {
  const unknown = unknownInputs(env);
  const { values, problems: single } = readEach(env);
  const given = new Set(specList.filter(([name, spec]) => isGiven(name, spec, env)).map(([name]) => name));
  const problems = [...unknown.problems, ...single, ...combinationProblems({ values, given, rest: {} })];
  const warnings = [...unknown.warnings, ...metricWarnings(values.metrics)];
  if (problems.length > 0) return { ok: false, problems, warnings };
  // Without problems every input that must have a value has one: that is what `ValueOf` says of its spec.
  return { ok: true, inputs: assemble(values as Values), warnings };
}

function readEach(env: Environment): { readonly values: Partial<Values>; readonly problems: readonly Problem[] } {
  const values: Partial<Record<InputName, unknown>> = {};
  const problems: Problem[] = [];
  for (const [input, spec] of specList) {
    const text = textOf(input, spec, env);
    if (text === undefined) {
      problems.push(...missing(input, spec));
      continue;
    }
    const parsed = spec.read(text);
    if (parsed.ok) values[input] = parsed.value;
    else problems.push(...parsed.mistakes.map((mistake) => problemOf(input, spec, mistake, env)));
  }
  return { values: values as Partial<Values>, problems };
}

function missing(input: InputName, spec: InputSpec<unknown>): readonly Problem[] {
  if (!spec.required && spec.variable === undefined) return [];
  const variable = spec.variable === undefined ? '' : ` Or set ${spec.variable} in the environment.`;
  return [{ input, message: 'is not set', remedy: `Add it, for example ${input}: ${spec.example}.${variable}` }];
}

/** A mistake in a variable that stands in for an input is told as such. */
function problemOf(input: InputName, { variable }: InputSpec<unknown>, mistake: Mistake, env: Environment): Problem {
  const fromVariable = variable !== undefined && (env[variableOf(input)] ?? '').trim() === '';
  return fromVariable ? { input, ...mistake, message: `(from ${variable}) ${mistake.message}` } : { input, ...mistake };
}

/** As {@link readInputs}. Throws one Failure INPUT_INVALID that names every problem with its remedy. */
export function parseInputs(env: Environment): { readonly inputs: Inputs; readonly warnings: readonly string[] } {
  const read = readInputs(env);
  if (read.ok) return read;
  const count = read.problems.length;
  const heading = count === 1 ? 'There is a mistake in the inputs:' : `There are ${count} mistakes in the inputs:`;
  const remedy = 'Correct the `with:` block of the step. Nothing was built or started.';
  throw new Failure('INPUT_INVALID', [heading, ...read.problems.map(worded)].join('\n'), remedy);
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
