import type { Cloud } from '../state.ts';
import { type Answer, type Call, CloudError, type Service } from '../types.ts';
import { evaluate, type Policy } from './policy.ts';
import { findRole, findRoleByArn } from './roles.ts';

const CREATED = Date.UTC(2026, 0, 1) / 1000;

/** IAM, as far as a pre-flight asks it. */
export function createIam(cloud: Cloud): Service {
  return {
    GetRole(call) {
      const name = String(call.input.RoleName);
      const role = findRole(cloud, name);
      if (!role) throw noSuchRole(name);
      return {
        output: {
          Role: {
            Path: role.path,
            RoleName: role.name,
            RoleId: role.id,
            Arn: role.arn,
            CreateDate: CREATED,
            AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
            MaxSessionDuration: role.maxSessionDuration,
          },
        },
      };
    },
    SimulatePrincipalPolicy: (call) => simulate(cloud, call),
  };
}

interface ContextEntry {
  readonly ContextKeyName?: string;
  readonly ContextKeyValues?: readonly string[];
}

function simulate(cloud: Cloud, call: Call): Answer {
  const policies = policiesOf(cloud, String(call.input.PolicySourceArn));
  const added = ((call.input.PolicyInputList ?? []) as string[]).map(readPolicy);
  const entries = (call.input.ContextEntries ?? []) as ContextEntry[];
  const context = Object.fromEntries(
    entries.map((entry) => [entry.ContextKeyName ?? '', entry.ContextKeyValues ?? []]),
  );
  const resources = (call.input.ResourceArns ?? ['*']) as string[];
  const results = (call.input.ActionNames as string[]).flatMap((action) =>
    resources.map((resource) => ({
      EvalActionName: action,
      EvalResourceName: resource,
      EvalDecision: policies ? evaluate([...policies, ...added], { action, resource, context }) : 'allowed',
      MatchedStatements: [],
      MissingContextValues: [],
    })),
  );
  return { output: { EvaluationResults: results, IsTruncated: false } };
}

function readPolicy(text: string): Policy {
  try {
    return JSON.parse(text) as Policy;
  } catch {
    throw new CloudError('InvalidInput', 'Syntax errors in policy.');
  }
}

/** The policies of a role or user ARN; undefined where nothing is forbidden. */
function policiesOf(cloud: Cloud, arn: string): readonly Policy[] | undefined {
  if (arn === cloud.principals.static.arn) return undefined;
  if (!/^arn:aws[a-z-]*:iam::\d{12}:(role|user|group)\//.test(arn)) {
    throw new CloudError('InvalidInput', `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  const role = findRoleByArn(cloud, arn);
  if (!role) throw new CloudError('NoSuchEntity', `The entity with arn ${arn} cannot be found.`, 404);
  return role.policies;
}

function noSuchRole(name: string): CloudError {
  return new CloudError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
}
