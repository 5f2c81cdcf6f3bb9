/** action.yml as the runner reads it. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface ActionMetadata {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string; readonly post: string };
}

export function readActionMetadata(root: string): ActionMetadata {
  return parse(readFileSync(`${root}/action.yml`, 'utf8'));
}

/** Values of the contexts that defaults may use. */
export interface DefaultContexts {
  readonly token: string;
  readonly matrix: Readonly<Record<string, unknown>> | null;
  readonly strategy: Readonly<Record<string, unknown>> | null;
}

/**
 * The environment of a step's inputs, by the runner's own rule (actions/runner, Handler.AddInputsToEnvironment): spaces
 * become `_`, letters upper-case, hyphens stay; a default counts only where the key is absent from `with:`.
 */
export function inputEnvironment(
  metadata: ActionMetadata,
  inputs: Readonly<Record<string, string>>,
  contexts: DefaultContexts,
): Record<string, string> {
  const defaults = Object.entries(metadata.inputs).map(([name, spec]) => [
    name,
    evaluate(spec.default ?? '', contexts),
  ]);
  const all: Record<string, string> = { ...Object.fromEntries(defaults), ...inputs };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}

function evaluate(text: string, { token, matrix, strategy }: DefaultContexts): string {
  return text
    .replace('${{ github.token }}', () => token)
    .replace('${{ toJSON(matrix) }}', () => JSON.stringify(matrix, null, 2))
    .replace('${{ toJSON(strategy) }}', () => JSON.stringify(strategy, null, 2));
}
