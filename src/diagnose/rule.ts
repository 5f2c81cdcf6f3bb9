/** What a rule is: signs that point to a cause, and what to do about it. Its samples are in `samples/`. */
import type { Circumstances } from './circumstances.ts';
import type { Proof } from './evidence.ts';
import type { CauseLabel } from './labels.ts';
import type { Passage, PassageKind } from './passages.ts';
import type { RequestFacts } from './request-facts.ts';

/** A pattern in what was said. */
export interface TextSign {
  readonly pattern: RegExp;
  /** 0..1: how sure this sign alone makes the cause, said at the place where a cause is said. */
  readonly strength: number;
  /** Where it counts; everywhere unless told. */
  readonly in?: readonly PassageKind[];
  readonly unless?: RegExp;
  /** Some frame of the exception's traceback (file, function, source) looks like this. */
  readonly frames?: RegExp;
  /** The frame that raised is the user's, a library's, or lies in a file like this. */
  readonly raisedIn?: 'user' | 'library' | RegExp;
  readonly when?: (circumstances: Circumstances) => boolean;
  /** Counts in full in warnings and INFO lines: some programs report their end there. */
  readonly evenInWarnings?: boolean;
}

/** A combination of facts. Answers the proof where it holds. */
export interface FactSign {
  readonly holds: (circumstances: Circumstances) => Proof | undefined;
  readonly strength: number;
}

export type Sign = TextSign | FactSign;

/** What a remedy may draw on: the words that matched, and what was asked for. */
export interface Found {
  /** The passage the strongest sign matched, or the quote of its fact. */
  readonly text: string;
  readonly match: readonly (string | undefined)[];
  readonly request: RequestFacts;
  readonly circumstances: Circumstances;
}

export interface Rule {
  readonly label: CauseLabel;
  /** One line: the cause, as the card says it. */
  readonly title: string;
  readonly signs: readonly Sign[];
  /** Often what the other ranks see when one of them dies of something else. */
  readonly consequence?: boolean;
  /** The same request again may succeed. */
  readonly retryable: boolean;
  readonly remedy: (found: Found) => readonly string[];
}

/** A pattern anywhere in what was said, unless options say otherwise. */
export function says(
  strength: number,
  pattern: RegExp,
  options: Omit<TextSign, 'pattern' | 'strength'> = {},
): TextSign {
  return { pattern, strength, ...options };
}

export function isTextSign(sign: Sign): sign is TextSign {
  return 'pattern' in sign;
}

export type { Passage };
