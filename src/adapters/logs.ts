import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogStream, Logs } from '../ports.ts';
import { askAgainWhenUnreadable, type ClientConfig } from './client.ts';

/** All training jobs of an account and region log here. */
export const LOG_GROUP = '/aws/sagemaker/TrainingJobs';

export function openLogs(config: ClientConfig): Logs {
  const client = askAgainWhenUnreadable(new CloudWatchLogsClient(config));
  return {
    streams: (prefix) => allStreams(client, prefix),
    events: async (stream, token) => {
      const page = await client.send(
        // `startFromHead` is needed with a forward token as well as without one.
        new GetLogEventsCommand({
          logGroupName: LOG_GROUP,
          logStreamName: stream,
          nextToken: token,
          startFromHead: true,
        }),
      );
      const events = (page.events ?? []).map(({ timestamp, message }) => ({
        timestamp: timestamp ?? 0,
        message: message ?? '',
      }));
      // The token is never null in a whole answer. Without it the page could not be told from the end: it is read again.
      if (!page.nextForwardToken) throw new Error('Amazon CloudWatch Logs answered without a token for the next page');
      return { events, nextToken: page.nextForwardToken };
    },
  };
}

async function allStreams(client: CloudWatchLogsClient, prefix: string): Promise<LogStream[]> {
  const streams: LogStream[] = [];
  try {
    for (let next: string | undefined, first = true; first || next; first = false) {
      const page = await client.send(
        new DescribeLogStreamsCommand({ logGroupName: LOG_GROUP, logStreamNamePrefix: prefix, nextToken: next }),
      );
      for (const { logStreamName } of page.logStreams ?? []) if (logStreamName) streams.push({ name: logStreamName });
      next = page.nextToken;
    }
  } catch (error) {
    // The group appears with the first log line of the first job in an account and region.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return streams;
}
