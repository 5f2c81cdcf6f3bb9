/**
 * The log of a job as SageMaker's Python SDK shows it: every node's lines in a colour of its own, sometimes glued to a line
 * of the SDK. CloudWatch itself never holds a real escape character: there it stands as the text `#033`.
 */

export interface ShownLine {
  /** `algo-1` for the first colour, and so on; `algo-1` without any. */
  readonly node: string;
  readonly text: string;
}

/** The SDK's colours in the order of the nodes (its logs module); any other colour is a node of its own behind them. */
const COLOURS = ['34', '35', '32', '36', '33'];

export function linesShown(log: string): readonly ShownLine[] {
  const lines: ShownLine[] = [];
  let node = 'algo-1';
  for (const line of log.split(/\r?\n/)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colour is what tells the nodes apart
    for (const part of line.split(/(?=\u001b\[3\d(?:;\d+)?m)/)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the colour is what tells the nodes apart
      const colour = /^\u001b\[(3\d)/.exec(part)?.[1];
      if (colour !== undefined) node = nodeOf(colour);
      lines.push({ node, text: part });
      if (part.includes('\u001b[0m')) node = 'algo-1';
    }
  }
  return lines;
}

function nodeOf(colour: string): string {
  const at = COLOURS.indexOf(colour);
  return `algo-${at === -1 ? COLOURS.length + Number(colour) : at + 1}`;
}
