import type { STSClientConfig } from '@aws-sdk/client-sts';

/** What a client takes as its credentials: a fixed set, or a provider it asks before each use. */
export type Credentials = NonNullable<STSClientConfig['credentials']>;

/**
 * The settings every AWS client shares: the one place of time-outs and retries. A stalled connection must end as an
 * error that the SDK retries, so the request time-out throws (by default the SDK only warns).
 * Attempts and times are chosen so that one call gives up within about two minutes.
 */
export function clientConfig(region: string, credentials: Credentials | undefined) {
  return {
    region,
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 5,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  } as const;
}

export type ClientConfig = ReturnType<typeof clientConfig>;
