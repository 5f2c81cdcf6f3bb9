import type { Secrets } from '../ports.ts';

/** Shorter values would cut innocent words out of every log line; GitHub's own masks have the same weakness. */
const SHORTEST = 6;
const REDACTED = '***';

/**
 * The secrets of one run. Comments, summaries and tags are not masked by the runner, so every text that leaves
 * passes `redact`. Derived forms are cut as well: URL-encoded, and base64 wherever the value starts in the input.
 */
export function makeSecrets(mask: (value: string) => void): Secrets {
  const forms = new Set<string>();
  let pattern: RegExp | undefined;
  return {
    add(value) {
      // A lone surrogate has no UTF-8 and no URL form.
      const parts = [value, ...value.split(/\r?\n/)]
        .map((part) => part.toWellFormed())
        .map((part) => part.trim())
        .filter((part) => part.length >= SHORTEST);
      for (const part of parts) {
        if (forms.has(part)) continue;
        mask(part);
        for (const form of formsOf(part)) forms.add(form);
      }
      pattern = undefined;
    },
    redact(text) {
      if (forms.size === 0) return text;
      pattern ??= anyOf(forms);
      return text.replace(pattern, REDACTED);
    },
  };
}

function formsOf(value: string): string[] {
  const base64 = base64Forms(value);
  const base64Url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), ...base64, ...base64Url];
}

/** Base64 of a text that holds the value at any offset contains one of these three runs. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  return [0, 1, 2]
    .map((shift) => {
      const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
        .toString('base64')
        .replace(/=+$/, '');
      const tainted = (shift + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1;
      return encoded.slice(shift === 0 ? 0 : shift + 1, tainted);
    })
    .filter((form) => form.length >= SHORTEST);
}

/** Longest first, so that a value is cut whole before a part of it is. */
function anyOf(forms: ReadonlySet<string>): RegExp {
  const sources = [...forms].sort((a, b) => b.length - a.length).map(RegExp.escape);
  return new RegExp(sources.join('|'), 'g');
}
