import * as core from '@actions/core';
import { Failure, messageOf } from '../failure.ts';
import type { Clock } from '../ports.ts';
import { clock as machineClock } from './clock.ts';

/** Seconds between the attempts, and how long each may take: by itself the toolkit waits three minutes for a stalled answer. */
const PAUSES = [2, 5, 10];
const ATTEMPT = 20;

/** No right to a token, or no place to ask: asking again changes nothing. */
const FINAL = /Error Code : 40[134]\b|env variable/;

/** GitHub's OIDC token of this job, which lives five minutes. Throws a Failure. */
export async function idToken(audience: string, clock: Clock = machineClock): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await withinAttempt(core.getIDToken(audience), clock);
    } catch (error) {
      const pause = PAUSES[attempt];
      const refused = FINAL.test(messageOf(error));
      if (refused || pause === undefined) throw missing(error, refused);
      await clock.sleep(pause);
    }
  }
}

/** What was asked goes on in the background: its late answer, or error, is nobody's any more. */
async function withinAttempt(asked: Promise<string>, clock: Clock): Promise<string> {
  const over = new AbortController();
  const limit = clock.sleep(ATTEMPT, over.signal).then(() => {
    throw new Error(`no answer within ${ATTEMPT} s`);
  });
  limit.catch(() => undefined);
  asked.catch(() => undefined);
  try {
    return await Promise.race([asked, limit]);
  } finally {
    over.abort();
  }
}

function missing(error: unknown, refused: boolean): Failure {
  return new Failure(
    refused ? 'CREDENTIALS_MISSING' : 'GITHUB_UNAVAILABLE',
    `GitHub gave this job no OIDC token: ${messageOf(error).replace(/\s+/g, ' ')}`,
    'Give the job `permissions: { id-token: write }` (a reusable workflow needs it in the caller as well).',
    error,
  );
}
