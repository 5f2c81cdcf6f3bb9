import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Cloud } from '../state.ts';

export interface Quota {
  readonly service: string;
  readonly code: string;
  readonly name: string;
  /** What holds for this account. */
  readonly value: number;
  /** False: no value was ever applied to this account, so that only the default can be asked for. */
  readonly applied: boolean;
  /** What AWS gives a new account. */
  readonly standard: number;
  readonly unit: string;
}

/** The account's quotas: AWS's names and codes; applied values generous unless scripted. */
export interface Quotas {
  all(service: string): Quota[];
  /** By its console name (`ml.m5.large for spot training job usage`); undefined where AWS has none. */
  named(name: string, service?: string): Quota | undefined;
}

type Row = readonly [code: string, standard: number];

interface QuotaData {
  readonly instanceTypes: Readonly<
    Record<string, { readonly training?: Row; readonly spot?: Row; readonly warmPool?: Row }>
  >;
}

/** A new account has 0 of most types; one that can train is of more use here. */
const APPLIED = 20;

const ACROSS_TYPES: readonly (readonly [name: string, code: string, standard: number, applied: number])[] = [
  ['Number of instances across all training jobs', 'L-00C91CB5', 4, 100],
  ['Number of instances across all spot training jobs', 'L-93958082', 4, 100],
  ['Maximum number of instances per training job', 'L-622CFD70', 20, 20],
  ['Maximum number of instances per spot training job', 'L-DB62C864', 20, 20],
  ['Longest run time for a training job', 'L-33A961FD', 432_000, 432_000],
  ['Size of EBS volume for a training job instance', 'L-C5A266EB', 1024, 1024],
];

export function createQuotas(cloud: Cloud): Quotas {
  const known = sagemakerQuotas();
  const all = (service: string): Quota[] => {
    const scripted = (cloud.script.current.quotas ?? []).filter((quota) => (quota.service ?? 'sagemaker') === service);
    const base = service === 'sagemaker' ? known : [];
    const kept = base.map((quota) => {
      const said = scripted.find(({ name }) => name === quota.name);
      return said === undefined ? quota : { ...quota, ...appliedOr(said.value, quota.standard) };
    });
    const added = scripted
      .filter(({ name }) => !base.some((quota) => quota.name === name))
      .map(({ name, value, code }) => ({
        service,
        name,
        ...appliedOr(value, 0),
        standard: 0,
        unit: 'None',
        code: code ?? madeUpCode(name),
      }));
    return [...kept, ...added];
  };
  return { all, named: (name, service = 'sagemaker') => all(service).find((quota) => quota.name === name) };
}

function appliedOr(value: number | null, standard: number): Pick<Quota, 'value' | 'applied'> {
  return { value: value ?? standard, applied: value !== null };
}

function sagemakerQuotas(): Quota[] {
  const data: QuotaData = JSON.parse(
    readFileSync(new URL('./training-quotas.generated.json', import.meta.url), 'utf8'),
  );
  const across = ACROSS_TYPES.map(([name, code, standard, value]) => ({
    service: 'sagemaker',
    name,
    code,
    standard,
    value,
    applied: true,
    unit: 'None',
  }));
  const perType = Object.entries(data.instanceTypes).flatMap(([type, rows]) => [
    ...quota(`${type} for training job usage`, rows.training),
    ...quota(`${type} for spot training job usage`, rows.spot),
    ...quota(`${type} for training warm pool usage`, rows.warmPool),
  ]);
  return [...across, ...perType];
}

function quota(name: string, row: Row | undefined): Quota[] {
  if (row === undefined) return [];
  const [code, standard] = row;
  const value = Math.max(APPLIED, standard);
  return [{ service: 'sagemaker', name, code, standard, value, applied: true, unit: 'None' }];
}

function madeUpCode(name: string): string {
  return `L-${createHash('sha256').update(name).digest('hex').slice(0, 8).toUpperCase()}`;
}
