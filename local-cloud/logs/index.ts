import type { Cloud } from '../state.ts';
import type { Service } from '../types.ts';
import { describeStreamsOperation } from './describe-streams.ts';
import { filterEventsOperation } from './filter-events.ts';
import { getEventsOperation } from './get-events.ts';

/** CloudWatch Logs, as far as it is read. */
export function logs(cloud: Cloud): Service {
  return { ...describeStreamsOperation(cloud), ...getEventsOperation(cloud), ...filterEventsOperation(cloud) };
}
