/** Secrets that this run was never told of, by their look. Linear in the length of the text. */
import { redactAssignments } from './assignments.ts';
import { redactPrivateKeys } from './private-keys.ts';
import { mixture } from './randomness.ts';
import { REDACTED } from './text.ts';
import { TOKENS } from './token-formats.ts';

/** Most lines of a log are numbers: what none of them can hold without one of these is not looked for. */
const LONG_WORD = /[A-Za-z0-9_~.+/:-]{16}/;
const KEYWORD = /pass|pwd|secret|token|key|auth|credential|sig/i;

/** `https://user:password@host`; an image's `name:tag@sha256:…` is none. */
const USER_INFO = /(?<=:\/\/)[^\s/"'<>`:@?]{0,128}:[^\s/"'<>`?]{1,256}@(?!sha256:)/g;
const USER_TOKEN = /(?<=:\/\/)[^\s/"'<>`:@?]{16,256}@(?!sha256:)/g;

/** AWS's secret keys have no prefix: 40 characters of base64, on their own. */
const AWS_SECRET_KEY = /(?<![A-Za-z0-9/+_.-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_.-])/g;
/** Of random ones hardly any has fewer changes of kind, of what somebody wrote hardly any has more; paths have slashes. */
const MIXED = 0.3;
const MIXED_PATH = 0.5;

/** A key of Weights & Biases before its prefix: 40 hex digits, as a commit has, so only where the line names it. */
const WANDB_LINE = /wandb|weights ?& ?biases/i;
const WANDB_KEY = /(?<=(?:login|key|password)[\s:='"(]{1,6}(?:--relogin\s)?)[0-9a-f]{40}(?![0-9a-f])/gi;

/** Kaggle's file of credentials. */
const KAGGLE_KEY = /(?<="username": ?"[^"]{1,80}", ?"key": ?")[0-9a-f]{32}/g;

/** `Bearer` and a value, without the header's name before it. */
const BEARER = /(?<=\bbearer\s{1,4})[A-Za-z0-9._~+/=-]{16,}/gi;

/** Replaces what looks like a secret by `***`. */
export function redactPatterns(text: string): string {
  const unprefixed = LONG_WORD.test(text) ? redactWords(redactPrivateKeys(text)) : text;
  const anonymous = unprefixed.includes('://') ? redactUsers(unprefixed) : unprefixed;
  if (!KEYWORD.test(anonymous) && !WANDB_LINE.test(anonymous)) return anonymous;
  return redactAssignments(WANDB_LINE.test(anonymous) ? anonymous.replace(WANDB_KEY, REDACTED) : anonymous);
}

function redactWords(text: string): string {
  return text
    .replace(TOKENS, REDACTED)
    .replace(KAGGLE_KEY, REDACTED)
    .replace(BEARER, (value) => (mixture(value) >= 0.15 ? REDACTED : value))
    .replace(AWS_SECRET_KEY, (key) => (isDrawn(key) ? REDACTED : key));
}

function redactUsers(text: string): string {
  return text
    .replace(USER_INFO, `${REDACTED}@`)
    .replace(USER_TOKEN, (user) => (mixture(user) >= 0.18 ? `${REDACTED}@` : user));
}

function isDrawn(key: string): boolean {
  const least = key.split('/').length > 3 ? MIXED_PATH : MIXED;
  return mixture(key) >= least && /[A-Z]/.test(key) && /[a-z]/.test(key) && /\d/.test(key);
}
