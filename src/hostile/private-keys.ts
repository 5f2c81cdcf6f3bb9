/** Private keys in PEM form (RFC 7468): in one text, and in a log that comes line by line. */
import { REDACTED } from './text.ts';

const BEGIN = '-----BEGIN[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----';
/** Base64, headers such as `DEK-Info: AES-128-CBC,…`, and line ends as such or as JSON writes them; never another `-----`. */
const WHOLE = new RegExp(
  `${BEGIN}(?:\\\\[nrt]|[A-Za-z0-9+/=\\s:,.()]|-(?!----))*-----END[A-Z0-9 ]{0,40}(?:-----)?`,
  'g',
);
/** A key whose end is missing: as many whole lines of base64 as follow. */
const CUT_OFF = new RegExp(`${BEGIN}(?:(?:\\s|\\\\[nr])*[A-Za-z0-9+/=]{40,})*`, 'g');

export function redactPrivateKeys(text: string): string {
  if (!text.includes('-----BEGIN')) return text;
  return text.replace(WHOLE, REDACTED).replace(CUT_OFF, REDACTED);
}

const OPENS = new RegExp(`${BEGIN}(?![\\s\\S]*-----END)`);
const BODY = /(?:^|[\s│|])([A-Za-z0-9+/]{8,}={0,2})\s*$/;
const HEADER = /(?:Proc-Type|DEK-Info|Version|Comment): |^\s*$/;
/** RFC 7468 wraps at 64 characters, older tools at 76: a shorter line is the last one. */
const FULL_LINE = 60;
/** Longer than any key: a log that opens one and never ends it must not fall silent. */
const MOST_LINES = 250;

/** Makes a filter for the lines of many writers, of which each may print a key line by line. */
export function makeKeyFilter(): (writer: string, lines: readonly string[]) => readonly string[] {
  /** How many lines of a key each writer has printed since it began one. */
  const printed = new Map<string, number>();
  const filter = (writer: string, line: string) => {
    const count = printed.get(writer);
    if (count === undefined) {
      if (OPENS.test(line)) printed.set(writer, 0);
      return line;
    }
    const body = BODY.exec(line)?.[1];
    if (count < MOST_LINES && goesOn(body, line)) printed.set(writer, count + 1);
    else printed.delete(writer);
    return body === undefined ? line : line.slice(0, line.lastIndexOf(body)) + REDACTED;
  };
  return (writer, lines) => lines.map((line) => filter(writer, line));
}

function goesOn(body: string | undefined, line: string): boolean {
  return body === undefined ? HEADER.test(line) : body.length >= FULL_LINE;
}
