/** Reads every stream of a job to its present end, page by page, remembering where each one stopped. */
import { readServiceError } from '../job/service-errors.ts';
import type { Logs } from '../ports.ts';
import type { NodeLines } from './events.ts';

/** Streams read at a time: a 20-node job must not use up the account's GetLogEvents rate. */
const AT_ONCE = 5;
/** Pages of one stream in one go (1 MB each): a flood must not keep the status from being asked. */
const MOST_PAGES = 20;

interface Cursor {
  readonly name: string;
  readonly node: string;
  token: string | undefined;
  /** Events told so far; they are skipped when an expired token forces a start from the head. */
  told: number;
  skip: number;
}

export interface LogReader {
  /**
   * Tells all lines since the last read; answers how many there were. One stream that cannot be read does not keep the
   * others from being told; its error comes after them. `list`: look for new streams first.
   */
  read(tell: (lines: NodeLines) => void, list: boolean): Promise<number>;
  /** Streams known so far. A container restart opens new ones. */
  streams(): number;
}

export function makeLogReader(jobName: string, logs: Logs): LogReader {
  const cursors = new Map<string, Cursor>();
  return {
    streams: () => cursors.size,
    async read(tell, list) {
      // With the slash: `job-1` must not take the streams of `job-10`.
      const found = list ? await logs.streams(`${jobName}/`) : [];
      for (const { name } of found) {
        if (!cursors.has(name)) cursors.set(name, { name, node: nodeOf(name), token: undefined, told: 0, skip: 0 });
      }
      const results = await inBatches([...cursors.values()], (cursor) => readStream(cursor, logs, tell));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
      return results.reduce((sum, result) => sum + (result.status === 'fulfilled' ? result.value : 0), 0);
    },
  };
}

/** All of them to their end: a read that still runs when the next begins would tell its lines twice. */
async function inBatches<Item, Result>(items: readonly Item[], act: (item: Item) => Promise<Result>) {
  const results: PromiseSettledResult<Result>[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.allSettled(items.slice(start, start + AT_ONCE).map(act))));
  }
  return results;
}

async function readStream(cursor: Cursor, logs: Logs, tell: (lines: NodeLines) => void): Promise<number> {
  let count = 0;
  for (let page = 0; page < MOST_PAGES; page++) {
    const sent = cursor.token;
    const answer = await readPage(cursor, logs);
    const fresh = answer.events.slice(cursor.skip);
    cursor.skip = Math.max(0, cursor.skip - answer.events.length);
    cursor.token = answer.nextToken;
    cursor.told += fresh.length;
    const events = fresh.map(({ timestamp, message }) => ({
      timestamp,
      lines: message.replace(/\r?\n$/, '').split('\n'),
    }));
    const lines = events.flatMap((event) => event.lines);
    const times = events.flatMap((event) => event.lines.map(() => event.timestamp));
    if (lines.length > 0) tell({ node: cursor.node, lines, times });
    count += lines.length;
    // An empty page is not the end: only the same token back is.
    if (answer.nextToken === sent) break;
  }
  return count;
}

/** Tokens live 24 hours; a stream quiet for longer is read from its head again, past what was told. */
async function readPage(cursor: Cursor, logs: Logs) {
  try {
    return await logs.events(cursor.name, cursor.token);
  } catch (error) {
    if (cursor.token === undefined || readServiceError('other', error) !== 'rejected') throw error;
    cursor.token = undefined;
    cursor.skip = cursor.told;
    return logs.events(cursor.name, undefined);
  }
}

/** `<job>/algo-<n>-<epoch seconds>` → `algo-<n>` */
function nodeOf(stream: string): string {
  const last = stream.slice(stream.lastIndexOf('/') + 1);
  return /^(algo-\d+)/.exec(last)?.[1] ?? last;
}
