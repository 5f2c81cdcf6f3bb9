import { describe, expect, it } from '@jest/globals';
import type { Expression } from '../../../src/metrics/expression.ts';
import { type Gate, type GateMistake, parseGates } from '../../../src/metrics/gate.ts';

function gateOf(line: string): Gate {
  const { gates, mistakes } = parseGates(line);
  const [gate] = gates;
  if (gate === undefined || gates.length > 1) throw new Error(`no single gate: ${JSON.stringify(mistakes)}`);
  return gate;
}

function mistakeOf(line: string): GateMistake {
  const [mistake] = parseGates(line).mistakes;
  if (mistake === undefined) throw new Error(`accepted: ${line}`);
  return mistake;
}

/** The tree with every operation in parentheses. */
function drawn(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'cost':
      return '$';
    case 'baseline':
      return 'baseline';
    case 'metric':
      return `${expression.of}[${expression.name}]`;
    case 'negation':
      return `(-${drawn(expression.operand)})`;
    case 'operation':
      return `(${drawn(expression.left)} ${expression.operator} ${drawn(expression.right)})`;
  }
}

describe('parseGates', () => {
  it.each([
    ['val_mape <= 0.12', 'last[val_mape]', '<=', '0.12'],
    ['a<1', 'last[a]', '<', '1'],
    ['a >= .5', 'last[a]', '>=', '0.5'],
    ['a > 5.', 'last[a]', '>', '5'],
    ['a == 1e-3', 'last[a]', '==', '0.001'],
    ['a != -1E+2', 'last[a]', '!=', '(-100)'],
    ['a - b - c < 0', '((last[a] - last[b]) - last[c])', '<', '0'],
    ['a / b / c < 0', '((last[a] / last[b]) / last[c])', '<', '0'],
    ['a + b * c < 0', '(last[a] + (last[b] * last[c]))', '<', '0'],
    ['(a + b) * c < 0', '((last[a] + last[b]) * last[c])', '<', '0'],
    ['-a * b < 0', '((-last[a]) * last[b])', '<', '0'],
    ['--a < 0', '(-(-last[a]))', '<', '0'],
    ['a - -1 < 0', '(last[a] - (-1))', '<', '0'],
    ['a-1 < 0', '(last[a] - 1)', '<', '0'],
    ['min(val_loss) < max(x)', 'min[val_loss]', '<', 'max[x]'],
    ['min("val/loss") < 1', 'min[val/loss]', '<', '1'],
    ['min < max', 'last[min]', '<', 'last[max]'],
    ['"a b" < 1', 'last[a b]', '<', '1'],
    ['"baseline" < "cost_usd"', 'last[baseline]', '<', 'last[cost_usd]'],
    ['validation:rmse <= 1', 'last[validation:rmse]', '<=', '1'],
    ['wQuantileLoss.0.9 <= 1', 'last[wQuantileLoss.0.9]', '<=', '1'],
    ['cost_usd <= 2.5', '$', '<=', '2.5'],
    ['cost_usd / acc <= 2', '($ / last[acc])', '<=', '2'],
    ['val_mape <= baseline * 1.02', 'last[val_mape]', '<=', '(baseline * 1.02)'],
    ['baseline - min(a) > 0', '(baseline - min[a])', '>', '0'],
    ['2 * 3 <= 6', '(2 * 3)', '<=', '6'],
    ['\ta\t<\t1\t', 'last[a]', '<', '1'],
    ['((((a)))) < 1', 'last[a]', '<', '1'],
  ])('%s', (line, left, comparator, right) => {
    const gate = gateOf(line);
    expect([drawn(gate.left), gate.comparator, drawn(gate.right)]).toEqual([left, comparator, right]);
  });

  it('keeps text and line, and skips empty lines and comments', () => {
    const { gates, mistakes } = parseGates('\n# quality\n  a <= 1  \r\n\n\tb <= 2');
    expect(mistakes).toEqual([]);
    expect(gates.map(({ text, line }) => [text, line])).toEqual([
      ['a <= 1', 3],
      ['b <= 2', 5],
    ]);
  });

  it.each([
    ['a + min(a) - "b c" * max(a) < cost_usd', ['a', 'b c'], false, true],
    ['max(a) >= baseline', ['a'], true, false],
    ['cost_usd < 1', [], false, true],
    ['a < a', ['a'], false, false],
  ])('%s uses %j, baseline: %s, cost: %s', (line, metricsUsed, usesBaseline, usesCost) => {
    expect(gateOf(line)).toMatchObject({ metricsUsed, usesBaseline, usesCost });
  });
});

