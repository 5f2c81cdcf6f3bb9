import { validationError } from './errors.ts';

export interface SearchExpression {
  readonly Filters?: readonly Filter[];
  readonly NestedFilters?: readonly { readonly NestedPropertyName: string; readonly Filters: readonly Filter[] }[];
  readonly SubExpressions?: readonly SearchExpression[];
  readonly Operator?: 'And' | 'Or';
}

export interface Filter {
  readonly Name: string;
  readonly Operator?: string;
  readonly Value?: string;
}

export type Found = Readonly<Record<string, unknown>>;

/** Filters of one expression. */
const MOST_FILTERS = 20;

/** Whether a job fits the expression. Throws ValidationException for what SageMaker would refuse. */
export function fits(job: Found, expression: SearchExpression): boolean {
  const { Filters = [], NestedFilters = [], SubExpressions = [], Operator = 'And' } = expression;
  if (Filters.length + NestedFilters.length > MOST_FILTERS) {
    throw validationError(`A search expression can have at most ${MOST_FILTERS} filters`);
  }
  const answers = [
    ...Filters.map((filter) => fitsFilter(property(job, filter.Name), filter)),
    ...NestedFilters.map(({ NestedPropertyName, Filters: nested }) => fitsNested(job, NestedPropertyName, nested)),
    ...SubExpressions.map((each) => fits(job, each)),
  ];
  return Operator === 'And' ? answers.every(Boolean) : answers.some(Boolean);
}

/** One element of the list must fit all its filters; their names start with the list's own. */
function fitsNested(job: Found, name: string, filters: readonly Filter[]): boolean {
  const elements = property(job, name);
  return (Array.isArray(elements) ? elements : []).some((element: Found) =>
    filters.every((filter) => fitsFilter(property(element, filter.Name.replace(`${name}.`, '')), filter)),
  );
}

/** A property by its name in Search: `Tags.key`, `HyperParameters.key`, `Metrics.name`, or a path of field names. */
export function property(job: Found, name: string): unknown {
  const [, head = '', rest = ''] = /^([^.]+)\.?(.*)$/s.exec(name) ?? [];
  if (head === 'Tags') return listed(job.Tags, 'Key', rest)?.Value;
  if (head === 'Metrics') return listed(job.FinalMetricDataList, 'MetricName', rest)?.Value;
  if (head === 'HyperParameters' && rest !== '') return (job.HyperParameters as Found | undefined)?.[rest];
  return name.split('.').reduce<unknown>((value, part) => (value as Found | undefined)?.[part], job);
}

function listed(list: unknown, key: string, name: string): Found | undefined {
  return ((list ?? []) as Found[]).find((entry) => entry[key] === name);
}

function fitsFilter(actual: unknown, { Name, Operator, Value }: Filter): boolean {
  if (Operator === undefined && Value === undefined)
    throw validationError(`The filter ${Name} needs an Operator or a Value`);
  if (Operator === 'Exists') return actual !== undefined;
  if (Operator === 'NotExists') return actual === undefined;
  if (Value === undefined) throw validationError(`The filter ${Name} needs a Value for the operator ${Operator}`);
  if (actual === undefined) return Operator === 'NotEquals';
  return typeof actual === 'number'
    ? fitsNumber(actual, Name, Operator, Value)
    : fitsText(String(actual), Name, Operator, Value);
}

function fitsText(actual: string, name: string, operator: string | undefined, value: string): boolean {
  switch (operator ?? 'Equals') {
    case 'Equals':
      return actual === value;
    case 'NotEquals':
      return actual !== value;
    case 'Contains':
      return actual.includes(value);
    case 'In':
      return value.split(',').includes(actual);
    default:
      throw validationError(`The operator ${operator} cannot be used for the text property ${name}`);
  }
}

function fitsNumber(actual: number, name: string, operator: string | undefined, value: string): boolean {
  const isTime = name.endsWith('Time');
  const wanted = isTime ? parseTime(name, value) : Number(value);
  if (Number.isNaN(wanted)) throw validationError(`The value ${value} of the filter ${name} is no number`);
  // Times are given in whole seconds.
  const own = isTime ? Math.floor(actual) : actual;
  switch (operator ?? 'Equals') {
    case 'Equals':
      return own === wanted;
    case 'NotEquals':
      return own !== wanted;
    case 'GreaterThan':
      return own > wanted;
    case 'GreaterThanOrEqualTo':
      return own >= wanted;
    case 'LessThan':
      return own < wanted;
    case 'LessThanOrEqualTo':
      return own <= wanted;
    case 'In':
      return value.split(',').map(Number).includes(own);
    default:
      throw validationError(`The operator ${operator} cannot be used for the numeric property ${name}`);
  }
}

/** `YYYY-mm-dd'T'HH:MM:SS`, UTC, as epoch seconds. */
function parseTime(name: string, value: string): number {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/.test(value)) {
    throw validationError(`The value ${value} of the filter ${name} is no time of the form YYYY-mm-dd'T'HH:MM:SS`);
  }
  return Math.floor(Date.parse(value.endsWith('Z') ? value : `${value}Z`) / 1000);
}
