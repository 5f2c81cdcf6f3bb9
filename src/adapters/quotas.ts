import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  NoSuchResourceException,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import type { Quotas } from '../ports.ts';
import { askAgainWhenUnreadable, type ClientConfig } from './client.ts';

const SERVICE = 'sagemaker';

export function openQuotas(config: ClientConfig): Quotas {
  const client = askAgainWhenUnreadable(new ServiceQuotasClient(config));
  return {
    value: async (code) => {
      const quota = { ServiceCode: SERVICE, QuotaCode: code };
      const applied = await orUndefined(client.send(new GetServiceQuotaCommand(quota)));
      // A quota that was never changed may have no applied value.
      const answer = applied ?? (await orUndefined(client.send(new GetAWSDefaultServiceQuotaCommand(quota))));
      return answer?.Quota?.Value;
    },
  };
}

async function orUndefined<Answer>(asking: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof NoSuchResourceException) return undefined;
    throw error;
  }
}
