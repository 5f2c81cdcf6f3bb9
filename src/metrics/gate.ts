/** Placeholder of the types only: the parser fills this file. */
export interface Gate {
  /** The line as written. */
  readonly text: string;
}
