import { type LocalCloud, startLocalCloud } from '../../local-cloud/start.ts';
import { openAws } from '../../src/adapters/aws.ts';
import { type ClientConfig, clientConfig } from '../../src/adapters/client.ts';
import { clock } from '../../src/adapters/clock.ts';
import { makeSecrets } from '../../src/hostile/secrets.ts';
import { type Operation, readServiceError } from '../../src/job/service-errors.ts';
import type { Aws, AwsConfig, Secrets } from '../../src/ports.ts';

export const BUCKET = 'sagemaker-us-east-1-111122223333';

/** The adapters find AWS by the SDK's own variables, so the environment of this test file is the cloud's until `close`. */
export interface Doors {
  readonly local: LocalCloud;
  readonly secrets: Secrets;
  open(config?: Partial<AwsConfig>): Aws;
  /** `service Operation` of every request so far, and what was injected. */
  requests(): string[];
  /** Forgets all that happened and scripts anew. */
  script(script: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

export async function openDoors(script: Record<string, unknown> = {}, timeScale = 1): Promise<Doors> {
  const local = await startLocalCloud({ script, timeScale });
  const before = { ...process.env };
  Object.assign(process.env, local.env);
  const secrets = makeSecrets(() => {});
  return {
    local,
    secrets,
    open: (config = {}) => openAws({ region: 'us-east-1', ...config }, { secrets, clock }),
    requests: () =>
      local.cloud.ledger
        .entries()
        .map(({ service, operation, fault }) => `${service} ${operation}${fault ? ` (${fault})` : ''}`),
    script: async (next) => {
      const answer = await fetch(`${local.url}/_local/script`, { method: 'POST', body: JSON.stringify(next) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    close: async () => {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await local.close();
    },
  };
}

/** The shared settings with little patience, so that a test need not wait as long as a run would. */
export function impatient(): ClientConfig {
  const config = clientConfig('us-east-1', undefined);
  const requestHandler = { ...config.requestHandler, requestTimeout: 300 };
  return { ...config, maxAttempts: 2, requestHandler } as unknown as ClientConfig;
}

/** What a call that must fail means by the table of service errors. */
export async function meaning(operation: Operation, call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'fulfilled';
  } catch (error) {
    return readServiceError(operation, error);
  }
}
