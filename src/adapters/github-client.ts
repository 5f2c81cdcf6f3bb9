import { getOctokit } from '@actions/github';
import { defaults } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';

/** The toolkit's fetch goes through the runner's proxy settings. */
const proxied: typeof fetch = defaults.request?.fetch ?? fetch;

/** One attempt, answer read to its end. Milliseconds. */
const ATTEMPT = 15_000;
/** One call with all its attempts and waits; what is not done by then has failed. Milliseconds. */
const CALL = 60_000;
/** A rate limit that ends later than this is not waited for. Seconds. */
const PATIENCE = 30;
/** So often in a row a rate limit is waited for; all of it within the time of one call. */
const MOST_LIMITS = 3;

export interface GitHubPlace {
  readonly token: string;
  /** `GITHUB_API_URL`: another host on GitHub Enterprise Server. */
  readonly apiUrl: string;
}

export type Octokit = ReturnType<typeof openClient>;

/**
 * Octokit with its own retries (server failures, broken connections: after 1, 4 and 9 s) and its own respect for
 * rate limits, all of it within the time of one call. What it has to say goes into the error, not to stderr.
 */
export function openClient({ token, apiUrl }: GitHubPlace) {
  const silent = () => undefined;
  const waitShortly = (retryAfter: number, _options: object, _octokit: object, retryCount: number) =>
    retryAfter <= PATIENCE && retryCount < MOST_LIMITS;
  const octokit = getOctokit(
    token,
    {
      baseUrl: apiUrl,
      userAgent: 'train-on-sagemaker',
      log: { debug: silent, info: silent, warn: silent, error: silent },
      request: { ...defaults.request, fetch: wholeAnswer },
      throttle: { onRateLimit: waitShortly, onSecondaryRateLimit: waitShortly },
    },
    retry,
    throttling,
  );
  // Registered last, so it is the outermost: it bounds the retries of the others.
  octokit.hook.wrap('request', async (request, options) => {
    const deadline = AbortSignal.timeout(CALL);
    options.request = { ...options.request, signal: deadline };
    return await Promise.race([request(options), expiry(deadline)]);
  });
  return octokit;
}

function expiry(deadline: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const giveUp = () => reject(new Error(`GitHub did not answer within ${CALL / 1000} s`));
    deadline.addEventListener('abort', giveUp, { once: true });
  });
}

/**
 * Octokit takes a body that breaks off or stalls for an empty one, and an empty page of comments would be believed.
 * So the body is read here, within the time-out, and a success that is no JSON is an error, which is retried.
 */
async function wholeAnswer(url: string, init: RequestInit): Promise<Response> {
  const signals = [AbortSignal.timeout(ATTEMPT), ...(init.signal ? [init.signal] : [])];
  const response: Response = await proxied(url, { ...init, signal: AbortSignal.any(signals) });
  const text = await response.text();
  if (response.ok && response.status !== 204) JSON.parse(text);
  return new Response(text === '' ? null : text, { status: response.status, headers: response.headers });
}
