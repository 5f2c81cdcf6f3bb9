import codes from '../../job/quota-codes.generated.json' with { type: 'json' };
import type { Quotas } from '../../ports.ts';
import type { QuotaEvidence } from '../evidence.ts';
import type { RequestFacts } from '../request-facts.ts';

const CODES: ReadonlyMap<string, { readonly onDemand: string; readonly spot: string }> = new Map(Object.entries(codes));

/** The quotas of the instance type, on demand and on spot: they are independent. Throws what Service Quotas answers. */
export async function gatherQuotas(
  { instanceType = '' }: RequestFacts,
  quotas: Quotas,
): Promise<readonly QuotaEvidence[]> {
  const known = CODES.get(instanceType);
  if (known === undefined) return [];
  const [onDemand, spot] = await Promise.all([quotas.value(known.onDemand), quotas.value(known.spot)]);
  return [
    ...(onDemand === undefined ? [] : [{ name: `${instanceType} for training job usage`, limit: onDemand }]),
    ...(spot === undefined ? [] : [{ name: `${instanceType} for spot training job usage`, limit: spot }]),
  ];
}
