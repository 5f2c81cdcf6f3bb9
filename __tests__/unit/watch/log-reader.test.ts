import { describe, expect, it } from '@jest/globals';
import type { LogPage, Logs } from '../../../src/ports.ts';
import type { NodeLines } from '../../../src/watch/events.ts';
import { makeLogReader } from '../../../src/watch/log-reader.ts';
import { awsError } from '../../fixtures/doors.ts';

const EXPIRED = () => awsError('InvalidParameterException', 'The specified nextToken is invalid.');

/** A log like CloudWatch's: tokens are positions, a page holds so many events, the end gives back the token that was sent. */
class FakeLogs implements Logs {
  readonly lines = new Map<string, string[]>();
  readonly asked: string[] = [];
  pageSize = 3;
  /** Runs before each read of events; may throw. */
  before: (stream: string, token: string | undefined) => void | Promise<void> = () => {};
  /** Tokens of another generation are refused. */
  generation = 0;
  /** So many empty pages come before each page with events. */
  emptyPages = 0;

  write(stream: string, ...lines: readonly string[]): void {
    this.lines.set(stream, [...(this.lines.get(stream) ?? []), ...lines]);
  }

  async streams(prefix: string) {
    return [...this.lines.keys()].filter((name) => name.startsWith(prefix)).map((name) => ({ name }));
  }

  async events(stream: string, token: string | undefined): Promise<LogPage> {
    this.asked.push(`${stream} ${token ?? 'head'}`);
    await this.before(stream, token);
    const [generation, position = 0, empty = 0] = (token ?? `${this.generation}:0:0`).split(':').map(Number);
    if (generation !== this.generation) throw EXPIRED();
    const rest = (this.lines.get(stream) ?? []).slice(position);
    if (rest.length > 0 && empty < this.emptyPages)
      return { events: [], nextToken: `${generation}:${position}:${empty + 1}` };
    const page = rest.slice(0, this.pageSize);
    const nextToken = `${generation}:${position + page.length}:0`;
    return {
      events: page.map((message) => ({ timestamp: 0, message })),
      nextToken: page.length ? nextToken : (token ?? nextToken),
    };
  }
}

function open(job = 'job-1') {
  const logs = new FakeLogs();
  const told: NodeLines[] = [];
  const reader = makeLogReader(job, logs);
  const read = (list = true) => reader.read((lines) => void told.push(lines), list);
  const linesOf = (node = 'algo-1') => told.filter((one) => one.node === node).flatMap(({ lines }) => lines);
  return { logs, told, reader, read, linesOf };
}

const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `line ${index + from}`);

