/** The tables of the README, from action.yml; the groups of the inputs from the table of specs. */
import { parse } from 'yaml';
import { type InputName, specs } from '../src/inputs/specs.ts';

export interface ActionMetadata {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly required: boolean; readonly default?: string }>
  >;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: Readonly<Record<string, string>>;
}

export function readMetadata(actionYml: string): ActionMetadata {
  return parse(actionYml) as ActionMetadata;
}

/** The README with everything between its markers written anew. Throws when a pair of markers is missing. */
export function withTables(readme: string, action: ActionMetadata): string {
  return replaceBetween(replaceBetween(readme, 'inputs', inputTables(action)), 'outputs', outputTable(action));
}

function inputTables(action: ActionMetadata): string {
  const shown = Object.entries(action.inputs).filter(([name]) => specs[name as InputName]?.hidden !== true);
  const byGroup = Map.groupBy(shown, ([name]) => specs[name as InputName]?.group ?? 'other');
  return [...byGroup]
    .map(
      ([group, inputs]) => `### ${heading(group)}\n\n${table(['Input', 'Meaning', 'Default'], inputs.map(inputRow))}`,
    )
    .join('\n\n');
}

function inputRow([name, input]: [string, ActionMetadata['inputs'][string]]): readonly string[] {
  const byDefault = input.default === undefined ? '' : `\`${input.default}\``;
  return [`\`${name}\``, input.description, input.required ? '**required**' : byDefault];
}

function outputTable(action: ActionMetadata): string {
  const rows = Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, description]);
  return table(['Output', 'Meaning'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`);
  return lines.join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function heading(group: string): string {
  return group.charAt(0).toUpperCase() + group.slice(1);
}

function replaceBetween(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`README.md lacks the markers ${start} and ${end}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}
