/** Gates: what must hold of a finished job, one comparison a line. */
import type { Comparator, Expression, Quantity } from './expression.ts';
import { type Comparison, parseComparison } from './gate-parser.ts';
import { GateSyntaxError } from './gate-token.ts';

export interface Gate {
  /** The line as written, without blanks around it. */
  readonly text: string;
  /** 1-based line of the input. */
  readonly line: number;
  readonly comparator: Comparator;
  readonly left: Expression;
  readonly right: Expression;
  /** Each metric name once, in the order of their first use. */
  readonly metricsUsed: readonly string[];
  readonly usesBaseline: boolean;
  readonly usesCost: boolean;
}

/** A line that is no gate. */
export interface GateMistake {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
  /** The line, and a caret below the column. */
  readonly excerpt: string;
}

/** Reads the lines; empty ones and those that start with `#` are none. Every wrong line is told. */
export function parseGates(text: string): {
  readonly gates: readonly Gate[];
  readonly mistakes: readonly GateMistake[];
} {
  const gates: Gate[] = [];
  const mistakes: GateMistake[] = [];
  for (const [index, written] of text.split(/\r\n|\n|\r/).entries()) {
    if (written.trim() === '' || written.trimStart().startsWith('#')) continue;
    const parsed = parseGate(written, index + 1);
    if ('message' in parsed) mistakes.push(parsed);
    else gates.push(parsed);
  }
  return { gates, mistakes };
}

function parseGate(written: string, line: number): Gate | GateMistake {
  try {
    const comparison = parseComparison(written);
    refuseUnclearBaseline(comparison);
    const { comparator, left, right, quantities, usesCost } = comparison;
    return {
      text: written.trim(),
      line,
      comparator,
      left,
      right,
      metricsUsed: [...new Set(quantities.map(({ name }) => name))],
      usesBaseline: comparison.baselineColumn !== undefined,
      usesCost,
    };
  } catch (error) {
    if (!(error instanceof GateSyntaxError)) throw error;
    const { message, column, remedy } = error;
    return { line, column, message, remedy, excerpt: excerpt(written, column) };
  }
}

/** `baseline` is the same quantity of another job: there must be exactly one that it can be. */
function refuseUnclearBaseline({ quantities, baselineColumn }: Comparison): void {
  if (baselineColumn === undefined) return;
  const different = new Set(quantities.map(({ name, of }: Quantity) => `${of} ${name}`));
  if (different.size === 1) return;
  const message = different.size === 0 ? 'baseline without a metric' : 'baseline beside more than one metric';
  throw new GateSyntaxError(message, baselineColumn, 'Name exactly one metric: val_loss <= baseline * 1.02');
}

const EXCERPT_WIDTH = 100;

function excerpt(written: string, column: number): string {
  const characters = [...written].map((character) => (/[\p{Cc}\p{Cf}]/u.test(character) ? ' ' : character));
  const start = Math.max(0, column - EXCERPT_WIDTH / 2);
  const shown = characters
    .slice(start, start + EXCERPT_WIDTH)
    .join('')
    .trimEnd();
  return `${shown}\n${' '.repeat(column - 1 - start)}^`;
}
