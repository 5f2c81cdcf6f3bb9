import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { logStore, type StreamManners } from '../../../local-cloud/logs/store.ts';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { clientOptions, outcome } from './harness.ts';

const GROUP = '/aws/sagemaker/TrainingJobs';
const STREAM = 'job/algo-1-1';
let local: LocalCloud;
let client: CloudWatchLogsClient;
beforeAll(async () => {
  local = await startLocalCloud({ timeScale: 100 });
  client = new CloudWatchLogsClient(clientOptions(local));
});
beforeEach(() => local.cloud.reset());
afterAll(async () => {
  client.destroy();
  await local.close();
});

function write(messages: readonly string[], stream = STREAM, manners: Partial<StreamManners> = {}): void {
  const store = local.cloud.shared(logStore);
  for (const message of messages) {
    store.append(GROUP, stream, message, { lag: 0, emptyPages: 0, pageEvents: 10_000, ...manners });
  }
}

const get = (over: Partial<GetLogEventsCommandInput> = {}) =>
  client.send(new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: STREAM, startFromHead: true, ...over }));
const texts = ({ events = [] }: { events?: readonly { message?: string | undefined }[] | undefined }) =>
  events.map(({ message }) => message);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i));

describe('DescribeLogStreams', () => {
  const list = (over = {}) => client.send(new DescribeLogStreamsCommand({ logGroupName: GROUP, ...over }));

  it('knows no group before the first line of any job, and no stream before its own', async () => {
    await expect(outcome(list())).resolves.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
    write(['later'], STREAM, { lag: 50 });
    await expect(outcome(list())).resolves.toMatchObject({ name: 'ResourceNotFoundException' });
    await local.cloud.clock.sleep(60);
    expect((await list()).logStreams).toMatchObject([{ logStreamName: STREAM }]);
  });

  it('finds by prefix, fifty a page, and refuses the order by time with a prefix', async () => {
    for (let i = 0; i < 60; i += 1) write(['x'], `job-1/algo-${String(i).padStart(2, '0')}-1`);
    write(['x'], 'job-10/algo-1-1');
    const first = await list({ logStreamNamePrefix: 'job-1/' });
    expect(first.logStreams).toHaveLength(50);
    const second = await list({ logStreamNamePrefix: 'job-1/', nextToken: first.nextToken });
    expect(second.logStreams).toHaveLength(10);
    expect(second.nextToken).toBeUndefined();
    await expect(outcome(list({ logStreamNamePrefix: 'job', orderBy: 'LastEventTime' }))).resolves.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(outcome(list({ limit: 51 }))).resolves.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('GetLogEvents', () => {
  it('gives the end of the stream by a token that comes back unchanged, and goes on from it later', async () => {
    write(numbers(3));
    const first = await get({ limit: 2 });
    const second = await get({ nextToken: first.nextForwardToken });
    const third = await get({ nextToken: second.nextForwardToken });
    expect([texts(first), texts(second), texts(third)]).toEqual([['0', '1'], ['2'], []]);
    expect(second.nextForwardToken).not.toBe(first.nextForwardToken);
    expect(third.nextForwardToken).toBe(second.nextForwardToken);
    expect(third.nextForwardToken).toMatch(/^f\//);
    expect(third.nextBackwardToken).toMatch(/^b\//);
    write(['3']);
    expect(texts(await get({ nextToken: third.nextForwardToken }))).toEqual(['3']);
  });

  it('starts with the newest page unless told otherwise, and goes backwards', async () => {
    write(numbers(5));
    const newest = await get({ startFromHead: undefined, limit: 2 });
    expect(texts(newest)).toEqual(['3', '4']);
    expect(texts(await get({ startFromHead: undefined, limit: 2, nextToken: newest.nextBackwardToken }))).toEqual([
      '1',
      '2',
    ]);
  });

  it('wants startFromHead with a forward token', async () => {
    write(numbers(1));
    const { nextForwardToken } = await get();
    await expect(outcome(get({ nextToken: nextForwardToken, startFromHead: false }))).resolves.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(outcome(get({ nextToken: 'x' }))).resolves.toMatchObject({ name: 'InvalidParameterException' });
  });

  it.each([
    ['ten thousand events', numbers(10_001), 10_000],
    ['one megabyte', Array.from({ length: 5 }, () => 'x'.repeat(300_000)), 3],
    ['one event, however long', ['x'.repeat(1024 * 1024), 'y'], 1],
  ])('has pages of %s at most', async (_title, messages, expected) => {
    write(messages);
    expect((await get()).events).toHaveLength(expected);
  });

  it('takes the start of its time window in and leaves the end out', async () => {
    const store = local.cloud.shared(logStore);
    const now = local.cloud.clock.now() - 10_000;
    for (const [i, text] of numbers(4).entries()) store.append(GROUP, STREAM, text, undefined, now + i * 1000);
    expect(texts(await get({ startTime: now + 1000, endTime: now + 3000 }))).toEqual(['1', '2']);
    expect(texts(await get({ startTime: now + 1000, endTime: now + 3000, startFromHead: false }))).toEqual(['1', '2']);
  });

  it('has empty pages and short ones where the script wants them', async () => {
    write(numbers(3), STREAM, { emptyPages: 2, pageEvents: 2 });
    const pages: (string | undefined)[][] = [];
    let nextToken: string | undefined;
    for (;;) {
      const page = await get({ nextToken });
      if (page.nextForwardToken === nextToken) break;
      pages.push(texts(page));
      nextToken = page.nextForwardToken;
    }
    expect(pages).toEqual([[], [], ['0', '1'], ['2']]);
  });

  it('knows no stream it was not told of', async () => {
    write(['x'], 'other/algo-1-1');
    await expect(outcome(get())).resolves.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
  });
});

describe('FilterLogEvents', () => {
  const filter = (over: Partial<FilterLogEventsCommandInput> = {}) =>
    client.send(new FilterLogEventsCommand({ logGroupName: GROUP, ...over }));

  it('merges streams by time, says which, and ends without a token', async () => {
    const store = local.cloud.shared(logStore);
    const now = local.cloud.clock.now() - 10_000;
    for (const i of [0, 1, 2, 3]) store.append(GROUP, `job/algo-${(i % 2) + 1}-1`, String(i), undefined, now + i);
    const first = await filter({ logStreamNamePrefix: 'job/', limit: 3, endTime: now + 3 });
    expect(texts(first)).toEqual(['0', '1', '2']);
    expect(first.events?.[1]?.logStreamName).toBe('job/algo-2-1');
    const second = await filter({
      logStreamNamePrefix: 'job/',
      limit: 3,
      endTime: now + 3,
      nextToken: first.nextToken,
    });
    expect(texts(second)).toEqual(['3']);
    expect(second.nextToken).toBeUndefined();
    expect(new Set([...(first.events ?? []), ...(second.events ?? [])].map(({ eventId }) => eventId)).size).toBe(4);
    await expect(outcome(filter({ logStreamNamePrefix: 'a', logStreamNames: ['b'] }))).resolves.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it.each([
    ['error', ['an error here', 'error "disk full"']],
    ['"disk full"', ['error "disk full"']],
    ['?here ?ok', ['an error here', 'ok']],
    ['error -disk', ['an error here']],
  ])('keeps the lines that fit the pattern %s', async (filterPattern, expected) => {
    write(['an error here', 'error "disk full"', 'ok']);
    expect(texts(await filter({ filterPattern }))).toEqual(expected);
  });

  it('gives empty pages with a token before the first event where the script wants them', async () => {
    write(['x'], STREAM, { emptyPages: 1 });
    const first = await filter();
    expect(texts(first)).toEqual([]);
    expect(texts(await filter({ nextToken: first.nextToken }))).toEqual(['x']);
  });
});
