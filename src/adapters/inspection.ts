import type { Inspection } from '../ports.ts';
import type { ClientConfig } from './client.ts';
import { openMetrics } from './cloudwatch.ts';
import { openImageConfigs } from './ecr-config.ts';
import { openPolicies } from './iam.ts';
import { openStore } from './s3.ts';

/** Best effort: an explanation can do without an answer, so it is asked for twice and not for minutes. */
const ATTEMPTS = 2;

/** A chunk of its own: only an explanation needs these clients. */
export function openInspection(shared: ClientConfig): Inspection {
  const config = { ...shared, maxAttempts: ATTEMPTS };
  return {
    metrics: openMetrics(config),
    policies: openPolicies(config),
    store: openStore(config, { followRegionRedirects: false }),
    imageConfig: openImageConfigs(config),
  };
}
