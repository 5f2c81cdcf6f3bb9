/** Tables: a line of column names, then lines of numbers (fastai, spaCy, YOLO, leaderboards). */
import type { Measurement, Place, Reader } from '../measurement.ts';
import { numberOf, VALUE } from '../number.ts';

/** A header loses its meaning after so many records without a row. */
const PATIENCE = 60;
const CSV = /^[A-Za-z_][\w/@.-]{0,100}(?:,[A-Za-z_][\w/@.-]{0,100}){1,60}$/;
const MOST_COLUMNS = 60;
/** A progress bar behind the columns: `: 100% 2/2 [00:03`. */
const BAR = /:?\s{1,20}\d{1,3}%.*$/;
const TIER = 4;

/** One way to cut a header into columns. */
interface Layout {
  /** Columns are divided by commas. */
  readonly commas: boolean;
  /** Whether the first cell of its rows is a number, once a row was seen: rows of another table differ in that. */
  numbered: boolean | undefined;
  readonly columns: readonly string[];
  readonly wanted: readonly { readonly name: string; readonly at: number }[];
}

/** A model prints its losses and its evaluation in turns: so many layouts are in force at most. */
const MOST_LAYOUTS = 4;

export function tableReader(names: readonly string[]): Reader {
  let layouts: readonly Layout[] = [];
  let patience = 0;
  return ({ text }) => {
    const fresh = layoutsOf(text, names);
    if (fresh.length > 0) {
      const before = layouts.filter((old) => fresh.every(({ columns }) => columns.join() !== old.columns.join()));
      layouts = [...fresh, ...before].slice(0, MOST_LAYOUTS);
      patience = PATIENCE;
      return [];
    }
    if (patience-- <= 0) return undefined;
    for (const layout of layouts) {
      const found = readRow(text, layout);
      if (found === undefined) continue;
      patience = PATIENCE;
      return found;
    }
    return undefined;
  };
}

/** Some column names hold blanks (`LOSS NER`), some stand only one blank apart: the rows will tell which. */
function layoutsOf(text: string, names: readonly string[]): readonly Layout[] {
  const line = withoutFrame(text);
  if (!names.some((name) => line.includes(lastWord(name))) || /[=<>{}'"]/.test(line)) return [];
  if (CSV.test(line)) return layoutOf(line.split(','), names, true);
  const [byGaps, byWords] = [line.split(/\s{2,}|\t|\s*\|\s*/), line.split(/\s*\|\s*|\s+/)];
  const both = byGaps.length === byWords.length ? [byWords] : [byGaps, byWords];
  return both.flatMap((words) => layoutOf(words, names));
}

function layoutOf(words: readonly string[], names: readonly string[], commas = false): readonly Layout[] {
  const columns = qualified(words.flatMap(splitGroup));
  if (columns.length < 2 || columns.length > MOST_COLUMNS) return [];
  if (columns.some(({ short }) => /^[-+:]?[.\d]|^:|:$/.test(short))) return [];
  // A table that is folded into several columns of one name lists classes.
  if (new Set(columns.map(({ long }) => long)).size < columns.length) return [];
  const wanted = names.flatMap((name) => {
    const at = columns.findIndex(({ short, long }) => name === long || name === short);
    return at === -1 ? [] : [{ name, at }];
  });
  return wanted.length === 0 ? [] : [{ commas, numbered: undefined, columns: columns.map(({ long }) => long), wanted }];
}

/** Without the bar behind it and the frame around it. */
function withoutFrame(text: string): string {
  return text
    .replace(BAR, '')
    .replace(/^\||\|$/g, '')
    .trim();
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}

/** `Box(P` opens a group of columns, `mAP50-95)` closes it. */
function splitGroup(word: string): readonly string[] {
  return /^\w+\(\w+$/.test(word) ? [word.replace('(', '( ')] : [word];
}

function qualified(words: readonly string[]): readonly { readonly short: string; readonly long: string }[] {
  let group = '';
  return words.map((word) => {
    const [opened, rest] = word.includes('( ') ? word.split('( ') : [undefined, word];
    if (opened !== undefined) group = `${opened} `;
    const short = (rest ?? '').replace(/\):?$/, '');
    const column = { short, long: `${group}${short}` };
    if (/\):?$/.test(rest ?? '')) group = '';
    return column;
  });
}

/** The measurements of a row; undefined when the record is none. */
function readRow(text: string, layout: Layout): readonly Measurement[] | undefined {
  const { columns, wanted, commas } = layout;
  const bar = BAR.test(text);
  const cells = withoutFrame(text).split(commas ? ',' : /\s*\|\s*|\s+/);
  // Leaderboards number their rows in a column without a name.
  const shift = cells.length - columns.length;
  if (shift !== 0 && !(shift === 1 && /^\d+$/.test(cells[0] ?? ''))) return undefined;
  const numeric = cells.filter((cell) => cellNumber(cell) !== undefined).length;
  if (numeric * 2 < cells.length - 1) return undefined;
  const numbered = cellNumber(cells[shift] ?? '') !== undefined;
  if (layout.numbered !== undefined && numbered !== layout.numbered) return undefined;
  layout.numbered = numbered;
  const evaluation = /^class(?:es)?$/i.test(columns[0] ?? '');
  if (evaluation && cells[0] !== 'all') return [];
  const place = evaluation ? undefined : placeOfRow(columns, cells);
  return wanted.flatMap(({ name, at }) => {
    const value = cellNumber(cells[at + shift] ?? '');
    return value === undefined ? [] : [{ name, value, place, redraws: bar, tier: TIER }];
  });
}

const DECIMAL_COMMA = /^([-+]?\d{1,9}),(\d{1,2}|\d{4,})$|^([-+]?0),(\d+)$/;
const CELL = new RegExp(`^(?:${VALUE})$`);

function cellNumber(cell: string): number | undefined {
  const trimmed = cell.replace(/[:%]$/, '');
  if (DECIMAL_COMMA.test(trimmed)) return numberOf(trimmed.replace(',', '.'));
  return CELL.test(trimmed) ? numberOf(trimmed) : undefined;
}

/** `29/29` or `7` below `Epoch`, a step below `#` or `step`. */
function placeOfRow(columns: readonly string[], cells: readonly string[]): Place | undefined {
  const epochAt = columns.findIndex((column) => /^(?:e|epoch)$/i.test(column));
  const stepAt = columns.findIndex((column) => /^(?:#|step|iter|iteration)$/i.test(column));
  const epoch = /^(\d{1,9})(?:\/\d{1,9})?$/.exec(cells[epochAt] ?? '')?.[1];
  const step = /^\d{1,12}$/.exec(cells[stepAt] ?? '')?.[0];
  if (step !== undefined) return [Number(epoch ?? 0), Number(step)];
  return epoch === undefined ? undefined : [Number(epoch)];
}
