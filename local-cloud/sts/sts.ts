import { assumedRoleArn } from '../credentials.ts';
import { conditionsHold, statementsOf } from '../iam/policy.ts';
import { findRoleByArn, type Role } from '../iam/roles.ts';
import { type Claims, createTokenIssuer } from '../oidc/tokens.ts';
import type { Cloud } from '../state.ts';
import { type Answer, type Call, CloudError, type Service } from '../types.ts';

/** STS: a session for an ID token, and who one is. */
export function createSts(cloud: Cloud): Service {
  return {
    AssumeRoleWithWebIdentity: (call) => assumeRole(cloud, call),
    GetCallerIdentity(call) {
      const found = cloud.principals.find(call.principal.id);
      return {
        output: {
          UserId: found?.userId ?? call.principal.id,
          Account: cloud.account,
          Arn: found?.arn ?? call.principal.arn,
        },
      };
    },
  };
}

const STANDARD_SECONDS = 3600;
const AUDIENCES = ['sts.amazonaws.com', 'sts.amazonaws.com.cn'];

function assumeRole(cloud: Cloud, call: Call): Answer {
  const roleArn = String(call.input.RoleArn);
  const sessionName = String(call.input.RoleSessionName);
  const seconds = Number(call.input.DurationSeconds ?? STANDARD_SECONDS);
  const claims = readToken(cloud, String(call.input.WebIdentityToken));
  const role = findRoleByArn(cloud, roleArn);
  if (!role || !isTrusted(cloud, role, claims)) throw notAuthorized();
  if (seconds > role.maxSessionDuration) {
    throw new CloudError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  const expiresAt = Math.floor(cloud.clock.now() / 1000 + seconds) * 1000;
  const session = cloud.principals.issue({ roleArn, sessionName, expiresAt });
  return {
    output: {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: expiresAt / 1000,
      },
      SubjectFromWebIdentityToken: claims.sub,
      AssumedRoleUser: { AssumedRoleId: session.userId, Arn: assumedRoleArn(roleArn, sessionName) },
      Provider: `arn:aws:iam::${cloud.account}:oidc-provider/token.actions.githubusercontent.com`,
      Audience: claims.aud,
    },
  };
}

function readToken(cloud: Cloud, token: string): Claims {
  const claims = cloud.shared(createTokenIssuer).read(token);
  if (claims === 'malformed') {
    throw new CloudError(
      'InvalidIdentityToken',
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
  if (claims === 'forged')
    throw new CloudError('InvalidIdentityToken', "Couldn't verify the signature of the ID token");
  const now = Math.floor(cloud.clock.now() / 1000);
  if (now >= claims.exp) {
    const message = `Token expired: current date/time ${now} must be before the expiration date/time ${claims.exp}`;
    throw new CloudError('ExpiredTokenException', message);
  }
  if (!AUDIENCES.includes(claims.aud)) throw new CloudError('InvalidIdentityToken', 'Incorrect token audience');
  return claims;
}

/** Whether a statement of the role's trust policy lets this token in: the right provider, and its conditions on the claims. */
function isTrusted(cloud: Cloud, role: Role, claims: Claims): boolean {
  const provider = `arn:aws:iam::${cloud.account}:oidc-provider/token.actions.githubusercontent.com`;
  const context = Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [`token.actions.githubusercontent.com:${name}`, [String(value)]]),
  );
  return statementsOf(role.trust).some((statement) => {
    const federated = (statement.Principal as Record<string, unknown> | undefined)?.Federated;
    const named = [federated].flat().includes(provider);
    const action = [statement.Action].flat().includes('sts:AssumeRoleWithWebIdentity');
    return statement.Effect === 'Allow' && named && action && conditionsHold(statement.Condition, context);
  });
}

function notAuthorized(): CloudError {
  return new CloudError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403);
}
