/**
 * PyTorch Lightning: progress bars (tqdm and Rich), checkpoint messages, result tables, printed metrics.
 * `Epoch 2: 100%|███| 8/8 [00:01<00:00, 5.10it/s, loss=0.1, v_num=0, val_loss=0.7]`
 */
import type { Measurement, Reader, Wanted } from '../measurement.ts';
import { escaped, numberOf, VALUE } from '../number.ts';
import { belongsToStep } from '../place.ts';
import { parsePythonDict } from './python-dict.ts';

const HEAD = /^Epoch (\d{1,9})(?:\/\S{1,20})?:?(?: :){0,3} +(?:\d{1,3}%)?/;
const COUNTER = /[|━╸╺ ] {0,8}(\d{1,12})\/(\d{1,12}|\?|--) /;
const RATE = /(?:it\/s|s\/it)/;
/** A pair cut at the terminal's width has neither comma nor bracket behind it. */
const BAR_PAIR = new RegExp(`(?:^|[, ])([^\\s=,\\]]{1,200})=(${VALUE})(?=[,\\]])`, 'g');
const RICH_PAIR = new RegExp(`(?:^| )([^\\s:]{1,200}): (${VALUE})(?= |$)`, 'g');
const CHECKPOINT = new RegExp(
  `^Epoch (\\d{1,9}), (?:global )?step \\d{1,12}: '?([^\\s']{1,200})'? reached (${VALUE})(?= |,|$)`,
);
const TABLE_HEAD = /(?:\smetric\s{1,200}[│┃]?\s{0,200}dataloader \d|^dataloader:\d+ \w+ results)/i;
/** A trainer is made, or shows its model: another fit begins. */
const FIT = /^(?:GPU available: |\| Name +\| Type +\| Params)/;
/** The values stand in a column for each data loader. */
const TABLE_ROW = new RegExp(
  `^[│|]?\\s{0,200}([^\\s│|]{1,200})((?:\\s{0,200}[│|]?\\s{1,200}${VALUE}(?=[\\s│|]|$)){1,20})\\s{0,200}[│|]?$`,
);
const PRINTED = new RegExp(`^([^\\s:]{1,200}): (${VALUE})$`);
const PHASE = /^(?:train|val|valid|validation|test)[_/]/;

interface Memory {
  /** What the bars of this fit showed last, by metric. */
  readonly shown: Map<string, { readonly epoch: number; readonly value: number; readonly by: 'bar' | 'checkpoint' }>;
  /** Lightning numbers the runs of a directory and shows the number as `v_num`. */
  run: number | undefined;
  /** Metrics of any fit. */
  readonly known: Set<string>;
  /** Inside a table of results. */
  table: boolean;
}

export function lightningReader(wanted: Wanted): Reader {
  const memory: Memory = { shown: new Map(), known: new Set(), run: undefined, table: false };
  return ({ text }) => {
    const bar = readBar(text);
    if (bar !== undefined) return ofPairs(bar, wanted, memory);
    const checkpoint = CHECKPOINT.exec(text);
    if (checkpoint !== null) return ofCheckpoint(checkpoint, wanted, memory);
    if (FIT.test(text)) memory.shown.clear();
    if (TABLE_HEAD.test(text)) {
      memory.table = true;
      return [];
    }
    return ofResults(text, wanted, memory);
  };
}

