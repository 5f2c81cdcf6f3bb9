/** Workflow commands as GitHub's log page shows them: folded titles, no machinery, secrets masked. */

const LABELS: Readonly<Record<string, string>> = { error: 'Error: ', warning: 'Warning: ', notice: 'Notice: ' };

/** Takes the raw output in any pieces and answers what a reader would see. */
export function makeLogView(): (chunk: string) => string {
  const masks: string[] = [];
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    const shown = lines.flatMap((line) => view(line, masks));
    return shown.map((line) => `${masks.reduce((text, mask) => text.replaceAll(mask, '***'), line)}\n`).join('');
  };
}

function view(line: string, masks: string[]): string[] {
  const [, command, text = ''] = /^\s*::([a-z-]+)[^:]*::(.*)$/i.exec(line) ?? [];
  if (command === undefined) return [line];
  const message = decoded(text);
  switch (command) {
    case 'add-mask':
      masks.push(message);
      return [];
    case 'group':
      return [`▾ ${message}`];
    case 'error':
    case 'warning':
    case 'notice':
      return [`${LABELS[command]}${message}`];
    default:
      return [];
  }
}

function decoded(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
