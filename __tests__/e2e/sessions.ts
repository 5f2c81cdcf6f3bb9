/** Credentials that the local cloud gives out. */
import { createTokenIssuer } from '../../local-cloud/oidc/tokens.ts';
import { registryState } from '../../local-cloud/registry/state.ts';
import type { Stage } from './stage.ts';

/** A session as an earlier step of the job would have left it in the environment, good for a day or until it is ended. */
export function openSession({ local }: Stage): {
  readonly env: Readonly<Record<string, string>>;
  end(): void;
} {
  const { principals, clock } = local.cloud;
  const roleArn = 'arn:aws:iam::111122223333:role/ci';
  const session = principals.issue({ roleArn, sessionName: 'ci', expiresAt: clock.now() + 86_400_000 });
  return {
    env: {
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken ?? '',
    },
    end: () => void Object.assign(session, { expiresAt: clock.now() }),
  };
}

export interface Given {
  readonly what: string;
  readonly value: string;
  /** The session it belongs to. */
  readonly accessKeyId?: string;
}

/** Tells every secret that STS, ECR and the OIDC endpoint give out from now on, the moment they do. */
export function overhear({ local }: Stage, tell: (...given: readonly Given[]) => void): void {
  const { principals } = local.cloud;
  const tokens = local.cloud.shared(createTokenIssuer);
  const { issue: issueSession } = principals;
  const { issue: issueToken } = tokens;
  Object.assign(principals, {
    issue(session: Parameters<typeof issueSession>[0]) {
      const issued = issueSession(session);
      tell(
        { what: 'secret key', value: issued.secretAccessKey, accessKeyId: issued.accessKeyId },
        { what: 'session token', value: issued.sessionToken ?? '', accessKeyId: issued.accessKeyId },
      );
      return issued;
    },
  });
  const passwords = local.cloud.shared(registryState).tokens;
  const issuePassword = passwords.issue.bind(passwords);
  Object.assign(passwords, {
    issue() {
      const issued = issuePassword();
      tell({ what: 'ECR password', value: issued.password });
      return issued;
    },
  });
  Object.assign(tokens, {
    issue(audience: string | undefined) {
      const value = issueToken(audience);
      tell({ what: 'OIDC token', value });
      return value;
    },
  });
}
