import type { Inputs } from '../../../src/inputs/inputs.ts';
import type { Problem } from '../../../src/inputs/problem.ts';
import { readInputs } from '../../../src/inputs/read-inputs.ts';

const REQUIRED = {
  'aws-region': 'us-east-1',
  'execution-role': 'arn:aws:iam::111122223333:role/training',
  'instance-type': 'cpu',
};

/** The environment the runner makes of these inputs. */
export function environmentOf(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]));
}

/** What comes of the required inputs and these. */
export function read(inputs: Readonly<Record<string, string>> = {}): ReturnType<typeof readInputs> {
  return readInputs(environmentOf({ ...REQUIRED, ...inputs }));
}

export function accept(inputs: Readonly<Record<string, string>> = {}): Inputs {
  const result = read(inputs);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problems)}`);
  return result.inputs;
}

export function refuse(inputs: Readonly<Record<string, string>>): readonly Problem[] {
  const result = read(inputs);
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(inputs)}`);
  return result.problems;
}
