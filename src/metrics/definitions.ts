/** Metric definitions: those the user wrote, and one for every other name that the gates use. */
import type { MetricDefinition } from '../inputs/inputs.ts';
import type { Gate } from './gate.ts';
import { escaped } from './number.ts';
import { PRESETS, type PresetName } from './presets.ts';

// SageMaker does not document the flavour of its regular expressions, so these use nothing but groups, classes and
// quantifiers: no look-around, no named groups, no flags, and exactly one capture group.

/** A number as programs print it; nan and inf too, since a run that diverged must not look like one that said nothing. */
const NUMBER =
  '([-+]?(?:[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[nN][aA][nN]|[iI][nN][fF](?:inity)?))';

/**
 * `best_name=` and `myname=` are other metrics. SageMaker writes control characters into the log as text, such as
 * `#011` for a tab, whose last digit would otherwise look like a part of the name.
 */
const BEFORE_NAME = '(?:^|[^A-Za-z0-9_]|#0(?:10|11|15|33))';

/** `name = 1`, `name: 1`, and `"name": 1` or `'name': 1` of printed dictionaries. */
const BETWEEN = '["\']?\\s*[=:]\\s*';

/** What runs on is no number: `34.38s`, `9811/10000`, `7,034`, `1.2.3`. */
const AFTER_NUMBER = '(?:$|[^A-Za-z0-9_./,]|[.,](?:[^0-9]|$))';

/** A definition that matches `name = number` and `name: number`. */
export function definitionOf(name: string): MetricDefinition {
  return { name, regex: `${BEFORE_NAME}${escaped(name)}${BETWEEN}${NUMBER}${AFTER_NUMBER}` };
}

/** Whether the definition was made of its name alone, by `definitionOf` or a preset: such a metric is read by its forms. */
export function isMadeFromName({ name, regex }: MetricDefinition): boolean {
  return (
    regex === definitionOf(name).regex || Object.values(PRESETS).some((preset) => regex === preset.regex(name, NUMBER))
  );
}

/** How the first of the presets prints a metric, else `name = 1`. */
function definitionFor(name: string, [preset]: readonly PresetName[]): MetricDefinition {
  return preset === undefined ? definitionOf(name) : { name, regex: PRESETS[preset].regex(name, NUMBER) };
}

/** The given definitions, then one for each other name in the order the gates use them, then for those named elsewhere. */
export function definitionsFor(
  given: readonly MetricDefinition[],
  gates: readonly Gate[],
  presets: readonly PresetName[] = [],
  further: readonly string[] = [],
): readonly MetricDefinition[] {
  const defined = new Set(given.map(({ name }) => name));
  const used = new Set([...gates.flatMap(({ metricsUsed }) => metricsUsed), ...further]);
  return [...given, ...[...used].filter((name) => !defined.has(name)).map((name) => definitionFor(name, presets))];
}

/** How many capture groups a pattern has; undefined when JavaScript cannot read it. */
export function captureGroups(regex: string): number | undefined {
  try {
    // The empty alternative always matches, and a match lists every group.
    const match = new RegExp(`${regex}|`).exec('');
    return match === null ? undefined : match.length - 1;
  } catch {
    return undefined;
  }
}
