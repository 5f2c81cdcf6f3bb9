import type { STSClientConfig } from '@aws-sdk/client-sts';

/** What a client takes as its credentials: a fixed set, or a provider it asks before each use. */
export type Credentials = NonNullable<STSClientConfig['credentials']>;

/**
 * The settings every AWS client shares: the one place of time-outs and retries. A stalled connection must end as an
 * error that the SDK retries, so the request time-out throws (by default the SDK only warns).
 * Attempts and times are chosen so that one call gives up within about two minutes.
 */
export function clientConfig(region: string, credentials: Credentials | undefined): ClientConfig {
  return {
    region,
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 5,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  } as const;
}

export interface ClientConfig {
  readonly region: string;
  readonly credentials?: Credentials;
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  /** Milliseconds. */
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

interface Answering {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: never) => Promise<unknown>) => (args: never) => Promise<unknown>,
      options: { readonly step: 'deserialize'; readonly priority: 'high'; readonly name: string },
    ): void;
  };
}

/**
 * An answer that cannot be read, cut short by a proxy for instance, says nothing: the client asks again as after a
 * failure of the server. By itself the SDK takes such an answer for a mistake of the caller.
 */
export function askAgainWhenUnreadable<Client extends Answering>(client: Client): Client {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        // `$fault` marks what the service itself had to say, `$response` what was read of an answer.
        if (error instanceof Error && '$response' in error && !('$fault' in error)) {
          Object.assign(error, { $retryable: { throttling: false } });
        }
        throw error;
      }
    },
    { step: 'deserialize', priority: 'high', name: 'askAgainWhenUnreadable' },
  );
  return client;
}
