/** What the local cloud shows of itself, and what a run came to. */

export interface LedgerEntry {
  readonly n: number;
  readonly at: string;
  readonly caller: string;
  readonly service: string;
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: unknown;
  readonly status: number;
  readonly error: string | null;
  readonly fault: string | null;
}

export interface GitHubState {
  readonly comments: readonly {
    readonly id: number;
    readonly issue: number;
    readonly body: string;
    readonly user: unknown;
  }[];
  readonly statuses: readonly {
    readonly sha: string;
    readonly state: string;
    readonly context: string;
    readonly description: string;
  }[];
  readonly reactions: readonly { readonly comment: number; readonly content: string }[];
}

export interface Seen {
  /** `null` when a signal ended the process. */
  readonly exit: number | null;
  /** Empty as long as nothing is decided. */
  readonly conclusion: string;
  /** States of all commit statuses written, oldest first. */
  readonly statuses: readonly string[];
}

/** The tags of a CreateTrainingJob request. */
export function tagsOf(entry: LedgerEntry | undefined): Record<string, string> {
  const tags = (entry?.request.Tags ?? []) as readonly { readonly Key: string; readonly Value: string }[];
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** Without Markdown's escapes, so that one sentence can be looked for in the comment and in the log. */
export function plainText(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replaceAll(/[`\\]/g, '');
}
