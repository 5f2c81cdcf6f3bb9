import { randomBytes } from 'node:crypto';

/** A key pair the cloud knows; session keys end, the static pair does not. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** ARN that GetCallerIdentity answers and error texts name. */
  readonly arn: string;
  readonly userId: string;
  /** Epoch milliseconds of the cloud's time; absent on the static pair. */
  readonly expiresAt?: number;
}

/** Everybody who can call this cloud. */
export interface Principals {
  /** The pair printed in `env`. */
  readonly static: Credentials;
  /** Bearer token of the GitHub API, printed in `env`. */
  readonly githubToken: string;
  /** Bearer token of the runner's OIDC endpoint, printed in `env`. */
  readonly oidcRequestToken: string;
  find(accessKeyId: string): Credentials | undefined;
  /** A session of a role that ends at `expiresAt` (epoch milliseconds, cloud time). */
  issue(session: { roleArn: string; sessionName: string; expiresAt: number }): Credentials;
  /** Forgets all sessions. */
  clear(): void;
}

export function createPrincipals(account: string): Principals {
  const fixed: Credentials = {
    accessKeyId: 'AKIALOCALCLOUD000001',
    secretAccessKey: 'local-cloud-secret-access-key-000000001',
    arn: `arn:aws:iam::${account}:user/local`,
    userId: 'AIDALOCALCLOUD000001',
  };
  const sessions = new Map<string, Credentials>();
  return {
    static: fixed,
    githubToken: 'ghs_localcloud000000000000000000000000000',
    oidcRequestToken: 'local-cloud-oidc-request-token',
    find: (accessKeyId) => (accessKeyId === fixed.accessKeyId ? fixed : sessions.get(accessKeyId)),
    issue(session) {
      const issued = sessionCredentials(session);
      sessions.set(issued.accessKeyId, issued);
      return issued;
    },
    clear: () => sessions.clear(),
  };
}

function sessionCredentials(session: { roleArn: string; sessionName: string; expiresAt: number }): Credentials {
  const accessKeyId = `ASIA${randomBytes(16).toString('hex').toUpperCase().slice(0, 16)}`;
  const roleId = `AROA${accessKeyId.slice(4)}`;
  return {
    accessKeyId,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(180).toString('base64'),
    arn: assumedRoleArn(session.roleArn, session.sessionName),
    userId: `${roleId}:${session.sessionName}`,
    expiresAt: session.expiresAt,
  };
}

/** `arn:aws:iam::A:role/path/NAME` → `arn:aws:sts::A:assumed-role/NAME/SESSION`: STS drops the role's path. */
export function assumedRoleArn(roleArn: string, sessionName: string): string {
  const [, partition = 'aws', , , account = '', resource = ''] = roleArn.split(':');
  return `arn:${partition}:sts::${account}:assumed-role/${resource.split('/').pop()}/${sessionName}`;
}
