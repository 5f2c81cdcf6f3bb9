import { OIDC_PATH } from './dispatch.ts';
import { GITHUB_PREFIX } from './protocols/github-rest.ts';
import type { Cloud } from './state.ts';

/** What a process needs in its environment to work against this cloud instead of AWS and GitHub. */
export function environmentOf(cloud: Cloud): Record<string, string> {
  const { url } = cloud.urls;
  const { principals, clock } = cloud;
  const oidc = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}${OIDC_PATH}?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: principals.oidcRequestToken,
  };
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: cloud.region,
    AWS_DEFAULT_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: principals.static.accessKeyId,
    AWS_SECRET_ACCESS_KEY: principals.static.secretAccessKey,
    GITHUB_API_URL: `${url}${GITHUB_PREFIX}`,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_TOKEN: principals.githubToken,
    // For a fast clock that is to agree with this cloud's: cloud time = epoch + (real time − epoch) × scale.
    LOCAL_CLOUD_EPOCH_MS: String(clock.epoch),
    LOCAL_CLOUD_TIME_SCALE: String(clock.scale),
    ...(cloud.script.current.oidc?.available === false ? {} : oidc),
  };
}
