import type { Secrets, WithinTime } from '../ports.ts';
import { redactPatterns } from './patterns.ts';
import { REDACTED } from './text.ts';
import { UserPatterns } from './user-patterns.ts';

/** Shorter values would cut innocent words out of every log line; GitHub's own masks have the same weakness. */
const SHORTEST = 6;

/** Without a limit: for those who add no expressions of users. */
const UNLIMITED: WithinTime = (work) => {
  work();
  return true;
};

/**
 * The secrets of one run. Comments, summaries and tags are not masked by the runner, so every text that leaves
 * passes `redact`. Derived forms are cut as well: URL-encoded, and base64 wherever the value starts in the input.
 */
export function makeSecrets(mask: (value: string) => void, withinTime: WithinTime = UNLIMITED): Secrets {
  const forms = new Set<string>();
  const hidden = new Map<string, string>();
  const users = new UserPatterns(withinTime);
  let known: RegExp | undefined;
  const redactValue = (text: string) => {
    if (forms.size > 0) known ??= anyOf(forms);
    return users.redact(redactPatterns(known === undefined ? text : text.replace(known, REDACTED)));
  };
  return {
    add(value) {
      for (const part of partsOf(value)) {
        if (forms.has(part)) continue;
        mask(part);
        for (const form of formsOf(part)) forms.add(form);
      }
      known = undefined;
    },
    addPattern: (source) => users.add(source),
    hide: (digits, shown) => void hidden.set(digits, shown),
    redactValue,
    redact(text) {
      const redacted = redactValue(text);
      return [...hidden].reduce((shown, [digits, instead]) => hideNumber(shown, digits, instead), redacted);
    },
  };
}

/** The whole and its lines. A lone surrogate has no UTF-8 and no URL form. */
function partsOf(value: string): string[] {
  return [value, ...value.split(/\r?\n/)]
    .map((part) => part.toWellFormed().trim())
    .filter((part) => part.length >= SHORTEST);
}

/** Not inside of a longer number. */
function hideNumber(text: string, digits: string, shown: string): string {
  if (!text.includes(digits)) return text;
  return text.replace(new RegExp(`(?<!\\d)${digits}(?!\\d)`, 'g'), shown);
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
