import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Failure } from '../failure.ts';
import type { AwsConfig, Clock, Secrets } from '../ports.ts';
import { askAgainWhenUnreadable, type Credentials, clientConfig } from './client.ts';
import { idToken } from './id-token.ts';

/** Renewed this long before expiry; the SDK itself asks again from five minutes before. Seconds. */
const RENEW_BEFORE = 600;
/** A session that cannot be renewed is used up to here. Seconds before its expiry. */
const LAST_USE = 30;

type Role = NonNullable<AwsConfig['role']>;
type Doors = { readonly secrets: Secrets; readonly clock: Clock };
interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/**
 * One provider for all clients. GitHub's OIDC token lives five minutes and cannot be used again later, and each client
 * would ask on its own: so a fresh token per session, the session kept until it is nearly over, and one request at a time.
 */
export function roleCredentials(region: string, role: Role, doors: Doors): Credentials {
  let session: Session | undefined;
  let renewal: Promise<Session> | undefined;
  const secondsLeft = () => (session ? session.expiration.getTime() / 1000 - doors.clock.now() : 0);
  // Short sessions (900 s is STS's least) are renewed at a third of their life, not at once.
  const margin = Math.min(RENEW_BEFORE, role.durationSeconds / 3);
  return async () => {
    if (session && secondsLeft() > margin) return session;
    renewal ??= assume(region, role, doors).finally(() => {
      renewal = undefined;
    });
    try {
      session = await renewal;
    } catch (error) {
      // A renewal comes minutes before it is needed: what GitHub or STS refuse now, they may grant at the next request.
      if (session === undefined || secondsLeft() <= LAST_USE) throw error;
    }
    return session;
  };
}

async function assume(region: string, role: Role, { secrets }: Doors): Promise<Session> {
  const token = await idToken(role.audience);
  secrets.add(token);
  // The call itself is not signed; without this the client would look for credentials of its own.
  const unsigned = { ...clientConfig(region, undefined), credentials: { accessKeyId: '', secretAccessKey: '' } };
  const sts = askAgainWhenUnreadable(new STSClient(unsigned));
  const answer = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: role.arn,
      RoleSessionName: role.sessionName,
      WebIdentityToken: token,
      DurationSeconds: role.durationSeconds,
    }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new Failure(
      'CREDENTIALS_MISSING',
      'AWS STS answered without credentials.',
      'Run the job again; if it stays, check the role in IAM.',
    );
  }
  secrets.add(SecretAccessKey);
  secrets.add(SessionToken);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}
