import type { ScriptRole } from '../script-world.ts';
import type { Cloud } from '../state.ts';
import type { Policy } from './policy.ts';

export interface Role {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  readonly trust: Policy;
  /** Undefined: nothing is forbidden. */
  readonly policies: readonly Policy[] | undefined;
}

/** The role of that name. Without a scripted list every name is a role that trusts SageMaker and the runner's ID tokens. */
export function findRole(cloud: Cloud, name: string): Role | undefined {
  const scripted = cloud.script.current.iam?.roles;
  if (!scripted) return makeRole(cloud, { name });
  const found = scripted.find((role) => role.name === name);
  return found && makeRole(cloud, found);
}

/** The role of that ARN; account, path and name must all be right. */
export function findRoleByArn(cloud: Cloud, arn: string): Role | undefined {
  const match = /^arn:aws[a-z-]*:iam::(\d{12}):role(\/(?:[^/]+\/)*)([^/]+)$/.exec(arn);
  const [, account, path = '/', name = ''] = match ?? [];
  if (account !== cloud.account) return undefined;
  const role = findRole(cloud, name);
  if (!cloud.script.current.iam?.roles) return role && { ...role, path, arn };
  return role?.path === path ? role : undefined;
}

function makeRole(cloud: Cloud, scripted: ScriptRole): Role {
  const path = scripted.path ?? '/';
  return {
    name: scripted.name,
    path,
    arn: `arn:aws:iam::${cloud.account}:role${path}${scripted.name}`,
    id: 'AROALOCALCLOUD000001',
    maxSessionDuration: scripted.maxSessionDuration ?? 3600,
    trust: scripted.trust ?? standardTrust(cloud.account),
    policies: scripted.policies,
  };
}

function standardTrust(account: string): Policy {
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' },
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
        Action: 'sts:AssumeRoleWithWebIdentity',
      },
    ],
  };
}
