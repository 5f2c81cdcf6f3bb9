import type { Secrets } from '../ports.ts';
import type { Clean, Untrusted } from './text.ts';

/**
 * Escape sequences of ECMA-48: control strings (titles, hyperlinks) with what they hold, CSI, and the short ones. No part
 * can match what the next one does, so the time is linear; the expression of Node's `stripVTControlCharacters` takes time
 * with the square of a line that opens a sequence and never ends it.
 */
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  /\u001b[\]PX^_][^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;

/**
 * C0 except tab and newline, DEL, C1, soft hyphen, bidi controls, zero-width characters, line separators, byte order mark,
 * interlinear annotation, tag characters: what a reader does not see, yet what would tear a secret or a name in two.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Makes untrusted text printable: no escapes, no invisible characters, no lone carriage returns, no known secret. */
export function clean(text: Untrusted, secrets: Pick<Secrets, 'redact'>): Clean {
  const visible = text.toWellFormed().replace(ESCAPES, '');
  const collapsed = visible.includes('\r') ? visible.split('\n').map(lastRedraw).join('\n') : visible;
  return secrets.redact(collapsed.replace(INVISIBLE, '')) as Clean;
}

/** A progress bar redraws its line with `\r`: what a terminal would show at the end is what comes last. */
export function lastRedraw(line: string): string {
  const drawn = line.split('\r').filter((part) => part.trim() !== '');
  return drawn.at(-1) ?? '';
}

/**
 * Cuts to at most so many UTF-16 units, never inside a surrogate pair, and says how long it was. Only what is clean is cut:
 * the half of a secret would not be known as one any more.
 */
export function shorten(text: Clean, limit: number): Clean {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit);
  const whole = kept.isWellFormed() ? kept : kept.slice(0, -1);
  return `${whole} … (${text.length.toLocaleString('en-US')} characters)` as Clean;
}

/**
 * The runner obeys `::command::` at the start of a trimmed line and `##[command]` anywhere in it
 * (actions/runner, OutputManager and ActionCommand). Neither survives this, and stdout stays readable.
 */
export function neutralLine(line: Clean): string {
  const broken = line.replaceAll('##[', '#\u200b#[');
  return /^\s*::/.test(broken) ? `│ ${broken}` : broken;
}
