import type { Cloud } from '../state.ts';
import { type Answer, type Call, CloudError, type Service } from '../types.ts';
import { createQuotas, type Quota } from './quotas.ts';

/** Service Quotas: the applied values and AWS's defaults. */
export function createServiceQuotas(cloud: Cloud): Service {
  return {
    ListServiceQuotas: (call) => list(cloud, call, applied),
    ListAWSDefaultServiceQuotas: (call) => list(cloud, call, (quota) => quota.standard),
    GetServiceQuota: (call) => one(cloud, call, applied),
    GetAWSDefaultServiceQuota: (call) => one(cloud, call, (quota) => quota.standard),
  };
}

/** A quota that was never changed may have no applied value. */
const applied = (quota: Quota) => (quota.applied ? quota.value : undefined);

type FigureOf = (quota: Quota) => number | undefined;

function one(cloud: Cloud, call: Call, figureOf: FigureOf): Answer {
  const service = String(call.input.ServiceCode);
  const found = quotasOf(cloud, service).find((quota) => quota.code === call.input.QuotaCode);
  const value = found && figureOf(found);
  if (found === undefined || value === undefined)
    throw new CloudError(
      'NoSuchResourceException',
      `The request failed because the specified quota ${String(call.input.QuotaCode)} does not exist.`,
    );
  return { output: { Quota: describe(cloud, found, value) } };
}

function quotasOf(cloud: Cloud, service: string): Quota[] {
  const quotas = cloud.shared(createQuotas).all(service);
  if (quotas.length === 0)
    throw new CloudError(
      'NoSuchResourceException',
      `The request failed because the specified service ${service} does not exist.`,
    );
  return quotas;
}

function list(cloud: Cloud, call: Call, figureOf: FigureOf): Answer {
  const quotas = quotasOf(cloud, String(call.input.ServiceCode)).filter(
    (quota) => figureOf(quota) !== undefined && [undefined, quota.code].includes(call.input.QuotaCode as string),
  );
  const size = Number(call.input.MaxResults ?? 100);
  const start = readToken(call.input.NextToken);
  const page = quotas.slice(start, start + size).map((quota) => describe(cloud, quota, figureOf(quota) ?? 0));
  const more = start + size < quotas.length;
  return {
    output: { Quotas: page, ...(more ? { NextToken: Buffer.from(`quota:${start + size}`).toString('base64') } : {}) },
  };
}

function readToken(token: unknown): number {
  if (token === undefined) return 0;
  const [, start] = /^quota:(\d+)$/.exec(Buffer.from(String(token), 'base64').toString()) ?? [];
  if (start === undefined)
    throw new CloudError('InvalidPaginationTokenException', 'Invalid input was provided: the NextToken is not valid.');
  return Number(start);
}

function describe(cloud: Cloud, quota: Quota, value: number): Record<string, unknown> {
  return {
    ServiceCode: quota.service,
    ServiceName: quota.service === 'sagemaker' ? 'Amazon SageMaker' : quota.service,
    QuotaArn: `arn:aws:servicequotas:${cloud.region}:${cloud.account}:${quota.service}/${quota.code}`,
    QuotaCode: quota.code,
    QuotaName: quota.name,
    Value: value,
    Unit: quota.unit,
    Adjustable: true,
    GlobalQuota: false,
  };
}
