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
  /** Tells all lines since the last read; answers how many there were. */
  read(tell: (lines: NodeLines) => void): Promise<number>;
  /** Streams known so far. A container restart opens new ones, so listing never ends. */
  streams(): number;
}

export function makeLogReader(jobName: string, logs: Logs): LogReader {
  const cursors = new Map<string, Cursor>();
  return {
    streams: () => cursors.size,
    async read(tell) {
      // With the slash: `job-1` must not take the streams of `job-10`.
      for (const { name } of await logs.streams(`${jobName}/`)) {
        if (!cursors.has(name)) cursors.set(name, { name, node: nodeOf(name), token: undefined, told: 0, skip: 0 });
      }
      const all = [...cursors.values()];
      let count = 0;
      for (let start = 0; start < all.length; start += AT_ONCE) {
        const counts = await Promise.all(
          all.slice(start, start + AT_ONCE).map((cursor) => readStream(cursor, logs, tell)),
        );
        count += counts.reduce((sum, one) => sum + one, 0);
      }
      return count;
    },
  };
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
    const lines = fresh.flatMap(({ message }) => message.replace(/\r?\n$/, '').split('\n'));
    if (lines.length > 0) tell({ node: cursor.node, lines });
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
