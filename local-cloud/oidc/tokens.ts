import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Cloud } from '../state.ts';

export const ISSUER = 'https://token.actions.githubusercontent.com';

/** Claims of an ID token; times in epoch seconds of the cloud's own time. */
export interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly [name: string]: string | number;
}

/** Issues and reads the ID tokens of the runner's OIDC provider. GitHub signs with RS256; here it is HS256 under a key of this cloud's own. */
export interface TokenIssuer {
  issue(audience: string | undefined): string;
  /** The claims; `malformed` when it is no JWT, `forged` when this cloud did not sign it. */
  read(token: string): Claims | 'malformed' | 'forged';
}

export function createTokenIssuer(cloud: Cloud): TokenIssuer {
  const key = randomBytes(32);
  const sign = (content: string) => createHmac('sha256', key).update(content).digest();
  return {
    issue(audience) {
      const content = `${encode({ typ: 'JWT', alg: 'HS256', kid: 'local-cloud' })}.${encode(claimsFor(cloud, audience))}`;
      return `${content}.${sign(content).toString('base64url')}`;
    },
    read(token) {
      const [header, payload, signature] = token.split('.');
      if (!header || !payload || signature === undefined) return 'malformed';
      const expected = sign(`${header}.${payload}`);
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
    },
  };
}

function claimsFor(cloud: Cloud, audience: string | undefined): Claims {
  const { oidc, github } = cloud.script.current;
  const repository = github?.repository ?? 'octo/forecast';
  const [owner = ''] = repository.split('/');
  const now = Math.floor(cloud.clock.now() / 1000);
  return {
    jti: randomUUID(),
    iss: ISSUER,
    sub: oidc?.subject ?? `repo:${repository}:pull_request`,
    aud: audience ?? `https://github.com/${owner}`,
    repository,
    repository_owner: owner,
    iat: now,
    nbf: now - 5,
    exp: now + (oidc?.lifetime ?? 300),
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
