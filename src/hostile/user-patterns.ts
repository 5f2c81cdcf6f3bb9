/** The user's own regular expressions of what must not be shown. They can take time without end, so each look has an end. */
import type { WithinTime } from '../ports.ts';
import { REDACTED } from './text.ts';

/** Seconds for a text, then for each of its lines. A sound expression takes microseconds. */
const FOR_TEXT = 0.25;
const FOR_LINE = 0.02;
/** Seconds lost to expressions that did not come to an end; then nothing is asked of them any more. */
const PATIENCE = 20;

export class UserPatterns {
  readonly #patterns: RegExp[] = [];
  readonly #withinTime: WithinTime;
  #lost = 0;

  constructor(withinTime: WithinTime) {
    this.#withinTime = withinTime;
  }

  add(source: string): void {
    this.#patterns.push(new RegExp(source, 'g'));
  }

  /** What cannot be looked through in time is not shown at all. */
  redact(text: string): string {
    let redacted = text;
    for (const pattern of this.#patterns) {
      const found = this.#replaced(redacted, pattern, FOR_TEXT);
      redacted = found ?? linewise(redacted, (line) => this.#replaced(line, pattern, FOR_LINE));
    }
    return redacted;
  }

  #replaced(text: string, pattern: RegExp, seconds: number): string | undefined {
    if (this.#lost > PATIENCE) return undefined;
    let replaced: string | undefined;
    const inTime = this.#withinTime(() => {
      replaced = text.replace(pattern, (match) => (match === '' ? '' : REDACTED));
    }, seconds);
    if (!inTime) this.#lost += seconds;
    return replaced;
  }
}

function linewise(text: string, redact: (line: string) => string | undefined): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? line : (redact(line) ?? REDACTED)))
    .join('\n');
}
