import { CloudError } from '../types.ts';

export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

export interface Question {
  readonly action: string;
  readonly resource: string;
  /** Condition keys (any case) and their values. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** A policy document, as far as it is read here. */
export type Policy = Readonly<Record<string, unknown>>;

type Statement = Readonly<Record<string, unknown>>;

/** IAM's evaluation of identity policies: an explicit deny wins, else one allow is enough. Throws `InvalidInput` for conditions it does not know. */
export function evaluate(policies: readonly Policy[], question: Question): Decision {
  const applying = policies
    .flatMap((policy) => statementsOf(policy))
    .filter((statement) => applies(statement, question));
  if (applying.some((statement) => statement.Effect === 'Deny')) return 'explicitDeny';
  return applying.some((statement) => statement.Effect === 'Allow') ? 'allowed' : 'implicitDeny';
}

/** A policy's statements, one or many. */
export function statementsOf(policy: Policy): Statement[] {
  const { Statement: statements } = policy;
  return (Array.isArray(statements) ? statements : [statements]).filter(
    (each) => typeof each === 'object' && each !== null,
  );
}

function applies(statement: Statement, { action, resource, context }: Question): boolean {
  return (
    covers(statement, 'Action', action, false) &&
    covers(statement, 'Resource', resource, true) &&
    conditionsHold(statement.Condition, context)
  );
}

/** A statement without Resource (a trust policy) covers every one. */
function covers(statement: Statement, element: 'Action' | 'Resource', value: string, caseMatters: boolean): boolean {
  const matches = (pattern: string) => wildcard(pattern, value, caseMatters);
  if (statement[`Not${element}`] !== undefined) return !texts(statement[`Not${element}`]).some(matches);
  return statement[element] === undefined ? element === 'Resource' : texts(statement[element]).some(matches);
}

/** All operators and all their keys must hold; of a key's values one. */
export function conditionsHold(condition: unknown, context: Question['context']): boolean {
  const values = new Map(Object.entries(context).map(([key, items]) => [key.toLowerCase(), items]));
  return Object.entries((condition ?? {}) as Record<string, Record<string, unknown>>).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      operatorHolds(operator, values.get(key.toLowerCase()), texts(wanted)),
    ),
  );
}

type Comparison = (actual: string, wanted: string) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: (actual, wanted) => wildcard(wanted, actual, true),
  ArnEquals: (actual, wanted) => wildcard(wanted, actual, true),
  ArnLike: (actual, wanted) => wildcard(wanted, actual, true),
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  NumericEquals: (actual, wanted) => Number(actual) === Number(wanted),
  NumericLessThan: (actual, wanted) => Number(actual) < Number(wanted),
  NumericLessThanEquals: (actual, wanted) => Number(actual) <= Number(wanted),
  NumericGreaterThan: (actual, wanted) => Number(actual) > Number(wanted),
  NumericGreaterThanEquals: (actual, wanted) => Number(actual) >= Number(wanted),
};
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
};

function operatorHolds(operator: string, actual: readonly string[] | undefined, wanted: readonly string[]): boolean {
  const [, quantifier, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (name === 'Null') return wanted.includes(String(actual === undefined));
  const positive = COMPARISONS[NEGATED[name] ?? name];
  if (!positive) throw new CloudError('InvalidInput', `The condition operator ${operator} is not supported`);
  const isNegated = NEGATED[name] !== undefined;
  if (actual === undefined) return isNegated || ifExists !== undefined || quantifier === 'ForAllValues';
  const fits = (value: string) => wanted.some((each) => positive(value, each)) !== isNegated;
  return quantifier === 'ForAllValues' || isNegated ? actual.every(fits) : actual.some(fits);
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => each !== undefined).map(String);
}

/** IAM's `*` (any characters) and `?` (one). */
function wildcard(pattern: string, value: string, caseMatters: boolean): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[\\s\\S]*')
    .replaceAll('?', '[\\s\\S]');
  return new RegExp(`^${source}$`, caseMatters ? '' : 'i').test(value);
}
