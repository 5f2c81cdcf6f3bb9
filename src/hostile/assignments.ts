/** Secrets that are known by the name they are given: `password=…`, `"api_key": "…"`, `--token …`, `Authorization: …`. */
import { mixture } from './randomness.ts';
import { REDACTED } from './text.ts';

/** What a name must end with. Plurals, ids and paths (`tokens`, `token_id`, `key_file`) are others. */
const PASSWORD = 'passw(?:or)?d|passphrase|pwd';
const SECRET = [
  'secret(?:[_-]?(?:access[_-]?)?key)?|client[_-]?secret|token|credentials?',
  '(?:api|access|account|auth|private|encryption|signing|storage|shared[_-]?access|service|registry|wandb|comet|neptune)[_-]?key',
  'authorization|x-amz-(?:signature|security-token|credential)|signature|sig',
].join('|');

/** A name, what stands between it and the value, and the scheme of an `Authorization` header. */
const NAMED = new RegExp(
  `(${PASSWORD}|${SECRET})((?:\\\\?["'])?\\]?\\s{0,4}(?:=>|:=|[=:])\\s{0,4}(?:\\\\?["'])?|\\s{1,4}(?=[0-9a-z]))((?:Bearer|Basic|token|Negotiate)\\s{1,4})?`,
  'gi',
);
const VALUE = /[^\s"'`<>,;&|(){}[\]\\]+/y;
/** What is judged of a value; it is cut whole. Keeps the time linear where every value is the name of the next one. */
const JUDGED = 80;

/** `--token x`, `login user password x` of a netrc file: a blank is enough between the two. */
const BLANK = /^\s+$/;
const IS_PASSWORD = new RegExp(`^(?:${PASSWORD})$`, 'i');

/** Replaces the values; names and what stands between stay. */
export function redactAssignments(text: string): string {
  let [result, done] = ['', 0];
  NAMED.lastIndex = 0;
  for (let match = NAMED.exec(text); match !== null; match = NAMED.exec(text)) {
    const start = NAMED.lastIndex;
    const [, name = '', between = '', scheme = ''] = match;
    const judged = valueAt(text.slice(0, start + JUDGED), start);
    const next = text.charAt(start + judged.length);
    // The name of a secret in its ARN is none.
    if (text.charAt(match.index - 1) === ':' && between === ':') continue;
    if (!isSecret({ name, between, scheme, value: judged, next })) continue;
    const value = judged.length < JUDGED ? judged : valueAt(text, start);
    result += text.slice(done, start) + REDACTED;
    done = start + value.length;
    NAMED.lastIndex = done;
  }
  return result + text.slice(done);
}

function valueAt(text: string, start: number): string {
  VALUE.lastIndex = start;
  return VALUE.exec(text)?.[0] ?? '';
}

interface Assigned {
  readonly name: string;
  readonly between: string;
  readonly scheme: string;
  readonly value: string;
  /** The character after the value. */
  readonly next: string;
}

function isSecret(assigned: Assigned): boolean {
  const { name, scheme, value, next } = assigned;
  // `password=getpass()`, `token=env["T"]`, `${TOKEN}`, and values that are known to be no secrets.
  if (next === '(' || next === '[' || PLACEHOLDER.test(value) || isPath(value)) return false;
  if (scheme !== '') return value.length >= 8 && (mixture(value) >= 0.15 || /[=+/]/.test(value));
  return IS_PASSWORD.test(name) ? isPassword(assigned) : looksDrawn(value);
}

/** `password=args.password` is code, `pwd=C:\data` a directory, `password: required` and `password: str` are prose and types. */
function isPassword({ name, between, value }: Assigned): boolean {
  if (value.length < 6 || /^[a-z_]+(?:\.[a-z_]+)+$/i.test(value)) return false;
  if (BLANK.test(between)) return !/^[\w.-]+=/.test(value) && /\d|[^\w.]/.test(value) && mixture(value) >= 0.05;
  if (name.toLowerCase() === 'pwd' && /^[/~.]|^[A-Za-z]:/.test(value)) return false;
  return /["'=]/.test(between) || /[^a-z.]/i.test(value);
}

/** A value that nobody chose: long, and letters and digits in turn; or hexadecimal. */
function looksDrawn(value: string): boolean {
  const core = value.replace(/[=.]+$/, '');
  if (core.length < 16) return false;
  return mixture(core) >= 0.18 && /\d/.test(core);
}

function isPath(value: string): boolean {
  return value.startsWith('/') && mixture(value) < 0.18;
}

const PLACEHOLDER =
  /^(?:none|null|nil|true|false|undefined|required|optional|missing|invalid|expired|empty|str(?:ing)?|bytes|int|redacted|masked|hidden|\*+|x+|[*x.]{3,}.*|\$.*|%\w*%?|%\(.*|os\..*|self\..*|args\..*|arn:.*|sha\d+[:-].*|s3:.*|https?:.*|file:.*|.*@sha256:.*)$/i;
