/** What is wrong with the inputs: values, gathered until all are known, then worded once. */

/** A place in a file of the checkout; 1-based. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A mistake in one value, before it is known which input it belongs to. */
export interface Mistake {
  /** Where in a value of several lines: `line 2`. */
  readonly at?: string;
  /** What is wrong, as a clause that follows the input's name: `is 70 characters long`. One line. */
  readonly message: string;
  /** What to write instead: a sentence. One line. */
  readonly remedy: string;
  /** The place in the text, drawn in further lines. */
  readonly excerpt?: string;
  /** Where in a file, for values that stand in one. */
  readonly place?: FilePlace;
}

/** A mistake of an input. */
export interface Problem extends Mistake {
  readonly input: string;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

export function valid<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function wrong(message: string, remedy: string): Parsed<never> {
  return { ok: false, mistakes: [{ message, remedy }] };
}

const QUOTED_CHARACTERS = 80;

/** A value in a message: on one line, control characters visible, cut where it is long. */
export function quoted(value: string): string {
  const characters = [...value];
  const cut = characters.length > QUOTED_CHARACTERS ? `${characters.slice(0, QUOTED_CHARACTERS).join('')}…` : value;
  return JSON.stringify(cut);
}

/** Each problem once: a part that is read twice is wrong twice. */
export function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.at} ${problem.message}`, problem])).values()];
}
