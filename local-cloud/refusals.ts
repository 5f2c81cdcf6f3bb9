import { refusal } from './authentication.ts';
import type { Route } from './protocols/http.ts';
import { actionName } from './resources.ts';
import type { ScriptFault } from './script.ts';
import { CloudError, type Principal } from './types.ts';

/** "You may not", in the service's own words. */
export function accessDenied(route: Route, principal: Principal, resource: string): CloudError {
  if (route.service === 'github') {
    return new CloudError('Forbidden', 'Resource not accessible by integration', 403, {
      headers: { 'x-accepted-github-permissions': acceptedPermissions(route.operation) },
    });
  }
  if (route.operation === 'AssumeRoleWithWebIdentity') {
    return new CloudError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403);
  }
  const action = actionName(route.service, route.operation);
  const quoted = route.service === 's3' ? `"${resource}"` : resource;
  const who = principal.arn ?? principal.id;
  const text = `User: ${who} is not authorized to perform: ${action} on resource: ${quoted} because no identity-based policy allows the ${action} action`;
  return route.writer.format === 'xml'
    ? new CloudError('AccessDenied', text, 403)
    : new CloudError('AccessDeniedException', text, 400);
}

/** The permissions GitHub names in `X-Accepted-GitHub-Permissions` of a 403. */
export function acceptedPermissions(operation: string): string {
  if (operation.includes('/statuses/')) return 'statuses=write';
  if (operation.includes('/issues/'))
    return operation.startsWith('GET') ? 'issues=read; pull_requests=read' : 'issues=write; pull_requests=write';
  if (operation.includes('/pulls')) return 'pull_requests=read';
  return operation.includes('/actions/') ? 'actions=read' : 'contents=read';
}

/** The error a fault makes of a call; undefined for faults that are no error of the service. */
export function faultError(
  fault: ScriptFault,
  route: Route,
  principal: Principal,
  resource: string,
): CloudError | undefined {
  const error = plainFaultError(fault, route, principal, resource);
  return error && new CloudError(fault.code ?? error.code, fault.message ?? error.message, error.status, error.extra);
}

function plainFaultError(
  fault: ScriptFault,
  route: Route,
  principal: Principal,
  resource: string,
): CloudError | undefined {
  switch (fault.kind) {
    case 'throttle':
      return throttled(route, fault.seconds);
    case '500':
      return internalError(route);
    case 'expired':
      return route.service === 'github'
        ? new CloudError('BadCredentials', 'Bad credentials', 401)
        : refusal('expired', route);
    case 'denied':
      return accessDenied(route, principal, resource);
    default:
      return undefined;
  }
}

function throttled(route: Route, seconds: number | undefined): CloudError {
  if (route.service === 'github') {
    const headers = { 'retry-after': String(Math.ceil(seconds ?? 1)) };
    const message =
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.';
    return new CloudError('SecondaryRateLimit', message, 403, { headers });
  }
  if (route.service === 's3') return new CloudError('SlowDown', 'Please reduce your request rate.', 503);
  return route.writer.format === 'xml'
    ? new CloudError('Throttling', 'Rate exceeded', 400)
    : new CloudError('ThrottlingException', 'Rate exceeded', 400);
}

/** A server error as each kind of service words it. */
export function internalError(route: Route): CloudError {
  if (route.service === 'github') return new CloudError('ServerError', 'Server Error', 502);
  if (route.service === 's3')
    return new CloudError('InternalError', 'We encountered an internal error. Please try again.', 500);
  return new CloudError(
    'InternalFailure',
    'The request processing has failed because of an unknown error, exception or failure.',
    500,
  );
}
