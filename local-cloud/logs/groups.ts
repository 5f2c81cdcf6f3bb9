import type { Cloud } from '../state.ts';
import { type Call, CloudError } from '../types.ts';
import { type LogStream, logStore } from './store.ts';

export function invalidParameter(message: string): CloudError {
  return new CloudError('InvalidParameterException', message);
}

/** The name of the group a call is about, given as name or ARN, but not both. */
export function groupName(input: Call['input']): string {
  const { logGroupName, logGroupIdentifier } = input as { logGroupName?: string; logGroupIdentifier?: string };
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier must be given');
  }
  return logGroupName ?? (logGroupIdentifier ?? '').replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '');
}

/** The group's streams. Throws ResourceNotFoundException for a group that has never existed. */
export function streamsOf(cloud: Cloud, group: string): LogStream[] {
  const streams = cloud.shared(logStore).streams(group);
  if (streams === undefined)
    throw new CloudError('ResourceNotFoundException', 'The specified log group does not exist.');
  return streams;
}
