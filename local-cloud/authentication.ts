import type { ServiceModel } from './model/service-model.ts';
import type { Route } from './protocols/http.ts';
import { readScope, type SignedScope, signatureHolds } from './signature.ts';
import type { Cloud } from './state.ts';
import { CloudError, type Principal, type ServiceName } from './types.ts';

/** Who signed a request, for which region. */
export interface Caller {
  readonly principal: Principal;
  readonly region: string;
}

/** The caller as the request claims, unverified: what the ledger writes down. */
export function claimedCaller(route: Route): string {
  const { authorization } = route.request.headers;
  return readScope(authorization)?.accessKeyId ?? (authorization ? bearerName(authorization) : 'anonymous');
}

/** Verifies the request's credentials. Throws each protocol's own refusal. */
export function authenticate(cloud: Cloud, route: Route): Caller {
  if (route.service === 'github') return bearer(cloud, route, cloud.principals.githubToken);
  if (route.service === 'oidc') return bearer(cloud, route, cloud.principals.oidcRequestToken);
  const { authorization } = route.request.headers;
  if (authorization === undefined && route.operationModel?.anonymous) {
    return { principal: { id: 'anonymous' }, region: cloud.region };
  }
  if (authorization === undefined) throw refusal('missing', route);
  const scope = readScope(authorization);
  if (!scope) throw refusal('malformed', route);
  return verified(cloud, route, scope);
}

function verified(cloud: Cloud, route: Route, scope: SignedScope): Caller {
  const credentials = cloud.principals.find(scope.accessKeyId);
  if (!credentials) throw refusal('unknown', route);
  if (
    credentials.sessionToken !== undefined &&
    route.request.headers['x-amz-security-token'] !== credentials.sessionToken
  ) {
    throw refusal('unknown', route);
  }
  if (credentials.expiresAt !== undefined && credentials.expiresAt <= cloud.clock.now())
    throw refusal('expired', route);
  const expected = signingName(route.service, route.model);
  if (scope.service !== expected) {
    throw refusal('scope', route, `Credential should be scoped to correct service: '${expected}'. `);
  }
  if (!signatureHolds(route.request, scope, credentials)) throw refusal('signature', route);
  if (isSkewed(cloud, route)) throw refusal('skewed', route);
  return { principal: { id: credentials.accessKeyId, arn: credentials.arn }, region: scope.region };
}

function signingName(service: ServiceName, model: ServiceModel | undefined): string {
  return service === 'cloudwatch' ? 'monitoring' : (model?.signingName ?? service);
}

const LARGEST_SKEW_MS = 15 * 60_000;

/** A clock that runs at its own speed cannot be compared with the caller's. */
function isSkewed(cloud: Cloud, route: Route): boolean {
  const date = route.request.headers['x-amz-date'] ?? '';
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return cloud.clock.scale === 1 && !(Math.abs(Date.parse(iso) - cloud.clock.now()) <= LARGEST_SKEW_MS);
}

function bearer(cloud: Cloud, route: Route, token: string): Caller {
  const given = route.request.headers.authorization;
  if (given === undefined) throw new CloudError('RequiresAuthentication', 'Requires authentication', 401);
  if (given.replace(/^(bearer|token) /i, '') !== token) throw new CloudError('BadCredentials', 'Bad credentials', 401);
  return { principal: { id: bearerName(given) }, region: cloud.region };
}

function bearerName(authorization: string): string {
  return `…${authorization.slice(-4)}`;
}

export type Refusal = 'missing' | 'malformed' | 'unknown' | 'expired' | 'signature' | 'scope' | 'skewed';

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const INVALID_TOKEN = 'The security token included in the request is invalid.';
const EXPIRED_TOKEN = 'The security token included in the request is expired';

type Wording = readonly [code: string, message: string, status: number];

/** Error names differ by protocol: JSON services, Query services, S3. */
const WORDING: Readonly<Record<'json' | 'query' | 's3', Readonly<Record<Refusal, Wording>>>> = {
  json: {
    missing: ['MissingAuthenticationTokenException', 'Missing Authentication Token', 400],
    malformed: ['IncompleteSignatureException', 'Authorization header is malformed', 400],
    unknown: ['UnrecognizedClientException', INVALID_TOKEN, 400],
    expired: ['ExpiredTokenException', EXPIRED_TOKEN, 400],
    signature: ['InvalidSignatureException', MISMATCH, 400],
    scope: ['InvalidSignatureException', '', 400],
    skewed: ['InvalidSignatureException', 'Signature expired or not yet current', 400],
  },
  query: {
    missing: ['MissingAuthenticationToken', 'Request is missing Authentication Token', 403],
    malformed: ['IncompleteSignature', 'Authorization header is malformed', 400],
    unknown: ['InvalidClientTokenId', INVALID_TOKEN, 403],
    expired: ['ExpiredToken', EXPIRED_TOKEN, 403],
    signature: ['SignatureDoesNotMatch', MISMATCH, 403],
    scope: ['SignatureDoesNotMatch', '', 403],
    skewed: ['SignatureDoesNotMatch', 'Signature expired or not yet current', 403],
  },
  s3: {
    missing: ['AccessDenied', 'Access Denied', 403],
    malformed: ['AuthorizationHeaderMalformed', 'The authorization header is malformed', 400],
    unknown: ['InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403],
    expired: ['ExpiredToken', 'The provided token has expired.', 400],
    signature: ['SignatureDoesNotMatch', MISMATCH, 403],
    scope: ['AuthorizationHeaderMalformed', '', 400],
    skewed: ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403],
  },
};

/** The refusal of bad credentials in the words of the route's protocol. */
export function refusal(kind: Refusal, route: Route, text?: string): CloudError {
  const protocol = route.service === 's3' ? 's3' : route.writer.format === 'xml' ? 'query' : 'json';
  const [code, message, status] = WORDING[protocol][kind];
  return new CloudError(code, text ?? message, status);
}
