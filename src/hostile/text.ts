/**
 * Text that came from outside: training logs, ref names, titles, S3 keys, service messages.
 * It may hold terminal escapes, workflow commands, Markdown, secrets. Only `clean` makes it printable.
 */
export type Untrusted = string & { readonly untrusted?: never };

/** Text that is redacted and free of control characters: the only kind a printer or a writer accepts. */
export type Clean = string & { readonly clean: 'clean' };

/** What stands in the place of a secret. */
export const REDACTED = '***';
