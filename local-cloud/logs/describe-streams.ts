import type { Cloud } from '../state.ts';
import type { Service } from '../types.ts';
import { groupName, invalidParameter, streamsOf } from './groups.ts';
import { type LogStream, logStore } from './store.ts';

interface Input {
  readonly logStreamNamePrefix?: string;
  readonly orderBy?: 'LogStreamName' | 'LastEventTime';
  readonly descending?: boolean;
  readonly nextToken?: string;
  readonly limit?: number;
}

/** DescribeLogStreams: 50 a page at most; a prefix excludes the order by time. */
export function describeStreamsOperation(cloud: Cloud): Service {
  return {
    DescribeLogStreams({ input }) {
      const group = groupName(input);
      const { logStreamNamePrefix = '', orderBy = 'LogStreamName', descending, nextToken, limit = 50 } = input as Input;
      if (orderBy === 'LastEventTime' && logStreamNamePrefix !== '') {
        throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
      }
      const all = streamsOf(cloud, group).filter(({ name }) => name.startsWith(logStreamNamePrefix));
      if (orderBy === 'LastEventTime') all.sort((a, b) => lastTime(cloud, a) - lastTime(cloud, b));
      if (descending) all.reverse();
      const start = nextToken === undefined ? 0 : place(all, nextToken);
      const page = all.slice(start, start + limit);
      const last = all.length > start + limit ? page.at(-1) : undefined;
      const next = last === undefined ? {} : { nextToken: `after:${Buffer.from(last.name).toString('base64')}` };
      return { output: { logStreams: page.map((stream) => describe(cloud, group, stream)), ...next } };
    },
  };
}

/** The token names the last stream shown, so that streams that appear meanwhile shift nothing. */
function place(all: readonly LogStream[], token: string): number {
  const name = Buffer.from(token.replace(/^after:/, ''), 'base64').toString('utf8');
  const at = all.findIndex((stream) => stream.name === name);
  if (!token.startsWith('after:') || at < 0) throw invalidParameter('The specified nextToken is invalid.');
  return at + 1;
}

function lastTime(cloud: Cloud, stream: LogStream): number {
  return stream.events[cloud.shared(logStore).readable(stream) - 1]?.timestamp ?? 0;
}

function describe(cloud: Cloud, group: string, stream: LogStream): object {
  const last = stream.events[cloud.shared(logStore).readable(stream) - 1];
  return {
    logStreamName: stream.name,
    creationTime: stream.creationTime,
    firstEventTimestamp: stream.events[0]?.timestamp,
    lastEventTimestamp: last?.timestamp,
    lastIngestionTime: last?.ingestionTime,
    uploadSequenceToken: String(stream.events.length).padStart(56, '4'),
    arn: `arn:aws:logs:${cloud.region}:${cloud.account}:log-group:${group}:log-stream:${stream.name}`,
    storedBytes: 0,
  };
}
