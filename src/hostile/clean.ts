import { stripVTControlCharacters } from 'node:util';
import type { Secrets } from '../ports.ts';
import type { Clean, Untrusted } from './text.ts';

/** C0 except tab and newline, DEL, C1, bidi controls, zero-width characters, line separators, byte order mark. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Makes untrusted text printable: no escapes, no invisible characters, no lone carriage returns, no known secret. */
export function clean(text: Untrusted, secrets: Pick<Secrets, 'redact'>): Clean {
  const visible = stripVTControlCharacters(text.toWellFormed()).replace(/\r+\n/g, '\n');
  const collapsed = visible.includes('\r') ? visible.split('\n').map(lastRedraw).join('\n') : visible;
  return secrets.redact(collapsed.replace(INVISIBLE, '')) as Clean;
}

/** A progress bar redraws its line with `\r`: what a terminal would show at the end is what comes last. */
export function lastRedraw(line: string): string {
  const drawn = line.split('\r').filter((part) => part.trim() !== '');
  return drawn.at(-1) ?? '';
}

/** Cuts to at most so many UTF-16 units, never inside a surrogate pair, and says how long it was. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text
    .slice(0, limit)
    .toWellFormed()
    .replace(/\ufffd$/, '')} … (${text.length.toLocaleString('en-US')} characters)`;
}

/**
 * The runner obeys `::command::` at the start of a trimmed line and `##[command]` anywhere in it
 * (actions/runner, OutputManager and ActionCommand). Neither survives this, and stdout stays readable.
 */
export function neutralLine(line: Clean): string {
  const broken = line.replaceAll('##[', '#\u200b#[');
  return /^\s*::/.test(broken) ? `│ ${broken}` : broken;
}
