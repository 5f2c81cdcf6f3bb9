/**
 * Hugging Face Trainer: dictionaries of a step, an evaluation and the whole training, then tables of the results.
 * `{'loss': 0.51, 'grad_norm': 1.2, 'learning_rate': 1e-05, 'epoch': 0.5}`
 */
import type { Measurement, Reader, Wanted } from '../measurement.ts';
import { escaped, numberOf, VALUE } from '../number.ts';
import { parsePythonDict } from './python-dict.ts';

const TABLE_HEAD = /^\*{3,} *(?:\w+ )?(?:metrics|results)\b.*\*{3,}$/i;
const TABLE_ROW = new RegExp(`^([\\w/.@-]{1,200}) += +(${VALUE})$`);
const TABLE_LINE = /^[\w/.@-]{1,200} += +\S/;
/** Scripts print what an evaluation returned, though the trainer has done so. */
const EVALUATION = /^(?:eval|test|predict)_/;
/** So many records of another writer may stand between the rows of a table. */
const LONGEST_GAP = 5;
/** Names by which the dictionary of a trainer differs from any other. */
const OF_TRAINER = /^(?:epoch|(?:eval|train|test|predict)_(?:loss|runtime|samples_per_second|steps_per_second))$/;

export function huggingfaceReader(wanted: Wanted): Reader {
  let rowsIn = 0;
  const evaluated = new Map<string, number | undefined>();
  return ({ text }) => {
    if (TABLE_HEAD.test(text)) {
      rowsIn = LONGEST_GAP;
      return [];
    }
    if (rowsIn > 0 && TABLE_LINE.test(text)) {
      rowsIn = LONGEST_GAP;
      return ofRow(text, wanted);
    }
    rowsIn--;
    const start = text.search(/\{['"]/);
    if (start === -1) return undefined;
    return ofDict(text, start, wanted, evaluated);
  };
}

function ofRow(text: string, wanted: Wanted): readonly Measurement[] {
  const [, name = '', printed] = TABLE_ROW.exec(text) ?? [];
  const value = numberOf(printed);
  return value === undefined || !wanted(name) ? [] : [{ name, value, echoes: true }];
}

/** `epoch` is rounded: two dictionaries may share it, so only one that is equal throughout is a copy. */
function ofDict(
  text: string,
  start: number,
  wanted: Wanted,
  evaluated: Map<string, number | undefined>,
): readonly Measurement[] | undefined {
  const entries = parsePythonDict(text, start);
  const trainers = entries.some(({ name }) => OF_TRAINER.test(name)) || has(entries, 'loss', 'learning_rate');
  if (!trainers) return undefined;
  const epoch = entries.find(({ name }) => name === 'epoch')?.value;
  const place = epoch !== undefined && Number.isFinite(epoch) ? ([epoch] as const) : undefined;
  const summary = has(entries, 'train_runtime');
  return entries
    .filter(({ name }) => wanted(name))
    .map(({ name, value }) => {
      const told = EVALUATION.test(name) && evaluated.has(name) && evaluated.get(name) === epoch;
      evaluated.set(name, epoch);
      return { name, value, place: summary ? undefined : place, identity: text.slice(start), echoes: told };
    });
}

function has(entries: readonly { readonly name: string }[], ...names: readonly string[]): boolean {
  return names.every((wanted) => entries.some(({ name }) => name === wanted));
}

/** As SageMaker's matcher sees it: the raw event, one group. */
export function huggingfaceRegex(name: string, value: string): string {
  return `.*'${escaped(name)}': '?${value}['},]`;
}
