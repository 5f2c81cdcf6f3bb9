/** Inputs as the runner hands them over: variables of the environment named `INPUT_<NAME>`. */
import { nearMiss } from './near-miss.ts';
import { type Problem, quoted } from './problem.ts';
import type { InputSpec } from './spec.ts';
import { specList } from './specs.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'INPUT_';

/** The runner turns blanks into underscores and letters into capitals; hyphens stay. */
export function variableOf(input: string): string {
  return PREFIX + input.replaceAll(' ', '_').toUpperCase();
}

/**
 * The text that an input stands for: what was written, else its variable, else its default; undefined = unset.
 * An empty text counts as not written: an expression that came out empty must not undo a default.
 */
export function textOf(input: string, spec: InputSpec<unknown>, env: Environment): string | undefined {
  const stands = spec.default.startsWith('${{') ? undefined : spec.default;
  const fallback = spec.variable === undefined ? undefined : env[spec.variable];
  return [env[variableOf(input)], fallback, stands].map(trimmed).find((text) => text !== '');
}

/** Whether the workflow says something else than the default. */
export function isGiven(input: string, spec: InputSpec<unknown>, env: Environment): boolean {
  const written = trimmed(env[variableOf(input)]);
  return written !== '' && written !== spec.default;
}

/** The beginning of a text of several lines is left: its indentation and line numbers count. */
function trimmed(text = ''): string {
  const short = text.trim();
  return short.includes('\n') ? text.trimEnd() : short;
}

/**
 * Variables that look like inputs but are none. A near miss is a mistake; others are left to a warning, for
 * self-hosted runners may have variables of their own.
 */
export function unknownInputs(env: Environment): { readonly problems: Problem[]; readonly warnings: string[] } {
  const known = new Set(specList.map(([name]) => variableOf(name)));
  const visible = specList.filter(([, spec]) => !spec.hidden).map(([name]) => name);
  const problems: Problem[] = [];
  const warnings: string[] = [];
  for (const variable of Object.keys(env).sort()) {
    if (!variable.startsWith(PREFIX) || variable === PREFIX || known.has(variable)) continue;
    if (env[variable] === undefined) continue;
    const input = variable.slice(PREFIX.length).toLowerCase();
    const meant = nearMiss(input, visible);
    if (meant === undefined) warnings.push(`${quoted(input)} is no input of this action and is ignored.`);
    else problems.push({ input, message: 'is no input of this action', remedy: `Did you mean ${meant}?` });
  }
  return { problems, warnings };
}
