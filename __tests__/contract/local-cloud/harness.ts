import type { LocalCloud } from '../../../local-cloud/start.ts';

/** Client options of the AWS SDK for this cloud; no retries, so that every refusal is seen. */
export function clientOptions({ url, env }: LocalCloud, over: Readonly<Record<string, unknown>> = {}) {
  return {
    region: 'us-east-1',
    endpoint: url,
    maxAttempts: 1,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' },
    ...over,
  };
}

/** What a call ended with, as plain data: its error's name and message, or `fulfilled`. */
export async function outcome(call: Promise<unknown>): Promise<{ name: string; message: string; status?: number }> {
  try {
    await call;
    return { name: 'fulfilled', message: '' };
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, message, ...($metadata?.httpStatusCode === undefined ? {} : { status: $metadata.httpStatusCode }) };
  }
}

/** Waits, without asserting any time, until something is true. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Posts a script to the control plane. */
export function postScript(local: LocalCloud, script: unknown): Promise<Response> {
  return fetch(`${local.url}/_local/script`, { method: 'POST', body: JSON.stringify(script) });
}
