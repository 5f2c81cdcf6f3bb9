/**
 * A line of CloudWatch Logs taken apart into what the program printed. On its way the text is damaged in known ways:
 * control characters arrive as text (`#011` for a tab), one event holds many redraws of a progress bar, launchers put
 * the rank in front, and two writers may end up on one line.
 */

export interface LogRecord {
  /** Without escapes, prefixes, time stamps and outer blanks. */
  readonly text: string;
  /** Of the process that wrote it, where a launcher says so; else 0. */
  readonly rank: number;
  /** Standard output or error, or a logger, where the prefix tells; a copy comes by another one. */
  readonly channel: string;
  /** Drawn over the record before it. */
  readonly redraws: boolean;
}

/** A stretch between two carriage returns, as it was written and as records. */
export interface Drawing {
  readonly raw: string;
  /** The line it stood in, by the reader's count. */
  readonly line: number;
  readonly records: readonly LogRecord[];
}

/** Longer records are read from their end: that is where the newest values stand. UTF-16 units. */
const LONGEST_RECORD = 16_384;

// biome-ignore lint/suspicious/noControlCharactersInRegex: carriage returns and backspaces are what a redraw is made of
const REDRAW = /(?:[\r\u0008]|#01[05])+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const COLOURS = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** Where a second writer begins in mid-line. */
const SEAM =
  /(?=\[\d{1,6},(?:mpirank:)?\d{1,6}(?:,algo-\d{1,4})?\]<std(?:out|err)>:)|(?=Epoch \d{1,9}(?:\/\S{1,20})?:(?: :)? +\d{1,3}%\|)|(?=Epoch \d{1,9}, global step \d)/;

/** Every drawing of the line, each cut at seams; empty ones are left out. `number` is the reader's count of lines. */
export function drawingsOf(line: string, number = 0): readonly Drawing[] {
  const drawings: Drawing[] = [];
  let carried: Prefix = { rank: 0, channel: '' };
  for (const { raw, redraws } of splitRedraws(line)) {
    const records: LogRecord[] = [];
    for (const part of decoded(raw)
      .split('\n')
      .flatMap((text) => text.split(SEAM))) {
      const { text, prefix } = withoutPrefixes(part, carried);
      carried = prefix;
      if (text !== '') records.push({ text: endOf(text), ...prefix, redraws });
    }
    if (records.length > 0) drawings.push({ raw, line: number, records });
  }
  return drawings;
}

function splitRedraws(line: string): readonly { readonly raw: string; readonly redraws: boolean }[] {
  const cuts = [...line.matchAll(REDRAW)].map(({ index }) => index);
  if (cuts.length === 0) return [{ raw: line, redraws: false }];
  // A carriage return at the end redraws nothing: programs on Windows end their lines so.
  const starts = cuts[0] === 0 ? cuts : [0, ...cuts];
  return starts.map((start, at) => ({ raw: line.slice(start, starts[at + 1]), redraws: start === cuts[0] || at > 0 }));
}

function decoded(raw: string): string {
  return raw
    .replace(REDRAW, '')
    .replace(/#0(11|12|33)/g, (_, code: string) => (code === '11' ? '\t' : code === '12' ? '\n' : '\u001b'))
    .replace(COLOURS, '');
}

interface Prefix {
  readonly rank: number;
  readonly channel: string;
}

const DAY = '(?:\\d{4}[-/]\\d\\d[-/]\\d\\d|\\d\\d[-/]\\d\\d(?:[-/]\\d{4})?)';
const TIME = '\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?';
const LEVEL = '(?:INFO|WARNING|WARN|DEBUG|ERROR)';

/** What launchers and loggers put in front; a group is the rank. */
const PREFIXES: readonly { readonly pattern: RegExp; readonly channel?: string; readonly ranked?: boolean }[] = [
  { pattern: /^\S{0,40}algo-(\d+)-\w+ +\| ?/, ranked: true },
  { pattern: /^\[\d+,(?:mpirank:)?(\d+)(?:,algo-\d+)?\]<stdout>:/, channel: 'stdout', ranked: true },
  { pattern: /^\[\d+,(?:mpirank:)?(\d+)(?:,algo-\d+)?\]<stderr>:/, channel: 'stderr', ranked: true },
  { pattern: /^\[(?:rank ?|default)(\d+)\]: ?/, ranked: true },
  { pattern: /^\((?:[\w.]+ )?pid=\d+(?:, ip=[\d.]+)?\) / },
  // `INFO:root:` stands before a message, but `INFO:val_loss: 0.5` is one.
  {
    pattern: new RegExp(`^${LEVEL}:(?:(?:root|__\\w+__|[\\w.]+\\.\\w+):|[\\w.]+:(?=\\S|$|\\s+(?![-+.\\d]|nan|inf)))`),
    channel: 'logger',
  },
  {
    pattern: new RegExp(`^\\[?${DAY}[ T:]${TIME}(?::${LEVEL})?(?: ${LEVEL})?(?: \\d+(?=\\]))?\\]?(?: [-|]|:)? *`),
    channel: 'dated logger',
  },
  { pattern: new RegExp(`^[\\w.]{1,60} - ${LEVEL} - `), channel: 'named logger' },
  {
    pattern: new RegExp(`^${LEVEL}(?: [-|]| *:)? +(?:(?:__\\w+__|[\\w.]+\\.\\w+) (?:[-|]|:) *)?`),
    channel: 'levelled logger',
  },
];

/** No launcher stacks more than this. */
const MOST_PREFIXES = 6;

function withoutPrefixes(part: string, carried: Prefix): { readonly text: string; readonly prefix: Prefix } {
  let text = part.trim();
  let prefix = carried;
  for (let taken = 0; taken < MOST_PREFIXES; taken++) {
    const found = PREFIXES.find(({ pattern }) => pattern.test(text));
    const match = found?.pattern.exec(text);
    if (found === undefined || !match) break;
    text = text.slice(match[0].length).trim();
    prefix = {
      rank: found.ranked ? Number(match[1]) : prefix.rank,
      channel: found.channel ?? prefix.channel,
    };
  }
  return { text, prefix };
}

function endOf(text: string): string {
  if (text.length <= LONGEST_RECORD) return text;
  const end = text.slice(-LONGEST_RECORD);
  // A name cut in two would look like another name: best_loss, loss.
  const blank = end.search(/\s/);
  return blank === -1 ? '' : end.slice(blank);
}
