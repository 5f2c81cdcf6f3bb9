import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Aws, AwsConfig, Clock, Identity, Secrets } from '../ports.ts';
import { askAgainWhenUnreadable, type ClientConfig, clientConfig } from './client.ts';
import { roleCredentials } from './credentials.ts';
import { openRegistry } from './ecr.ts';
import { openLogs } from './logs.ts';
import { openStore } from './s3.ts';
import { openTrainer } from './sagemaker.ts';

/** Opens the AWS doors. They share one region, one set of time-outs and one self-refreshing credentials provider. */
export function openAws({ region, role }: AwsConfig, doors: { secrets: Secrets; clock: Clock }): Aws {
  const config = clientConfig(region, role && roleCredentials(region, role, doors));
  return {
    trainer: openTrainer(config),
    logs: openLogs(config),
    registry: openRegistry(config, doors.secrets),
    registryIn: (other) => openRegistry({ ...config, region: other }, doors.secrets),
    store: openStore(config),
    identity: openIdentity(config),
    // Most runs never ask: its client is loaded at the first question.
    quotas: { value: async (code) => (await import('./quotas.ts')).openQuotas(config).value(code) },
    inspection: () => import('./inspection.ts').then((door) => door.openInspection(config)),
  };
}

function openIdentity(config: ClientConfig): Identity {
  const client = askAgainWhenUnreadable(new STSClient(config));
  return {
    caller: async () => {
      const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
      return { account: Account ?? '', arn: Arn ?? '' };
    },
  };
}
