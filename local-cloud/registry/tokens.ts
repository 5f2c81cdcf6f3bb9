import { randomBytes } from 'node:crypto';
import type { CloudClock } from '../types.ts';

/** ECR's login passwords live 12 hours. */
export const TOKEN_LIFE_SECONDS = 12 * 3600;

/** The passwords GetAuthorizationToken handed out, for `docker login -u AWS`. */
export class RegistryTokens {
  readonly #clock: CloudClock;
  readonly #issued = new Map<string, { readonly expiresAt: number; readonly region: string | undefined }>();

  constructor(clock: CloudClock) {
    this.#clock = clock;
  }

  /** A new password and its end (epoch milliseconds, cloud time). `region`: the one that was asked. */
  issue(region?: string): { password: string; expiresAt: number } {
    const password = randomBytes(48).toString('base64url');
    const expiresAt = this.#clock.now() + TOKEN_LIFE_SECONDS * 1000;
    this.#issued.set(password, { expiresAt, region });
    return { password, expiresAt };
  }

  /** Judges the value of an `Authorization` header, for the registries of one region where it is given. */
  check(authorization: string | undefined, region?: string): 'valid' | 'expired' | 'missing' | 'unknown' {
    if (authorization === undefined) return 'missing';
    const [scheme, encoded = ''] = authorization.split(' ');
    if (scheme?.toLowerCase() !== 'basic') return 'unknown';
    const [user, password = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(/:(.*)/s);
    const issued = this.#issued.get(password);
    if (user !== 'AWS' || issued === undefined) return 'unknown';
    if (region !== undefined && issued.region !== region) return 'unknown';
    return issued.expiresAt > this.#clock.now() ? 'valid' : 'expired';
  }

  /** Ends all passwords that are out. */
  expire(): void {
    const expiresAt = this.#clock.now();
    for (const [password, issued] of this.#issued) this.#issued.set(password, { ...issued, expiresAt });
  }
}
