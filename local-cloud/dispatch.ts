import type { ServiceModels } from './model/service-model.ts';
import { awsJsonRoute } from './protocols/aws-json.ts';
import { awsQueryRoute } from './protocols/aws-query.ts';
import { GITHUB_PREFIX, githubRoute } from './protocols/github-rest.ts';
import type { HttpRequest, Route } from './protocols/http.ts';
import { plainRoute } from './protocols/plain-json.ts';
import { s3Route } from './protocols/s3-rest.ts';

/** Path of the runner's OIDC token endpoint. */
export const OIDC_PATH = '/_oidc/token';
/** Paths of the control plane start so; no bucket name can. */
export const CONTROL_PREFIX = '/_local/';

/** Finds out which service and operation a request is for. What nobody else claims is S3's, as on AWS's own path style. */
export function dispatch(models: ServiceModels, githubOperations: readonly string[], request: HttpRequest): Route {
  if (request.path.startsWith(CONTROL_PREFIX)) return plainRoute('local', request);
  if (request.path === OIDC_PATH) return plainRoute('oidc', request);
  if (isGitHub(request)) return githubRoute(githubOperations, request);
  const json = request.headers['x-amz-target'] === undefined ? undefined : awsJsonRoute(models, request);
  return json ?? (isForm(request) ? awsQueryRoute(models, request) : undefined) ?? s3Route(request);
}

function isGitHub({ path, headers }: HttpRequest): boolean {
  const below = path === GITHUB_PREFIX || path.startsWith(`${GITHUB_PREFIX}/`);
  return below && !headers.authorization?.startsWith('AWS4');
}

function isForm({ method, path, headers }: HttpRequest): boolean {
  return (
    method === 'POST' && path === '/' && (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  );
}
