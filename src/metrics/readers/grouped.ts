/**
 * Tables in groups, as Stable-Baselines3 prints them: below `| rollout/ |  |` the row `| ep_rew_mean | 21.6 |` is
 * `rollout/ep_rew_mean`, the name under which TensorBoard has it, and `ep_rew_mean` as well.
 */
import type { Reader } from '../measurement.ts';
import { printedNumber, VALUE } from '../number.ts';

const GROUP = /^\|?\s{0,40}([\w.-]{1,100}\/)\s{0,100}\|\s{0,100}\|$/;
const ROW = new RegExp(`^\\|?\\s{0,40}([\\w.@-]{1,100})\\s{0,100}\\|\\s{0,100}(${VALUE})\\s{0,100}\\|$`);
/** The first and the last line of a table. */
const FRAME = /^-{5,}$/;
/** The same as in `named.ts`: a name and its number in a table of two columns. */
const TIER = 3;

export function groupedReader(names: readonly string[]): Reader {
  const wanted = new Set(names);
  let group: string | undefined;
  return ({ text }) => {
    if (FRAME.test(text)) group = undefined;
    if (!text.endsWith('|')) return undefined;
    const opened = GROUP.exec(text)?.[1];
    if (opened !== undefined) {
      group = opened;
      return [];
    }
    const [, short = '', printed] = group === undefined ? [] : (ROW.exec(text) ?? []);
    const value = printedNumber(printed);
    if (value === undefined) return undefined;
    const found = [`${group}${short}`, short].filter((name) => wanted.has(name));
    return found.length === 0 ? undefined : found.map((name) => ({ name, value, tier: TIER }));
  };
}