describe('a line that is no gate', () => {
  it.each([
    ['a <=', 5, 'the line ends where a number or a metric name is expected'],
    ['a', 2, 'the line ends where a comparison is expected'],
    ['a   ', 2, 'the line ends where a comparison is expected'],
    ['<= 1', 1, 'found "<=" where a number or a metric name is expected'],
    ['a <= )', 6, 'found ")" where a number or a metric name is expected'],
    ['(a <= 1', 4, 'found "<=" where ")" is expected'],
    ['(a + 1', 7, 'the line ends where ")" is expected'],
    ['a) < 1', 2, 'found ")" where a comparison is expected'],
    ['a b < 1', 3, 'found "b" where a comparison is expected'],
    ['a < 1 2', 7, 'found "2" where the end of the gate is expected'],
    ['0 < a < 1', 7, 'a second comparison in one gate'],
    ['a < 1 and b < 2', 7, 'found "and" where the end of the gate is expected'],
    ['a = 1', 3, 'unexpected "="'],
    ['a =< 1', 3, 'unexpected "="'],
    ['a ! 1', 3, 'unexpected "!"'],
    ['a < 1 && b < 2', 7, 'unexpected "&"'],
    ['a ≤ 1', 3, 'unexpected "≤"'],
    ['a < 5%', 6, 'unexpected "%"'],
    ['a < 0,5', 6, 'unexpected ","'],
    ["'a' < 1", 1, 'unexpected "\'"'],
    ['ä < 1', 1, 'unexpected "ä"'],
    ['a < 90x', 5, '"90x" is no number'],
    ['a < 1.2.3', 5, '"1.2.3" is no number'],
    ['a < 1_000', 5, '"1_000" is no number'],
    ['a < 1e999', 5, '1e999 is too large'],
    ['"val loss < 1', 1, 'a quoted name has no end'],
    ['"" < 1', 1, 'a metric name is empty'],
    ['avg(a) < 1', 1, 'there is no function "avg"'],
    ['min(1) < 1', 5, 'found "1" where a metric name for min() is expected'],
    ['min() < 1', 5, 'found ")" where a metric name for min() is expected'],
    ['min(a, b) < 1', 6, 'unexpected ","'],
    ['min(a + b) < 1', 7, 'found "+" where ")" is expected'],
    ['max(baseline) > a', 5, 'found "baseline" where a metric name for max() is expected'],
    ['min(cost_usd) > 1', 5, 'found "cost_usd" where a metric name for min() is expected'],
    ['a + + b < 1', 5, 'found "+" where a number or a metric name is expected'],
    ['1 < baseline', 5, 'baseline without a metric'],
    ['a + b < baseline', 9, 'baseline beside more than one metric'],
    ['min(a) - a < baseline', 14, 'baseline beside more than one metric'],
    ['𝔸 < 1', 1, 'unexpected "𝔸"'],
    ['"𝔸" < )', 7, 'found ")" where a number or a metric name is expected'],
    [`${'('.repeat(51)}a${')'.repeat(51)} < 1`, 51, 'the gate is nested too deeply'],
    [`${'-'.repeat(100_000)}a < 1`, 51, 'the gate is nested too deeply'],
  ])('%s: column %d, %s', (line, column, message) => {
    const mistake = mistakeOf(line);
    expect(mistake).toMatchObject({ line: 1, column, message });
    expect(mistake.remedy).not.toBe('');
  });

  it('is drawn with a caret below the place', () => {
    expect(mistakeOf('val_mape <= )').excerpt).toBe('val_mape <= )\n            ^');
    expect(mistakeOf('\ta\t= 1').excerpt).toBe(' a = 1\n   ^');
  });

  it('is drawn in part when it is long', () => {
    const [text = '', caret = ''] = mistakeOf(`${'a + '.repeat(100)}= 1`).excerpt.split('\n');
    expect(text.length).toBeLessThanOrEqual(100);
    expect(text[caret.length - 1]).toBe('=');
  });

  it('does not hide the others', () => {
    const { gates, mistakes } = parseGates('a < 1\nb <\nc < 1\n< d');
    expect(gates.map(({ text }) => text)).toEqual(['a < 1', 'c < 1']);
    expect(mistakes.map(({ line }) => line)).toEqual([2, 4]);
  });
});
