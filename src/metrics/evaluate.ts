/** The value of one side of a gate. */
import { type Expression, type Operator, type Quantity, spelledQuantity } from './expression.ts';
import type { MetricValue } from './judge.ts';

export interface Known {
  readonly metrics: ReadonlyMap<string, MetricValue>;
  /** Undefined = not known. */
  readonly costUsd: number | undefined;
  /** What `baseline` stands for: the quantity that the gate names, of the baseline job; or why there is none. */
  readonly baseline: { readonly value: number } | { readonly missing: string };
}

/** Why a side has no value. `missing`: the user may let pass that a metric was not reported, or that there is no baseline. */
export interface Trouble {
  readonly missing: 'metric' | 'baseline' | undefined;
  readonly text: string;
}

/** Finite, or undefined with at least one trouble. */
export interface Evaluated {
  readonly value: number | undefined;
  readonly troubles: readonly Trouble[];
}

export function evaluate(expression: Expression, known: Known): Evaluated {
  switch (expression.kind) {
    case 'number':
      return { value: expression.value, troubles: [] };
    case 'cost':
      return known.costUsd === undefined
        ? unknown('the cost of the job is not known')
        : finite(known.costUsd, 'cost_usd');
    case 'baseline':
      return 'value' in known.baseline
        ? finite(known.baseline.value, 'the baseline')
        : { value: undefined, troubles: [{ missing: 'baseline', text: known.baseline.missing }] };
    case 'metric':
      return quantity(expression, known);
    case 'negation': {
      const { value, troubles } = evaluate(expression.operand, known);
      return { value: value === undefined ? undefined : -value, troubles };
    }
    case 'operation':
      return operation(expression.operator, evaluate(expression.left, known), evaluate(expression.right, known));
  }
}

function quantity(wanted: Quantity, { metrics }: Known): Evaluated {
  const metric = metrics.get(wanted.name);
  const value = metric?.[wanted.of];
  const spelled = spelledQuantity(wanted);
  if (value !== undefined) return finite(value, spelled);
  const why = metric?.last === undefined ? 'was never reported' : 'is not known: no value of it was seen in the log';
  return { value: undefined, troubles: [{ missing: 'metric', text: `${spelled} ${why}` }] };
}

function operation(operator: Operator, left: Evaluated, right: Evaluated): Evaluated {
  const troubles = [...left.troubles, ...right.troubles];
  if (left.value === undefined || right.value === undefined) return { value: undefined, troubles };
  if (operator === '/' && right.value === 0) return unknown('division by zero');
  return finite(apply(operator, left.value, right.value), `the result of ${operator}`);
}

function apply(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

/** NaN compares as false and infinity as true with nearly anything: neither may decide a gate. */
function finite(value: number, what: string): Evaluated {
  if (Number.isNaN(value)) return unknown(`${what} is NaN`);
  if (!Number.isFinite(value)) return unknown(`${what} is ${value > 0 ? 'inf' : '-inf'}`);
  return { value, troubles: [] };
}

function unknown(text: string): Evaluated {
  return { value: undefined, troubles: [{ missing: undefined, text }] };
}
