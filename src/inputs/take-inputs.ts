import { clean } from '../hostile/clean.ts';
import type { Ports } from '../ports.ts';
import { accountOf, hideAccounts } from './hidden-account.ts';
import type { Inputs } from './inputs.ts';
import { parseInputs } from './read-inputs.ts';
import { secretValues, secretWarning } from './secret-values.ts';

/** The inputs of this step; warnings are said, and values that are secrets are known as such before anything prints them. */
export function takeInputs({ runner, secrets }: Pick<Ports, 'runner' | 'secrets'>): Inputs {
  const { inputs, warnings } = parseInputs(runner.env);
  for (const value of Object.values(inputs.image.buildSecrets)) secrets.add(value);
  if (inputs.githubToken) secrets.add(inputs.githubToken);
  for (const source of inputs.report.redact) secrets.addPattern(source);
  hideAccounts([inputs.aws.roleToAssume, inputs.data.executionRole].map(accountOf), inputs, { runner, secrets });
  const exposed = secretValues(inputs);
  for (const { value } of exposed) secrets.add(value);
  for (const warning of [...warnings, ...exposed.map(secretWarning)]) runner.warning(clean(warning, secrets));
  return inputs;
}
