import { randomBytes } from 'node:crypto';
import type { CloudClock } from '../types.ts';

/** ECR's login passwords live 12 hours. */
export const TOKEN_LIFE_SECONDS = 12 * 3600;

/** The passwords GetAuthorizationToken handed out, for `docker login -u AWS`. */
export class RegistryTokens {
  readonly #clock: CloudClock;
  readonly #expiry = new Map<string, number>();

  constructor(clock: CloudClock) {
    this.#clock = clock;
  }

  /** A new password and its end (epoch milliseconds, cloud time). */
  issue(): { password: string; expiresAt: number } {
    const password = randomBytes(48).toString('base64url');
    const expiresAt = this.#clock.now() + TOKEN_LIFE_SECONDS * 1000;
    this.#expiry.set(password, expiresAt);
    return { password, expiresAt };
  }

  /** Judges the value of an `Authorization` header. */
  check(authorization: string | undefined): 'valid' | 'expired' | 'missing' | 'unknown' {
    if (authorization === undefined) return 'missing';
    const [scheme, encoded = ''] = authorization.split(' ');
    if (scheme?.toLowerCase() !== 'basic') return 'unknown';
    const [user, password = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(/:(.*)/s);
    const expiry = this.#expiry.get(password);
    if (user !== 'AWS' || expiry === undefined) return 'unknown';
    return expiry > this.#clock.now() ? 'valid' : 'expired';
  }
}
