import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Aws } from '../../src/ports.ts';
import { BUCKET, type Doors, openDoors } from './aws-doors.ts';

/** An answer that was cut short, once: every client asks again. */
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors({ ecr: { repositories: [{ name: 'acme/forecast' }] } }, 20);
});
afterAll(() => doors.close());

const RUNNING = { Name: 'TrainingJobStatus', Operator: 'Equals', Value: 'InProgress' } as const;
const CALLS: readonly (readonly [service: string, operation: string, call: (aws: Aws) => Promise<unknown>])[] = [
  ['sts', 'GetCallerIdentity', ({ identity }) => identity.caller()],
  ['sagemaker', 'Search', ({ trainer }) => trainer.search([RUNNING])],
  ['ecr', 'DescribeRepositories', ({ registry }) => registry.repositoryUri('acme/forecast')],
  ['s3', 'ListObjectsV2', ({ store }) => store.list(`s3://${BUCKET}/`)],
  ['logs', 'DescribeLogStreams', ({ logs }) => logs.streams('train-x/')],
];

describe('an answer that cannot be read', () => {
  it.each(CALLS)('of %s %s is asked for again', async (service, operation, call) => {
    const before = doors.requests().length;
    await doors.script({ faults: [{ service, operation, kind: 'malformed' }] });
    await expect(call(doors.open())).resolves.toBeDefined();
    const asked = `${service} ${operation}`;
    expect(doors.requests().slice(before)).toEqual([`${asked} (malformed)`, asked]);
  });

  it('is an error in the end, which is no word of the service', async () => {
    await doors.script({ faults: [{ service: 'sts', operation: 'GetCallerIdentity', kind: 'malformed', times: 9 }] });
    const before = doors.requests().length;
    await expect(doors.open().identity.caller()).rejects.toThrow(/Deserialization error/);
    expect(doors.requests().slice(before)).toHaveLength(5);
  }, 60_000);

  it('is told from a refusal, which is not asked for again', async () => {
    const before = doors.requests().length;
    await doors.script({ faults: [] });
    await expect(doors.open().trainer.describe('train-nobody')).rejects.toThrow(/not found/);
    expect(doors.requests().slice(before)).toEqual(['sagemaker DescribeTrainingJob']);
  });
});
