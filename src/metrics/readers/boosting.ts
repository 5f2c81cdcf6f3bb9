/**
 * LightGBM and XGBoost: one line an iteration, its number in brackets.
 * `[10]<tab>train's auc: 0.9<tab>val's auc: 0.8`, `[10]<tab>train-rmse:0.5<tab>validation-rmse:0.6`
 */
import type { Measurement, Reader, Wanted } from '../measurement.ts';
import { escaped, numberOf, VALUE } from '../number.ts';

const ITERATION = /(?:^|[\s\]])\[(\d{1,9})\]\s+/;
/** The line after it is an old one, printed again. */
const BEST = /best iteration(?: is)?:$/i;
const DEVIATION = `(?: ?\\+ ?${VALUE})?`;
const LIGHTGBM = new RegExp(`^(\\S{1,100}'s \\S.{0,100}): (${VALUE})${DEVIATION}$`);
/** LightGBM's command line program: `Iteration:10, valid_1 auc : 0.83`. */
const LIGHTGBM_CLI = new RegExp(`Iteration: ?(\\d{1,9}), (\\S{1,100} \\S{1,100}) : (${VALUE})$`);
const XGBOOST = new RegExp(`^([\\w.@/]{1,100}-[\\w.@:/-]{1,100}):(${VALUE})${DEVIATION}$`);

export function lightgbmReader(wanted: Wanted): Reader {
  const iterations = iterationReader(LIGHTGBM, /\t+| {2,}/, wanted);
  return (record) => {
    const [, iteration, name = '', printed] = LIGHTGBM_CLI.exec(record.text) ?? [];
    const value = numberOf(printed);
    if (value !== undefined && wanted(name)) return [{ name, value, place: [Number(iteration)] }];
    return iterations(record);
  };
}

export function xgboostReader(wanted: Wanted): Reader {
  return iterationReader(XGBOOST, /\s+/, wanted);
}

function iterationReader(field: RegExp, separator: RegExp, wanted: Wanted): Reader {
  let repeated = false;
  let old: string | undefined;
  return ({ text }) => {
    if (BEST.test(text)) {
      repeated = true;
      return [];
    }
    const found = ITERATION.exec(text);
    if (found === null) return undefined;
    const measurements = text
      .slice(found.index + found[0].length)
      .split(separator)
      .flatMap((part) => ofField(field.exec(part.trim()), Number(found[1]), wanted));
    if (measurements.length === 0) return undefined;
    if (repeated) old = text;
    repeated = false;
    // A logger may print it once more.
    return text === old ? [] : measurements;
  };
}

function ofField(match: RegExpExecArray | null, iteration: number, wanted: Wanted): readonly Measurement[] {
  const [, name = '', printed] = match ?? [];
  const value = numberOf(printed);
  return value === undefined || !wanted(name) ? [] : [{ name, value, place: [iteration] }];
}

/** As SageMaker's matcher sees it: the raw event with its tabs as text, one group. */
export function lightgbmRegex(name: string, value: string): string {
  return `\\[[0-9]+\\].*(?:#011|\\s)${escaped(name)}: ${value}`;
}

export function xgboostRegex(name: string, value: string): string {
  return `\\[[0-9]+\\].*(?:#011|\\s)${escaped(name)}:${value}`;
}
