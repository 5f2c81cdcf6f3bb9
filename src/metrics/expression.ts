/** One side of a gate, as a tree. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** The cost of the job so far, USD. */
  | { readonly kind: 'cost' }
  /** The quantity that the gate names, of the baseline job. */
  | { readonly kind: 'baseline' }
  | ({ readonly kind: 'metric' } & Quantity)
  | { readonly kind: 'negation'; readonly operand: Expression }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Expression; readonly right: Expression };

export type Operator = '+' | '-' | '*' | '/';

export type Comparator = '<=' | '<' | '>=' | '>' | '==' | '!=';

/** A number that a metric gives: its last, smallest or largest value. */
export interface Quantity {
  readonly name: string;
  readonly of: 'last' | 'min' | 'max';
}

/** `val_mape`, `min(val_mape)`: as a gate spells it. */
export function spelledQuantity({ name, of }: Quantity): string {
  const spelled = /^[A-Za-z_][A-Za-z0-9_.:]*$/.test(name) && !RESERVED_NAMES.has(name) ? name : `"${name}"`;
  return of === 'last' ? spelled : `${of}(${spelled})`;
}

/** Names that mean something else than a metric, unless they are quoted. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(['cost_usd', 'baseline']);

/** The metrics of one side, each as often as it stands there. */
export function quantitiesOf(expression: Expression): readonly Quantity[] {
  switch (expression.kind) {
    case 'metric':
      return [expression];
    case 'negation':
      return quantitiesOf(expression.operand);
    case 'operation':
      return [...quantitiesOf(expression.left), ...quantitiesOf(expression.right)];
    default:
      return [];
  }
}
