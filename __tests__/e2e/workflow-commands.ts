/**
 * Workflow commands as the runner finds them in a step's output, by its own rules (actions/runner, ActionCommand.cs and
 * OutputManager.cs), written down once more and without a look at the action's code.
 */

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const REGISTERED = new Set([
  ...['set-env', 'add-path', 'set-output', 'save-state', 'add-mask', 'add-matcher', 'remove-matcher', 'debug', 'echo'],
  ...['warning', 'error', 'notice', 'group', 'endgroup', 'stop-commands', 'internal-set-repo-path'],
]);

/** .NET's white space, which trims a line's start; unlike JavaScript's it has U+0085 and lacks U+FEFF. */
const BLANK = /^[\s\u0085]+/;

/** Everything the runner would obey, in order. */
export function commandsIn(output: string): readonly Command[] {
  // .NET ends a line at a lone carriage return as well.
  return output.split(/\r\n|\r|\n/).flatMap((line) => parseV2(line) ?? parseV1(line) ?? []);
}

/** `::name key=value,…::data` at the start of a trimmed line. */
function parseV2(line: string): Command | undefined {
  const text = line.replace(BLANK, '');
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end < 0) return undefined;
  return command(text.slice(2, end), ',', text.slice(end + 2));
}

/** `##[name key=value;…]data` anywhere in a line. */
function parseV1(line: string): Command | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) return undefined;
  return command(line.slice(start + 3, end), ';', line.slice(end + 1));
}

function command(info: string, separator: string, data: string): Command | undefined {
  const [, name = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(info) ?? [];
  if (!REGISTERED.has(name.toLowerCase())) return undefined;
  const pairs = rest.split(separator).flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1)]];
  });
  return { name: name.toLowerCase(), properties: Object.fromEntries(pairs), data };
}
