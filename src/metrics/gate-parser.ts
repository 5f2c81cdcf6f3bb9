/** The grammar of a gate: `expression comparator expression`, by recursive descent. */
import { type Comparator, type Expression, type Operator, type Quantity, RESERVED_NAMES } from './expression.ts';
import { GateSyntaxError, type Token, tokenize } from './gate-token.ts';

/** Deeper nesting is no gate that anyone wrote, and would exhaust the stack. */
const MAX_DEPTH = 50;
const ONE_A_LINE = 'Write one comparison a line: all lines must hold.';

export interface Comparison {
  readonly comparator: Comparator;
  readonly left: Expression;
  readonly right: Expression;
  readonly quantities: readonly Quantity[];
  /** Where `baseline` stands first. */
  readonly baselineColumn: number | undefined;
  readonly usesCost: boolean;
}

/** Reads one line. Throws GateSyntaxError at the first thing that does not fit. */
export function parseComparison(line: string): Comparison {
  const parser = new Parser(tokenize(line));
  const left = parser.sum();
  const comparator = parser.comparator();
  const right = parser.sum();
  parser.end();
  return { comparator, left, right, ...parser.used() };
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #quantities: Quantity[] = [];
  #baselineColumn: number | undefined;
  #usesCost = false;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  used(): Pick<Comparison, 'quantities' | 'baselineColumn' | 'usesCost'> {
    return { quantities: this.#quantities, baselineColumn: this.#baselineColumn, usesCost: this.#usesCost };
  }

  sum(): Expression {
    return this.#leftToRight(['+', '-'], () => this.#leftToRight(['*', '/'], () => this.#factor()));
  }

  comparator(): Comparator {
    const token = this.#next();
    if (token.kind === 'symbol' && isComparator(token.text)) return token.text;
    throw this.#unexpected(token, 'a comparison');
  }

  end(): void {
    const token = this.#next();
    if (token.kind === 'end') return;
    if (token.kind === 'symbol' && isComparator(token.text))
      throw new GateSyntaxError('a second comparison in one gate', token.column, ONE_A_LINE);
    throw this.#unexpected(token, 'the end of the gate');
  }

  /** Operators of one rank group from the left: a - b - c is (a - b) - c. */
  #leftToRight(operators: readonly Operator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = operators.find((each) => this.#takes(each));
      if (operator === undefined) return left;
      left = { kind: 'operation', operator, left, right: operand() };
    }
  }

  #factor(): Expression {
    const token = this.#next();
    if (++this.#depth > MAX_DEPTH)
      throw new GateSyntaxError('the gate is nested too deeply', token.column, 'Write it with fewer parentheses.');
    const factor = this.#factorFrom(token);
    this.#depth--;
    return factor;
  }

  #factorFrom(token: Token): Expression {
    if (token.kind === 'number') return { kind: 'number', value: token.value };
    if (token.kind === 'quoted name') return this.#metric({ name: token.text, of: 'last' });
    if (token.kind === 'name') return this.#named(token);
    if (token.text === '-') return { kind: 'negation', operand: this.#factor() };
    if (token.text !== '(') throw this.#unexpected(token, 'a number or a metric name');
    const inner = this.sum();
    this.#expectClosing(token);
    return inner;
  }

  #named(token: Token & { kind: 'name' }): Expression {
    if (this.#takes('(')) return this.#extreme(token);
    if (token.text === 'cost_usd') {
      this.#usesCost = true;
      return { kind: 'cost' };
    }
    if (token.text !== 'baseline') return this.#metric({ name: token.text, of: 'last' });
    this.#baselineColumn ??= token.column;
    return { kind: 'baseline' };
  }

  #extreme({ text, column }: Token): Expression {
    if (text !== 'min' && text !== 'max')
      throw new GateSyntaxError(`there is no function "${text}"`, column, 'Use min(metric) or max(metric).');
    const argument = this.#next();
    const isMetric =
      argument.kind === 'quoted name' || (argument.kind === 'name' && !RESERVED_NAMES.has(argument.text));
    if (!isMetric) throw this.#unexpected(argument, `a metric name for ${text}()`);
    const metric = this.#metric({ name: argument.text, of: text });
    this.#expectClosing(argument);
    return metric;
  }

  #metric(quantity: Quantity): Expression {
    this.#quantities.push(quantity);
    return { kind: 'metric', ...quantity };
  }

  #expectClosing(opening: Token): void {
    if (this.#takes(')')) return;
    const token = this.#tokens[this.#at] ?? opening;
    throw this.#unexpected(token, '")"');
  }

  #takes(symbol: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'symbol' || token.text !== symbol) return false;
    this.#at++;
    return true;
  }

  /** The last token, `end`, is never passed. */
  #next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new RangeError('read past the end of a gate');
    this.#at++;
    return token;
  }

  #unexpected(token: Token, wanted: string): GateSyntaxError {
    const found = token.kind === 'end' ? 'the line ends' : `found ${JSON.stringify(token.text)}`;
    const logical = token.kind === 'name' && /^(and|or|not)$/i.test(token.text);
    const remedy = logical ? `There is no "${token.text}". ${ONE_A_LINE}` : 'Write it like: val_loss <= 0.12';
    return new GateSyntaxError(`${found} where ${wanted} is expected`, token.column, remedy);
  }
}

function isComparator(text: string): text is Comparator {
  return ['<=', '<', '>=', '>', '==', '!='].includes(text);
}
