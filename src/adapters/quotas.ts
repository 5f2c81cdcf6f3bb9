import { GetServiceQuotaCommand, NoSuchResourceException, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { Quotas } from '../ports.ts';
import { askAgainWhenUnreadable, type ClientConfig } from './client.ts';

export function openQuotas(config: ClientConfig): Quotas {
  const client = askAgainWhenUnreadable(new ServiceQuotasClient(config));
  return {
    quota: async (code) => {
      try {
        const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode: 'sagemaker', QuotaCode: code }));
        const { QuotaName: name, Value: value } = Quota ?? {};
        return name === undefined || value === undefined ? undefined : { name, value };
      } catch (error) {
        if (error instanceof NoSuchResourceException) return undefined;
        throw error;
      }
    },
  };
}
