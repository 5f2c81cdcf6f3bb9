/**
 * Metrics that a user named: `name = number` and `name: number` foremost, then the other forms in which programs put a
 * name and its number next to each other. Every pattern is bounded, so that a record takes linear time.
 */
import type { Reader } from '../measurement.ts';
import { escaped, printedNumber, VALUE, VALUE_ENDS } from '../number.ts';
import { placeOfMetric, spotOf } from '../place.ts';
import { settingsDump } from './settings.ts';

/** `loss` must not be taken from `val/loss`, `--loss`, `Train-loss`, `s0.loss`. */
const BEFORE = '(?<![\\w/.@-])';
/** A number inside an object of PyTorch, NumPy, JAX or TensorFlow. */
const WRAPPED =
  '(?:(?:tensor|array|Array|(?:np|jnp|tf)\\.\\w{1,20})\\(|<tf\\.Tensor: shape=\\(\\), dtype=\\w{1,20}, numpy=)';
const OPENS = `\\s{0,40}\\(?["']?${WRAPPED}?`;
const BETWEEN = `["'\`]?\\)?\\s{0,40}(?:<\\w{1,20}>\\s{0,4})?(?:=>?|:|->)${OPENS}`;
/** `9811/10000 (98%)`: the share is the value. */
const SHARE = `\\d{1,12}(?:\\.\\d{1,12})?/\\d{1,12} {0,2}\\((${VALUE}) ?%\\)`;
const NUMBER = `(${VALUE})${VALUE_ENDS}`;

interface Form {
  readonly pattern: RegExp;
  readonly tier: number;
}

export function namedReader(names: readonly string[]): Reader {
  const forms = names.map((name) => ({ name, forms: formsOf(escaped(name)) }));
  const isSetting = settingsDump();
  let epochBefore: number | undefined;
  return ({ text, redraws }) => {
    const spot = spotOf(text);
    epochBefore = spot.epoch ?? epochBefore;
    if (isSetting(text)) return [];
    const near = epochBefore === undefined ? undefined : ([epochBefore] as const);
    const found = forms
      .filter(({ name }) => text.includes(name))
      .flatMap(({ name, forms: [...each] }) =>
        bestOf(text, each).map(({ value, tier }) => ({
          name,
          value,
          tier,
          near,
          place: placeOfMetric(name, spot, epochBefore),
          redraws: spot.bar || redraws,
        })),
      );
    return found.length === 0 ? undefined : found;
  };
}

function formsOf(name: string): readonly Form[] {
  const form = (tier: number, source: string): Form => ({ tier, pattern: new RegExp(source, 'g') });
  return [
    form(0, `${BEFORE}${name}${BETWEEN}(?:${SHARE}|${NUMBER})`),
    // `| loss 1.200 | ppl 2.30 |`, `Phase training, loss 4.4, accuracy 14.8%`, `Epoch 3: loss 0.5`
    form(3, `[|,;:]\\s{1,20}${name} {1,4}${NUMBER}(?=%?\\s{0,20}(?:[|,;]|$))`),
    form(3, `^${name} {1,4}${NUMBER}(?=%?\\s{0,20}[|,;])`),
    // `step 399 train_loss 0.5 val_loss 0.4`
    form(3, `(?<=\\d[%)]? {1,4})${name} {1,4}${NUMBER}(?=%?(?:[\\s,;|]|$))`),
    form(3, `^(?:\\* {1,4})?${name} {1,4}${NUMBER}(?= {1,4}[A-Za-z_][\\w/.@-]{0,60} {1,4}[-+.\\d])`),
    // `Loss 7.0 (6.8)`: the present value, the running average
    form(3, `(?:^|\\s)${name} {1,8}${NUMBER} {1,4}\\( {0,8}${VALUE}%?\\)`),
    // a series of pandas
    form(3, `^${name}\\s{2,60}${NUMBER}$`),
    form(3, `${BEFORE}${name} is {1,4}${NUMBER}`),
    // `0.8824 = Validation score (accuracy)`, `0.872298 avg loss,`
    form(3, `^(${VALUE})\\s{1,20}= [^()]{0,60}\\(${name}\\)$`),
    form(3, `(?:^|[,:]\\s{0,4})(${VALUE}) ${name}(?=\\s{0,4}(?:[,;|]|$))`),
    form(3, `^[|│┃]?\\s{0,200}${name}\\s{0,200}[|│┃]\\s{0,200}(${VALUE})\\s{0,200}[|│┃]?$`),
    form(3, `['"]${name}['"],\\s{0,4}(${VALUE})\\)`),
  ];
}

interface Found {
  readonly value: number;
  readonly tier: number;
}

/** The values of the first form that is there at all. */
function bestOf(text: string, forms: readonly Form[]): readonly Found[] {
  for (const form of forms) {
    const found = [...text.matchAll(form.pattern)].flatMap((match): Found[] => {
      const value = printedNumber(match[1] ?? match[2]);
      const tier = form.tier + tierOf(text, match.index);
      return value === undefined || Number.isNaN(tier) ? [] : [{ value, tier }];
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** How far back a word may change what a name means. */
const CLAUSE = 60;
const NEUTRAL = /^(?:epochs?|step|iter|info|warning|and|the|with|has|of|for|at|is|metric)$/i;
const NOT_THE_PRESENT = /(?<![\w-])(?:best|lowest|highest|min|minimum|max|maximum|previous|prev|old|target)(?![\w-])/i;

/**
 * `best valid loss: 0.2` tells an old value of `valid loss`: NaN. `valid loss: 0.3` may be meant by `loss`, but less than a
 * plain `loss: 0.3`. A batch of SageMaker's own algorithms counts less than their epoch, which is told on a line of its own.
 */
function tierOf(text: string, index: number): number {
  const clause =
    text
      .slice(Math.max(0, index - CLAUSE), index)
      .split(/[,;|:.[\]{}\t]| {2,}/)
      .at(-1) ?? '';
  if (NOT_THE_PRESENT.test(clause)) return Number.NaN;
  if (/^#quality_metric:.*\bbatch=\d/.test(text)) return 2;
  const word = /(?:^|\s)([A-Za-z][\w/@.-]*)\s$/.exec(clause)?.[1];
  return word === undefined || NEUTRAL.test(word) ? 0 : 1;
}
