import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { Policies, PolicyDecision } from '../ports.ts';
import { askAgainWhenUnreadable, type ClientConfig } from './client.ts';

/** IAM is one service for all regions of a partition; the client knows its place by the region. */
export function openPolicies(config: ClientConfig): Policies {
  const client = askAgainWhenUnreadable(new IAMClient(config));
  return {
    simulate: async ({ roleArn, actions, resources }) => {
      const answer = await client.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: roleArn,
          ActionNames: [...actions],
          ResourceArns: [...resources],
          // The answer to so few questions fits into one page.
          MaxItems: 1000,
        }),
      );
      return (answer.EvaluationResults ?? []).map(
        ({ EvalActionName, EvalResourceName, EvalDecision, MissingContextValues }): PolicyDecision => ({
          action: EvalActionName ?? '',
          resource: EvalResourceName ?? '*',
          decision: EvalDecision ?? 'implicitDeny',
          missingContext: MissingContextValues ?? [],
        }),
      );
    },
  };
}
