/** What an input is: the one source for the parser, action.yml and the README. */
import type { Reader } from './scalar.ts';

export type Group =
  | 'general'
  | 'AWS'
  | 'image'
  | 'script mode'
  | 'compute'
  | 'data and output'
  | 'network and keys'
  | 'the rest of the API'
  | 'metrics and gate'
  | 'running'
  | 'report';

/** `Present`: whether the input has a value in every accepted set of inputs. */
export interface InputSpec<T, Present extends boolean = boolean> {
  readonly group: Group;
  /** Markdown; for people. */
  readonly description: string;
  /** As action.yml states it; '' = none. An expression (`${{ … }}`) is the runner's to fill in. */
  readonly default: string;
  readonly required: Present extends true ? boolean : false;
  /** Left out of the README. */
  readonly hidden: boolean;
  /** A variable of the environment that stands in for an input that is not set. */
  readonly variable: string | undefined;
  /** What to write, for those who left a required input out. */
  readonly example: string;
  readonly read: Reader<T>;
}

/** What an input gives to the rest of the program. */
export type ValueOf<Spec> =
  Spec extends InputSpec<infer T, infer Present> ? (Present extends true ? T : T | undefined) : never;

interface Described<T> {
  readonly group: Group;
  readonly description: string;
  readonly read: Reader<T>;
}

const PLAIN = { default: '', required: false, hidden: false, variable: undefined, example: '' } as const;

export function optional<T>(spec: Described<T>): InputSpec<T, false> {
  return { ...PLAIN, ...spec };
}

/** `default` is what an unset input means; the spec's own reader must accept it. */
export function withDefault<T>(spec: Described<T> & { readonly default: string }): InputSpec<T, true> {
  return { ...PLAIN, ...spec };
}

export function required<T>(spec: Described<T> & { readonly example: string }): InputSpec<T, true> {
  return { ...PLAIN, ...spec, required: true };
}

/** A value must come from the input or from a variable of the environment, so action.yml cannot call it required. */
export function fromVariable<T>(
  spec: Described<T> & { readonly variable: string; readonly example: string },
): InputSpec<T, true> {
  return { ...PLAIN, ...spec };
}

/** The runner fills in the default; a run elsewhere may lack it. */
export function fromRunner<T>(
  spec: Described<T> & { readonly default: string; readonly hidden?: boolean },
): InputSpec<T, false> {
  return { ...PLAIN, ...spec };
}
