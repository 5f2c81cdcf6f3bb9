import type { Quotas } from '../../ports.ts';
import type { QuotaEvidence } from '../evidence.ts';
import codes from '../remedies/quota-codes.generated.json' with { type: 'json' };
import type { RequestFacts } from '../request-facts.ts';

const CODES: Readonly<Record<string, readonly string[] | undefined>> = codes;

/** The quotas of the instance type, on demand and on spot: they are independent. Throws what Service Quotas answers. */
export async function gatherQuotas(
  { instanceType }: RequestFacts,
  { quota }: Quotas,
): Promise<readonly QuotaEvidence[]> {
  const found = await Promise.all((CODES[instanceType ?? ''] ?? []).map((code) => quota(code)));
  return found.flatMap((one) => (one === undefined ? [] : [{ name: one.name, limit: one.value }]));
}
