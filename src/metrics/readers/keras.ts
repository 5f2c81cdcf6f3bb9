/**
 * Keras: the progress bar of versions 2 and 3 and the line of `verbose=2`.
 * `Epoch 3/50`, then `8/8 [====] - 1s 12ms/step - loss: 0.3 - val_loss: 0.4` or `8/8 ━━━ 1s 12ms/step - loss: 0.3`
 */
import type { Measurement, Place, Reader, Wanted } from '../measurement.ts';
import { escaped, numberOf, VALUE } from '../number.ts';

const EPOCH = /^Epoch (\d{1,9})\/\d{1,9}$/;
const COUNTER = /^(\d{1,12})\/(\d{1,12}) /;
const BAR_ONLY = /^(\d{1,12})\/(\d{1,12}) \[[=>.]{1,200}\]$/;
/** What a line of the training shows besides its metrics: the time it took. */
const TIMED = /(?:^|[\s-])\d{1,9}(?:ms|us|µs|s)(?:\/(?:step|sample|epoch))?(?= - | *$)/;
const ETA = 'ETA: ';
const PAIR = new RegExp(`^(.{1,200}): (${VALUE})$`);

/** One pass over the data: an epoch, or an evaluation after it. */
interface Pass {
  readonly place: Place | undefined;
  step: number;
  total: number | undefined;
  names: ReadonlySet<string>;
}

export function kerasReader(wanted: Wanted): Reader {
  let pass = passAt(undefined);
  return ({ text }) => {
    const epoch = EPOCH.exec(text);
    if (epoch !== null) {
      pass = passAt([Number(epoch[1])]);
      return [];
    }
    const line = readLine(text);
    if (line === undefined) return undefined;
    if (line.counter !== undefined) pass = follow(pass, line.counter);
    if (!line.finished) return [];
    if (lacksValidation(pass, line.pairs)) pass = evaluation(pass);
    return ofPass(pass, line.pairs, wanted);
  };
}

interface Line {
  /** Step and number of steps, where the line shows them. */
  readonly counter: readonly number[] | undefined;
  readonly pairs: readonly Pair[];
  readonly finished: boolean;
}

function readLine(text: string): Line | undefined {
  const bare = BAR_ONLY.exec(text);
  const pairs = TIMED.test(text) || text.includes(ETA) ? pairsOf(text) : [];
  if (bare === null && pairs.length === 0) return undefined;
  const counter = (bare ?? COUNTER.exec(text))?.slice(1).map(Number);
  const finished = pairs.length > 0 && !text.includes(ETA) && counter?.[0] === counter?.[1];
  return { counter, pairs, finished };
}

function passAt(place: Place | undefined): Pass {
  return { place, step: 0, total: undefined, names: new Set() };
}

interface Pair {
  readonly name: string;
  readonly value: number;
}

function pairsOf(text: string): readonly Pair[] {
  return text.split(' - ').flatMap((part) => {
    const [, name = '', printed] = PAIR.exec(part.trim()) ?? [];
    const value = numberOf(printed);
    return value === undefined || name === 'ETA' || name === '- ETA' ? [] : [{ name, value }];
  });
}

/** `evaluate()` draws a bar of its own, of the same look and names: it starts anew, or over other data. */
function follow(pass: Pass, counter: readonly number[]): Pass {
  const [step = 0, total = 0] = counter;
  const anew = pass.names.size > 0 && (step < pass.step || (pass.total !== undefined && total !== pass.total));
  const next = anew ? evaluation(pass) : pass;
  next.step = step;
  next.total = total;
  return next;
}

function lacksValidation({ names }: Pass, pairs: readonly Pair[]): boolean {
  return [...names].some((name) => name.startsWith('val_')) && !pairs.some(({ name }) => name.startsWith('val_'));
}

function evaluation({ step, total }: Pass): Pass {
  return { ...passAt(undefined), step, total };
}

/** A bar is drawn a last time when the validation is done. */
function ofPass(pass: Pass, pairs: readonly Pair[], wanted: Wanted): readonly Measurement[] {
  const drawn = pass.names;
  pass.names = new Set([...drawn, ...pairs.map(({ name }) => name)]);
  const given = pairs.filter(({ name }) => wanted(name));
  return given.map(({ name, value }) => ({ name, value, place: pass.place, supersedes: drawn.has(name) }));
}

/** As SageMaker's matcher sees it: the raw event, one group. */
export function kerasRegex(name: string, value: string): string {
  return `.*/step - (?:.* - )?${escaped(name)}: ${value}`;
}