function ofResults(text: string, wanted: Wanted, memory: Memory): readonly Measurement[] | undefined {
  const row = memory.table ? TABLE_ROW.exec(text) : null;
  if (row !== null) return ofRow(row[1], (row[2] ?? '').match(/[^\s│|]+/g) ?? [], wanted);
  const free = memory.table;
  if (/^[\w{[]/.test(text)) memory.table = false;
  return ofPrint(text, (name) => wanted(name) && (free || memory.known.has(name) || PHASE.test(name)));
}

interface Bar {
  readonly epoch: number;
  readonly step: number;
  readonly complete: boolean;
  readonly pairs: readonly { readonly name: string; readonly value: number }[];
}

function readBar(text: string): Bar | undefined {
  const head = HEAD.exec(text);
  const rest = head === null ? '' : text.slice(head[0].length);
  const rate = RATE.exec(rest);
  const counter = rate === null ? null : COUNTER.exec(rest.slice(0, rate.index));
  if (head === null || rate === null || counter === null) return undefined;
  const tail = rest.slice(rate.index + rate[0].length);
  const end = tail.indexOf(']');
  const tqdm = rest.slice(0, rate.index).includes('[');
  const pairs = tqdm ? tail.slice(0, end + 1 || undefined).matchAll(BAR_PAIR) : tail.matchAll(RICH_PAIR);
  return {
    epoch: Number(head[1]),
    step: Number(counter[1]),
    complete: counter[1] === counter[2],
    pairs: [...pairs].flatMap(([, name = '', printed]) => {
      const value = numberOf(printed);
      return value === undefined ? [] : [{ name, value }];
    }),
  };
}

function ofPairs(bar: Bar, wanted: Wanted, memory: Memory): readonly Measurement[] {
  const run = bar.pairs.find(({ name }) => name === 'v_num')?.value ?? memory.run;
  if (memory.run !== undefined && run !== memory.run) memory.shown.clear();
  memory.run = run;
  return bar.pairs.filter(({ name }) => wanted(name)).flatMap((pair) => ofBar(bar, pair, memory));
}

/** A bar that has only begun still shows what the epoch before has measured. */
function ofBar(
  bar: Bar,
  { name, value }: { readonly name: string; readonly value: number },
  { shown, known }: Memory,
): readonly Measurement[] {
  const before = shown.get(name);
  const byStep = belongsToStep(name);
  const stale = before !== undefined && before.epoch !== bar.epoch && Object.is(before.value, value) && !bar.complete;
  if (bar.step === 0 || (stale && !byStep)) return [];
  shown.set(name, { epoch: bar.epoch, value, by: 'bar' });
  // A metric seen before, though not in this fit: the epochs begin again, and nothing is drawn anew.
  const fresh = before === undefined && known.has(name);
  known.add(name);
  if (byStep) return [{ name, value, place: [bar.epoch, bar.step], redraws: true, fresh }];
  const supersedes = before?.by === 'checkpoint' && before.epoch === bar.epoch;
  return [{ name, value, place: [bar.epoch], redraws: true, supersedes, fresh }];
}

/** Only an improvement is told with its value, and a bar of the same epoch has told it already. */
function ofCheckpoint(match: RegExpExecArray, wanted: Wanted, { shown, known }: Memory): readonly Measurement[] {
  const [, epochText, name = '', printed] = match;
  const value = numberOf(printed);
  const epoch = Number(epochText);
  const before = shown.get(name);
  if (value === undefined || !wanted(name) || (before?.epoch === epoch && before.by === 'bar')) return [];
  shown.set(name, { epoch, value, by: 'checkpoint' });
  known.add(name);
  return [{ name, value, place: [epoch] }];
}

function ofResult(name = '', printed: string | undefined, wanted: Wanted): readonly Measurement[] {
  const value = numberOf(printed);
  return value === undefined || !wanted(name) ? [] : [{ name, value, echoes: true }];
}

/** The bars show what is measured on several data loaders as `val_loss/dataloader_idx_0`; the tables leave that to the column. */
function ofRow(name = '', cells: readonly string[], wanted: Wanted): readonly Measurement[] {
  if (cells.length < 2) return ofResult(name, cells[0], wanted);
  return cells.flatMap((cell, at) => ofResult(`${name}/dataloader_idx_${at}`, cell, wanted));
}

/** `val_loss: 0.5` and `[{'test_acc': 0.9}]`, which a script prints of what the trainer returned. */
function ofPrint(text: string, wanted: Wanted): readonly Measurement[] | undefined {
  const printed = PRINTED.exec(text);
  if (printed !== null && wanted(printed[1] ?? '')) return ofResult(printed[1], printed[2], wanted);
  if (!/^\[?\{['"]/.test(text)) return undefined;
  const found = parsePythonDict(text, text.indexOf('{')).filter(({ name }) => wanted(name));
  return found.length === 0 ? undefined : found.map(({ name, value }) => ({ name, value, echoes: true }));
}

/** As SageMaker's matcher sees it: the raw event, one group. */
export function lightningRegex(name: string, value: string): string {
  return `.*[ ,]${escaped(name)}=${value}[,\\]]`;
}
