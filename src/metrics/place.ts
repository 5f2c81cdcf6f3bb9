/** Where in the training a record stands, by its own words. */
import type { Place } from './measurement.ts';

const EPOCH = /(?<![\w/-])epochs?['"\]]?[\s:=[(#]{0,6}(\d{1,9}(?:\.\d{1,9})?)(?![\w]|\.\d)/i;
const STEP =
  /(?<![\w/-])(?:global[_ ]?)?(?:step|iter|iteration|batch|num_updates|update)['"\]]?[\s:=[(#]{0,6}(\d{1,12})(?![\w.])/i;
/** `Epoch: [2][6/10]`, `Test: [0/4]`, `[3200/6250 (51%)]`. */
const FRACTION = /\[ {0,6}(\d{1,12})\/\d{1,12}[\] (]/;
/** `| 12/50 [00:01`, `99it [00:10`: the counter of a tqdm bar. */
const BAR = /\|\s{0,8}(\d{1,12})\/\d{1,12} \[|(?:^|\s)(\d{1,12})it \[/;

export interface Spot {
  readonly epoch: number | undefined;
  readonly step: number | undefined;
  /** A progress bar, which redraws itself. */
  readonly bar: boolean;
}

export function spotOf(text: string): Spot {
  const bar = BAR.exec(text);
  const step = bar?.[1] ?? bar?.[2] ?? STEP.exec(text)?.[1] ?? FRACTION.exec(text)?.[1];
  return { epoch: numeric(EPOCH.exec(text)?.[1]), step: numeric(step), bar: bar !== null };
}

/** In a bar only `loss` and `…_step` belong to a step; the rest are figures of the epoch, carried along. */
export function belongsToStep(name: string): boolean {
  return name === 'loss' || name.endsWith('_step');
}

/** The place a record states itself, the epoch taken from the records before it where only a step is given. */
function placeOf({ epoch, step }: Spot, epochBefore: number | undefined): Place | undefined {
  const during = epoch ?? epochBefore;
  if (step !== undefined) return [during ?? -1, step];
  return epoch === undefined ? undefined : [epoch];
}

/** The same for one metric: what a bar only carries along belongs to its epoch. */
export function placeOfMetric(name: string, spot: Spot, epochBefore: number | undefined): Place | undefined {
  if (!spot.bar || belongsToStep(name) || spot.epoch === undefined) return placeOf(spot, epochBefore);
  return [spot.epoch];
}

function numeric(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