describe('the log reader', () => {
  it('finds nothing where there is no stream yet', async () => {
    const { reader, read } = open();
    await expect(read()).resolves.toBe(0);
    expect(reader.streams()).toBe(0);
  });

  it('reads every page to the end, then only what is new', async () => {
    const { logs, read, linesOf } = open();
    logs.write('job-1/algo-1-100', ...numbered(10));
    await expect(read()).resolves.toBe(10);
    await expect(read()).resolves.toBe(0);
    logs.write('job-1/algo-1-100', 'late');
    await expect(read()).resolves.toBe(1);
    expect(linesOf()).toEqual([...numbered(10), 'late']);
  });

  it('takes empty pages for no end', async () => {
    const { logs, read, linesOf } = open();
    logs.emptyPages = 3;
    logs.write('job-1/algo-1-100', ...numbered(7));
    await read();
    expect(linesOf()).toEqual(numbered(7));
  });

  it('leaves the streams of job-10 to job-10', async () => {
    const { logs, read, told } = open('job-1');
    logs.write('job-10/algo-1-100', 'not ours');
    logs.write('job-1/algo-1-100', 'ours');
    await read();
    expect(told).toMatchObject([{ node: 'algo-1', lines: ['ours'] }]);
  });

  it('finds the new stream of a restart', async () => {
    const { logs, reader, read, linesOf } = open();
    logs.write('job-1/algo-1-100', 'first life');
    await read();
    logs.write('job-1/algo-1-200', 'second life');
    await read();
    expect(reader.streams()).toBe(2);
    expect(linesOf()).toEqual(['first life', 'second life']);
  });

  it('asks for new streams only when it is told to', async () => {
    const { logs, reader, read, linesOf } = open();
    logs.write('job-1/algo-1-100', 'first life');
    await read();
    logs.write('job-1/algo-1-100', 'still the first');
    logs.write('job-1/algo-1-200', 'second life');
    await read(false);
    expect(reader.streams()).toBe(1);
    expect(linesOf()).toEqual(['first life', 'still the first']);
  });

  it('reads twenty nodes, few at a time', async () => {
    const { logs, read, linesOf } = open();
    let now = 0;
    let most = 0;
    logs.before = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
    };
    for (let node = 1; node <= 20; node++) logs.write(`job-1/algo-${node}-100`, `hello of ${node}`);
    await expect(read()).resolves.toBe(20);
    for (let node = 1; node <= 20; node++) expect(linesOf(`algo-${node}`)).toEqual([`hello of ${node}`]);
    expect(most).toBeLessThanOrEqual(5);
  });

  it('splits events into lines and names a stream it does not know by its own name', async () => {
    const { logs, read, told } = open();
    logs.write('job-1/sidecar', 'a\nb\r\n', 'c\n\n');
    await expect(read()).resolves.toBe(4);
    expect(told).toMatchObject([{ node: 'sidecar', lines: ['a', 'b', 'c', ''] }]);
  });

  it.each([0, 1, 3, 4, 10, 11])(
    'starts again from the head when its token of %i lines expires: nothing lost, nothing twice',
    async (before) => {
      const { logs, read, linesOf } = open();
      logs.write('job-1/algo-1-100', ...numbered(before));
      await read();
      logs.generation = 1;
      logs.emptyPages = 1;
      logs.write('job-1/algo-1-100', ...numbered(5, before));
      await read();
      await read();
      expect(linesOf()).toEqual(numbered(before + 5));
    },
  );

  it('starts again also when the first try of that fails', async () => {
    const { logs, read, linesOf } = open();
    logs.write('job-1/algo-1-100', ...numbered(5));
    await read();
    logs.generation = 1;
    logs.before = (_, token) => {
      if (token === undefined) throw awsError('InternalFailure');
    };
    await expect(read()).rejects.toMatchObject({ name: 'InternalFailure' });
    logs.before = () => {};
    logs.write('job-1/algo-1-100', 'late');
    await read();
    expect(linesOf()).toEqual([...numbered(5), 'late']);
  });

  it('goes on behind the last whole page when a later one fails', async () => {
    const { logs, read, linesOf } = open();
    logs.write('job-1/algo-1-100', ...numbered(8));
    logs.before = (_, token) => {
      if (token === '0:6:0') throw awsError('ThrottlingException');
    };
    await expect(read()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(linesOf()).toEqual(numbered(6));
    logs.before = () => {};
    await expect(read()).resolves.toBe(2);
    expect(linesOf()).toEqual(numbered(8));
  });

  it('tells the other nodes when one cannot be read, and only then its error', async () => {
    const { logs, read, linesOf } = open();
    for (let node = 1; node <= 7; node++) logs.write(`job-1/algo-${node}-100`, ...numbered(4));
    logs.before = async (stream) => {
      if (stream === 'job-1/algo-1-100') throw awsError('InternalFailure');
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    await expect(read()).rejects.toMatchObject({ name: 'InternalFailure' });
    for (let node = 2; node <= 7; node++) expect(linesOf(`algo-${node}`)).toEqual(numbered(4));
    logs.before = () => {};
    await read();
    for (let node = 1; node <= 7; node++) expect(linesOf(`algo-${node}`)).toEqual(numbered(4));
  });

  it('comes back after many pages of a flood, and then goes on', async () => {
    const { logs, read, linesOf } = open();
    logs.pageSize = 1;
    logs.write('job-1/algo-1-100', ...numbered(45));
    await expect(read()).resolves.toBe(20);
    await read();
    await read();
    expect(linesOf()).toEqual(numbered(45));
  });
});
