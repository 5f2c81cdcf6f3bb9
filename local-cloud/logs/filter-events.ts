import type { Cloud } from '../state.ts';
import type { Answer, Call, Service } from '../types.ts';
import { PAGE_BYTES } from './get-events.ts';
import { groupName, invalidParameter, streamsOf } from './groups.ts';
import { compilePattern } from './pattern.ts';
import { type LogEvent, type LogStream, logStore } from './store.ts';

interface Input {
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly filterPattern?: string;
  readonly nextToken?: string;
  readonly limit?: number;
  readonly startFromHead?: boolean;
}

/** Where a token goes on; `until` keeps later events out, so that pages of one reading do not shift. */
interface Cursor {
  readonly offset: number;
  readonly until: number;
  /** Scripted empty pages already given. */
  readonly empty: number;
}

type Hit = LogEvent & { readonly stream: string };

/** FilterLogEvents: all streams in one order; pages may be empty before the last, which has no token. */
export function filterEventsOperation(cloud: Cloud): Service {
  return { FilterLogEvents: (call) => filterEvents(cloud, call) };
}

function filterEvents(cloud: Cloud, { input }: Call): Answer {
  const request = input as Input;
  if (request.logStreamNames !== undefined && request.logStreamNamePrefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix cannot be given together');
  }
  const streams = streamsOf(cloud, groupName(input)).filter(({ name }) => isWanted(name, request));
  const cursor = readCursor(request.nextToken) ?? { offset: 0, until: cloud.clock.now(), empty: 0 };
  if (cursor.empty < Math.max(0, ...streams.map((stream) => stream.manners.emptyPages))) {
    return answer([], { ...cursor, empty: cursor.empty + 1 });
  }
  const hits = findHits(cloud, streams, request, cursor.until);
  const page = takePage(hits.slice(cursor.offset), request.limit ?? 10_000);
  const offset = cursor.offset + page.length;
  return answer(page, offset < hits.length ? { ...cursor, offset } : undefined);
}

function isWanted(name: string, { logStreamNames, logStreamNamePrefix = '' }: Input): boolean {
  return logStreamNames?.includes(name) ?? name.startsWith(logStreamNamePrefix);
}

/** Here `endTime` is inclusive, unlike GetLogEvents. */
function findHits(cloud: Cloud, streams: readonly LogStream[], request: Input, until: number): Hit[] {
  const matches = compilePattern(request.filterPattern ?? '');
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = request;
  const hits = streams.flatMap((stream) =>
    stream.events
      .slice(0, cloud.shared(logStore).readable(stream, until))
      .filter(({ timestamp, message }) => timestamp >= startTime && timestamp <= endTime && matches(message))
      .map((event) => ({ ...event, stream: stream.name })),
  );
  hits.sort((a, b) => a.timestamp - b.timestamp || a.ingestionTime - b.ingestionTime || a.serial - b.serial);
  return request.startFromHead === false ? hits.reverse() : hits;
}

function takePage(hits: readonly Hit[], limit: number): readonly Hit[] {
  let bytes = 0;
  const cut = hits.findIndex(({ message }, index) => {
    bytes += Buffer.byteLength(message);
    return index >= limit || (index > 0 && bytes > PAGE_BYTES);
  });
  return cut < 0 ? hits : hits.slice(0, cut);
}

function answer(hits: readonly Hit[], next: Cursor | undefined): Answer {
  const events = hits.map(({ stream, timestamp, message, ingestionTime, serial }) => ({
    logStreamName: stream,
    timestamp,
    message,
    ingestionTime,
    eventId: String(serial).padStart(56, '3'),
  }));
  const nextToken = next && Buffer.from(JSON.stringify(next)).toString('base64url');
  return { output: { events, searchedLogStreams: [], ...(nextToken === undefined ? {} : { nextToken }) } };
}

function readCursor(token: string | undefined): Cursor | undefined {
  if (token === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Cursor;
  } catch {
    throw invalidParameter('The specified nextToken is invalid.');
  }
}
