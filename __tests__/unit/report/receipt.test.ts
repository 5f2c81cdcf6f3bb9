import { describe, expect, it } from '@jest/globals';
import type { DescribeTrainingJobResponse } from '../../../src/ports.ts';
import { hourlyPrice } from '../../../src/report/prices.ts';
import { receiptFor } from '../../../src/report/receipt.ts';

const at = new Date(0);
const transitions = (...statuses: string[]) =>
  statuses.map((Status) => ({ Status, StartTime: at })) as NonNullable<
    DescribeTrainingJobResponse['SecondaryStatusTransitions']
  >;

/** What SageMaker says of a spot job; only the fields that the receipt reads. */
function makeDescription(overrides: Partial<DescribeTrainingJobResponse> = {}): DescribeTrainingJobResponse {
  return {
    TrainingJobArn: 'arn:aws:sagemaker:us-east-1:111122223333:training-job/train-x',
    ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 2, VolumeSizeInGB: 30 },
    EnableManagedSpotTraining: true,
    TrainingTimeInSeconds: 42,
    BillableTimeInSeconds: 8,
    SecondaryStatusTransitions: transitions('Starting', 'Training', 'Interrupted', 'Starting', 'Training', 'Uploading'),
    ...overrides,
  } as DescribeTrainingJobResponse;
}

const price = { usdPerHour: 0.23, kind: 'listed', date: '2026-09-24', region: 'us-east-1' } as const;
const receipt = (overrides: Partial<DescribeTrainingJobResponse> = {}) =>
  receiptFor(makeDescription(overrides), () => price);

describe('the spot receipt', () => {
  it("has AWS's own example: 42 s trained, 8 s billed, 81.0 % saved", () => {
    expect(receipt()?.savingPercent?.toFixed(1)).toBe('81.0');
  });

  it('multiplies the seconds of the job by the instances', () => {
    expect(receipt()?.costUsd).toBeCloseTo((8 / 3600) * 2 * 0.23, 10);
    expect(receipt()?.onDemandUsd).toBeCloseTo((42 / 3600) * 2 * 0.23, 10);
  });

  it.each([
    [0, ['Starting', 'Training', 'Uploading']],
    [1, ['Starting', 'Training', 'Interrupted', 'Starting', 'Training']],
    [2, ['Training', 'Interrupted', 'Downloading', 'Training', 'Interrupted']],
  ])('counts %d interruptions', (interruptions, statuses) => {
    expect(receipt({ SecondaryStatusTransitions: transitions(...statuses) })?.interruptions).toBe(interruptions);
  });

  it.each<[string, Partial<DescribeTrainingJobResponse>]>([
    ['on demand', { EnableManagedSpotTraining: false }],
    ['while billable seconds are absent', { BillableTimeInSeconds: undefined }],
    ['when nothing was trained', { TrainingTimeInSeconds: 0 }],
  ])('claims no saving %s', (_, overrides) => {
    expect(receipt(overrides)?.savingPercent).toBeUndefined();
  });

  it('costs nothing yet at zero billable seconds, which is not the same as unknown', () => {
    expect(receipt({ BillableTimeInSeconds: 0 })?.costUsd).toBe(0);
    expect(receipt({ BillableTimeInSeconds: undefined })?.costUsd).toBeUndefined();
  });

  it('knows the region the job ran in, whose price may differ from the one used', () => {
    const TrainingJobArn = 'arn:aws-us-gov:sagemaker:us-gov-west-1:111122223333:training-job/train-x';
    expect(receipt({ TrainingJobArn })).toMatchObject({ region: 'us-gov-west-1', price: { region: 'us-east-1' } });
  });

  it('has no figure for a type without a public price', () => {
    const described = makeDescription({
      ResourceConfig: { InstanceType: 'ml.p5e.48xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
    });
    expect(receiptFor(described)).toMatchObject({ price: undefined, costUsd: undefined, billableSeconds: 8 });
  });
});

describe('the price table', () => {
  it.each([
    ['ml.m5.xlarge', 0.23, 'listed', '2026-09-24'],
    ['ml.g5.xlarge', 1.408, 'listed', '2026-09-24'],
    ['ml.c4.2xlarge', 0.4776, 'estimated', '2026-07-20'],
  ])('has %s at %d USD an hour', (type, usdPerHour, kind, date) => {
    expect(hourlyPrice(type)).toEqual({ usdPerHour, kind, date, region: 'us-east-1' });
  });

  it.each(['ml.x9.unknown', 'constructor', '__proto__', ''])('does not know %p', (type) => {
    expect(hourlyPrice(type)).toBeUndefined();
  });
});
