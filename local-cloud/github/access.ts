import { acceptedPermissions } from '../refusals.ts';
import type { Cloud } from '../state.ts';
import { type Answer, type Call, CloudError, type Handler } from '../types.ts';
import type { GitHubRecords } from './records.ts';

/** Requests an hour a workflow's token may make in one repository. */
const HOURLY_LIMIT = 1000;
const HOUR_MS = 3_600_000;

/** An operation behind the rate limit, within the token's one repository; every answer tells what is left. */
export function limited(cloud: Cloud, records: GitHubRecords, handler: Handler): Handler {
  return async (call) => {
    records.used += 1;
    const headers = rateHeaders(cloud, records);
    if (Number(headers['x-ratelimit-remaining']) <= 0 && records.used > startingQuota(records)) {
      throw new CloudError('RateLimited', 'API rate limit exceeded for installation.', 403, { headers });
    }
    try {
      if (call.input.owner !== undefined) requireRepository(call, records);
      const answer: Answer = await handler(call);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      const own = error.extra.headers as Record<string, string> | undefined;
      throw new CloudError(error.code, error.message, error.status, {
        ...error.extra,
        headers: { ...headers, ...own },
      });
    }
  };
}

function startingQuota({ scripted }: GitHubRecords): number {
  return scripted.rateLimit?.remaining ?? scripted.rateLimit?.limit ?? HOURLY_LIMIT;
}

function rateHeaders(cloud: Cloud, records: GitHubRecords): Record<string, string> {
  const { rateLimit } = records.scripted;
  const limit = rateLimit?.limit ?? HOURLY_LIMIT;
  const remaining = Math.max(startingQuota(records) - records.used, 0);
  const now = cloud.clock.now();
  const reset =
    rateLimit?.resetSeconds === undefined ? Math.ceil(now / HOUR_MS) * HOUR_MS : now + rateLimit.resetSeconds * 1000;
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(limit - remaining),
    'x-ratelimit-reset': String(Math.ceil(reset / 1000)),
    'x-ratelimit-resource': 'core',
  };
}

/** The token knows its own repository only; others do not exist for it. Names differ in no case. */
function requireRepository(call: Call, records: GitHubRecords): void {
  const asked = `${String(call.input.owner)}/${String(call.input.repo)}`;
  if (asked.toLowerCase() !== records.repository.toLowerCase()) throw notFound();
}

/** The token must have write permission in this area. */
export function requireWrite(call: Call, records: GitHubRecords, area: string): void {
  if (records.permission(area) !== 'write') throw notAccessible(call);
}

/** The token must have read permission in one of these areas; public repositories are readable without. */
export function requireRead(call: Call, records: GitHubRecords, ...areas: string[]): void {
  const isPublic = !(records.scripted.private ?? false);
  if (!isPublic && areas.every((area) => records.permission(area) === 'none')) throw notAccessible(call);
}

function notAccessible(call: Call): CloudError {
  return new CloudError('Forbidden', 'Resource not accessible by integration', 403, {
    headers: { 'x-accepted-github-permissions': acceptedPermissions(call.operation) },
  });
}

export function notFound(): CloudError {
  return new CloudError('NotFound', 'Not Found', 404);
}

/** GitHub's 422: `Validation Failed` and what of which field. */
export function invalid(resource: string, field: string, message: string, code = 'custom'): CloudError {
  return new CloudError('ValidationFailed', 'Validation Failed', 422, { errors: [{ resource, code, field, message }] });
}
