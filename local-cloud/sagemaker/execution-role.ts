import { conditionsHold, evaluate, statementsOf } from '../iam/policy.ts';
import { findRoleByArn, type Role } from '../iam/roles.ts';
import type { Cloud } from '../state.ts';

const SERVICE = 'sagemaker.amazonaws.com';

/** Whether the role exists and trusts SageMaker. */
export function isAssumable(cloud: Cloud, roleArn: string): boolean {
  const role = findRoleByArn(cloud, roleArn);
  return role !== undefined && trustsSageMaker(cloud, role);
}

function trustsSageMaker(cloud: Cloud, role: Role): boolean {
  return statementsOf(role.trust).some((statement) => {
    const { Effect, Principal, Action, Condition } = statement as Readonly<Record<string, unknown>>;
    const services = listOf((Principal as { Service?: unknown } | undefined)?.Service);
    const actions = listOf(Action);
    return (
      Effect === 'Allow' &&
      services.includes(SERVICE) &&
      actions.some((action) => ['sts:AssumeRole', 'sts:*', '*'].includes(action)) &&
      conditionsHold(Condition, { 'aws:SourceAccount': [cloud.account] })
    );
  });
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

/** Whether the role may do this; a role without scripted policies may do everything. */
export function roleAllows(cloud: Cloud, roleArn: string, action: string, resource: string): boolean {
  const policies = findRoleByArn(cloud, roleArn)?.policies;
  return policies === undefined || evaluate(policies, { action, resource, context: {} }) === 'allowed';
}
