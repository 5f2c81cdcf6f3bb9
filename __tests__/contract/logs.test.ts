import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openLogs } from '../../src/adapters/logs.ts';
import type { Logs } from '../../src/ports.ts';
import { makeLogReader } from '../../src/watch/log-reader.ts';
import { BUCKET, type Doors, impatient, meaning, openDoors } from './aws-doors.ts';

const base = { ecr: { repositories: [{ name: 'demo', images: [{ tag: 'v1' }] }] } };
let doors: Doors;
let logs: Logs;
beforeAll(async () => {
  doors = await openDoors(base, 1000);
  logs = doors.open().logs;
});
beforeEach(() => doors.local.cloud.reset());
afterAll(() => doors.close());

const LINES = Array.from({ length: 25 }, (_, index) => ({ at: 1 + index, text: `line ${index}` }));
const expected = LINES.map(({ text }) => text);

/** Runs a scripted job of this name to its end; its log is then whole. */
async function run(name: string, script: Record<string, unknown> = {}, nodes = 1): Promise<void> {
  const { trainer } = doors.open();
  await doors.script({
    ...base,
    jobs: [{ match: '*', real: false, phases: [{ status: 'Training', seconds: 60 }], ...script }],
  });
  await trainer.create({
    TrainingJobName: name,
    RoleArn: 'arn:aws:iam::111122223333:role/training',
    AlgorithmSpecification: { TrainingImage: `${doors.local.registry}/demo:v1`, TrainingInputMode: 'File' },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: nodes, VolumeSizeInGB: 30 },
    OutputDataConfig: { S3OutputPath: `s3://${BUCKET}/output/` },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  });
  while ((await trainer.describe(name)).TrainingJobStatus === 'InProgress')
    await new Promise((resolve) => setTimeout(resolve, 5));
}

async function readAll(name: string): Promise<Record<string, string[]>> {
  const told: Record<string, string[]> = {};
  const reader = makeLogReader(name, logs);
  for (let empty = 0; empty < 2; ) {
    const count = await reader.read(({ node, lines }) => {
      told[node] = [...(told[node] ?? []), ...lines];
    }, true);
    empty = count === 0 ? empty + 1 : 0;
  }
  return told;
}

describe('the logs adapter', () => {
  it('finds no streams where the group has never existed', async () => {
    await expect(logs.streams('train-none/')).resolves.toEqual([]);
  });

  it('reads a job of its own only, line by line', async () => {
    await run('train-1', { logs: { lines: LINES } });
    await run('train-10', { logs: { lines: [{ at: 1, text: 'another job' }] } });
    await expect(readAll('train-1')).resolves.toEqual({ 'algo-1': expected });
  });

  it.each([
    ['short pages', { pageEvents: 4 }],
    ['empty pages', { emptyPages: 3, pageEvents: 10 }],
  ])('reads through %s', async (_, script) => {
    await run('train-1', { logs: { lines: LINES, ...script } });
    await expect(readAll('train-1')).resolves.toEqual({ 'algo-1': expected });
  });

  it('reads every node', async () => {
    await run('train-1', { logs: { perNode: true, lines: LINES } }, 4);
    const told = await readAll('train-1');
    expect(Object.keys(told).sort()).toEqual(['algo-1', 'algo-2', 'algo-3', 'algo-4']);
    for (const lines of Object.values(told)) expect(lines).toEqual(expected);
  });

  it('gives the same token back at the end, and goes on from it', async () => {
    await run('train-1', { logs: { lines: LINES } });
    const [stream] = await logs.streams('train-1/');
    const name = stream?.name ?? '';
    let page = await logs.events(name, undefined);
    for (let sent = ''; page.nextToken !== sent; ) {
      sent = page.nextToken;
      page = await logs.events(name, sent);
    }
    await expect(logs.events(name, page.nextToken)).resolves.toEqual({ events: [], nextToken: page.nextToken });
  });

  it('tells a token that is no good any more, so that the reader starts again', async () => {
    await run('train-1', { logs: { lines: LINES } });
    const [stream] = await logs.streams('train-1/');
    await expect(meaning('other', logs.events(stream?.name ?? '', 'f/0/old'))).resolves.toBe('rejected');
  });

  it.each([
    ['denied', 'denied'],
    ['malformed', 'unavailable'],
    ['throttle', 'throttled'],
  ])('tells of a log that stays %s', async (kind, expectedMeaning) => {
    await run('train-1', { logs: { lines: LINES } });
    await doors.script({
      ...base,
      faults: ['DescribeLogStreams', 'GetLogEvents'].map((operation) => ({
        service: 'logs',
        operation,
        kind,
        times: 99,
      })),
    });
    const hasty = openLogs(impatient());
    await expect(meaning('other', hasty.streams('train-1/'))).resolves.toBe(expectedMeaning);
    await expect(meaning('other', hasty.events('train-1/algo-1-1', undefined))).resolves.toBe(expectedMeaning);
  });

  it('loses nothing when a page has to be asked for again', async () => {
    await run('train-1', { logs: { lines: LINES, pageEvents: 5 } });
    const faults = ['throttle', '500', 'reset'].map((kind, index) => ({
      service: 'logs',
      operation: 'GetLogEvents',
      kind,
      after: index,
    }));
    await doors.script({ ...base, faults });
    const { 'algo-1': lines } = await readAll('train-1');
    expect(lines).toEqual(expected);
  });

  it('gives a stalled call up', async () => {
    await doors.script({
      ...base,
      faults: [{ service: 'logs', operation: 'DescribeLogStreams', kind: 'stall', times: 9 }],
    });
    await expect(openLogs(impatient()).streams('train-1/')).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
