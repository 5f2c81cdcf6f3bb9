import type { Change } from './workspace.ts';

/** One of the demo's stories: the same training of examples/forecast under other circumstances. */
export interface Scenario {
  readonly name: string;
  readonly tells: string;
  /** `real`: it really happens here; `scripted`: the local cloud plays it, for it would need what no laptop has. */
  readonly kind: 'real' | 'scripted';
  /** Inputs besides the common ones. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Sections of the local cloud's script besides the common ones. */
  readonly script: Readonly<Record<string, unknown>>;
  readonly exitCode: 0 | 1;
  /** Output `cause` of the step; none unless told. */
  readonly cause?: string;
  /** Somebody presses *Cancel workflow* as soon as the log of the step holds this. */
  readonly cancelOn?: string;
  /** What the pull request changes; a note on the number of epochs unless told. */
  readonly change?: Change;
}
