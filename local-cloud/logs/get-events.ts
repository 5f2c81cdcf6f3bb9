import type { Cloud } from '../state.ts';
import { type Answer, type Call, CloudError, type Service } from '../types.ts';
import { groupName, invalidParameter, streamsOf } from './groups.ts';
import { type LogEvent, type LogStream, logStore } from './store.ts';

interface Input {
  readonly logStreamName: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly nextToken?: string;
  readonly limit?: number;
  readonly startFromHead?: boolean;
}

/** One page: `from` … `to` are places in the stream, scripted empty pages counted before its first event. */
interface Page {
  readonly from: number;
  readonly to: number;
  readonly events: readonly LogEvent[];
}

/** Bytes of one page. */
export const PAGE_BYTES = 1024 * 1024;

/**
 * GetLogEvents. Tokens are never null: the end of the stream is known by a token that comes back unchanged, and
 * that token goes on from there later.
 */
export function getEventsOperation(cloud: Cloud): Service {
  return { GetLogEvents: (call) => getEvents(cloud, call) };
}

function getEvents(cloud: Cloud, { input }: Call): Answer {
  const request = input as unknown as Input;
  const stream = streamsOf(cloud, groupName(input)).find(({ name }) => name === request.logStreamName);
  if (stream === undefined)
    throw new CloudError('ResourceNotFoundException', 'The specified log stream does not exist.');
  const end = stream.manners.emptyPages + cloud.shared(logStore).readable(stream);
  const { from, to, events } = choosePage(stream, request, end);
  return {
    output: {
      events: events.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: token('f', to),
      nextBackwardToken: token('b', from),
    },
  };
}

function choosePage(stream: LogStream, request: Input, end: number): Page {
  if (request.nextToken === undefined)
    return request.startFromHead ? forward(stream, request, 0, end) : backward(stream, request, end);
  const match = /^([fb])\/(\d{56})\/s$/.exec(request.nextToken);
  const place = Number(match?.[2]);
  if (!match || place > end) throw invalidParameter('The specified nextToken is invalid.');
  if (match[1] === 'b') return backward(stream, request, place);
  // The documentation demands it of whoever passes a forward token; here a client that forgets it is told.
  if (!request.startFromHead)
    throw invalidParameter('startFromHead must be true when a nextForwardToken is given as nextToken');
  return forward(stream, request, place, end);
}

function forward(stream: LogStream, request: Input, from: number, end: number): Page {
  const { emptyPages } = stream.manners;
  if (from < emptyPages) return { from, to: from + 1, events: [] };
  const room = new Room(stream, request);
  const events: LogEvent[] = [];
  let to = from;
  for (; to < end; to += 1) {
    const event = stream.events[to - emptyPages];
    if (event === undefined || isAfter(event, request)) break;
    if (isBefore(event, request)) continue;
    if (!room.takes(event)) break;
    events.push(event);
  }
  return { from, to, events };
}

function backward(stream: LogStream, request: Input, to: number): Page {
  const { emptyPages } = stream.manners;
  const room = new Room(stream, request);
  const events: LogEvent[] = [];
  let from = to;
  for (; from > emptyPages; from -= 1) {
    const event = stream.events[from - 1 - emptyPages];
    if (event === undefined || isBefore(event, request)) break;
    if (isAfter(event, request)) continue;
    if (!room.takes(event)) break;
    events.unshift(event);
  }
  return { from, to, events };
}

/** `startTime` is inclusive, `endTime` exclusive. */
function isBefore(event: LogEvent, { startTime }: Input): boolean {
  return startTime !== undefined && event.timestamp < startTime;
}

function isAfter(event: LogEvent, { endTime }: Input): boolean {
  return endTime !== undefined && event.timestamp >= endTime;
}

/** What still fits on the page; the first event always does. */
class Room {
  #events: number;
  #bytes = PAGE_BYTES;
  #empty = true;

  constructor(stream: LogStream, { limit = 10_000 }: Input) {
    this.#events = Math.min(limit, stream.manners.pageEvents);
  }

  takes({ message }: LogEvent): boolean {
    this.#events -= 1;
    this.#bytes -= Buffer.byteLength(message);
    const fits = this.#empty || (this.#events >= 0 && this.#bytes >= 0);
    this.#empty = false;
    return fits;
  }
}

function token(direction: 'f' | 'b', place: number): string {
  return `${direction}/${String(place).padStart(56, '0')}/s`;
}
