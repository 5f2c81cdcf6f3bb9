/** Which answers of a registry, as docker prints them, are worth another try. The docker client has its own few attempts. */
import type { ProcessResult } from '../ports.ts';

export interface Retry {
  /** The login has expired: log in anew first. */
  readonly login: boolean;
  readonly why: string;
}

const ROWS: readonly { readonly sign: RegExp; readonly why: string; readonly login?: true }[] = [
  { sign: /authorization token has expired/i, why: 'the login has expired', login: true },
  { sign: /toomanyrequests|too many requests|rate exceeded|\b429\b/i, why: 'the registry asks to slow down' },
  {
    sign: /(?:unexpected status(?: from \w+ request)?|HTTP status|status code)\W[^\n]*\b50\d\b|\b50[0234] (?:Internal Server Error|Bad Gateway|Service Unavailable|Gateway)/i,
    why: 'the registry has an error of its own',
  },
  {
    sign: /i\/o timeout|TLS handshake timeout|context deadline exceeded|connection reset by peer|unexpected EOF|: EOF$|broken pipe|connection refused|server sent GOAWAY|no such host/im,
    why: 'the connection to the registry was cut',
  },
];

/** A step of the Dockerfile ended with an error: whatever words it printed are its own. */
const STEP_FAILED = /did not complete successfully|executor failed running|returned a non-zero code/;

const DAEMON_GONE = /Cannot connect to the Docker daemon|error during connect/i;

/** Another try of a push, or of a build that pulls and pushes; `undefined`: it would end the same way. */
export function retryOf({ exitCode, tail }: ProcessResult): Retry | undefined {
  const text = tail.join('\n');
  if (exitCode === 0 || exitCode === 127 || STEP_FAILED.test(text) || DAEMON_GONE.test(text)) return undefined;
  const row = ROWS.find(({ sign }) => sign.test(text));
  return row && { why: row.why, login: row.login ?? false };
}

/** Pauses before the second and the third attempt, seconds. */
export const RETRY_PAUSES = [2, 10] as const;
