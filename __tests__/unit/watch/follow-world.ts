import type { DescribeTrainingJobResponse, LogPage } from '../../../src/ports.ts';
import type { JobEvent } from '../../../src/watch/events.ts';
import { follow } from '../../../src/watch/follow.ts';
import { awsError, described, transitions } from '../../fixtures/doors.ts';
import { FakeClock } from '../../fixtures/fake-clock.ts';

export const DOWN = awsError('InternalFailure', 'We encountered an internal error.');
export const live = (...list: readonly string[]) =>
  described('InProgress', list.at(-1)?.split(':')[0] ?? 'Starting', {
    SecondaryStatusTransitions: transitions(...list),
  });
export const completed = (...list: readonly string[]) =>
  described('Completed', 'Completed', { SecondaryStatusTransitions: transitions(...list) });
export const RAN = ['Starting', 'Downloading', 'Training', 'Uploading', 'Completed'];

export interface World {
  readonly describe: (clock: FakeClock) => Promise<DescribeTrainingJobResponse> | DescribeTrainingJobResponse;
  /** Lines by the virtual second (after the start) they can first be read at. */
  readonly log?: readonly (readonly [number, string])[];
  readonly logError?: (clock: FakeClock, passed: number) => Error | undefined;
}

export function world({ describe, log = [], logError }: World) {
  const clock = new FakeClock();
  const begun = clock.now();
  const passed = () => clock.now() - begun;
  const abort = new AbortController();
  const events: JobEvent[] = [];
  const asked: number[] = [];
  const readable = () => log.filter(([at]) => at <= passed()).map(([, message]) => ({ timestamp: 0, message }));
  const doors = {
    clock,
    signal: abort.signal,
    trainer: {
      describe: async () => {
        asked.push(passed());
        return describe(clock);
      },
    },
    logs: {
      streams: async () => {
        const error = logError?.(clock, passed());
        if (error) throw error;
        return readable().length > 0 ? [{ name: 'train-job/algo-1-1' }] : [];
      },
      events: async (_: string, token = '0'): Promise<LogPage> => {
        const events = readable().slice(Number(token));
        return { events, nextToken: String(Number(token) + events.length) };
      },
    },
  };
  const lines = () => events.flatMap((event) => (event.kind === 'lines' ? event.lines : []));
  const told = () =>
    events.flatMap((event) =>
      event.kind === 'transition' ? [`${event.status}${event.message && `: ${event.message}`}`] : [],
    );
  const troubles = () => events.filter(({ kind }) => kind === 'trouble');
  return {
    clock,
    abort,
    events,
    asked,
    passed,
    lines,
    told,
    troubles,
    follow: () =>
      follow(
        { jobName: 'train-job', until: Number.POSITIVE_INFINITY, pollSeconds: undefined },
        doors,
        (event) => void events.push(event),
      ),
  };
}

/** A job that completes after so many seconds. */
export const completesAt = (seconds: number) => {
  let begun: number | undefined;
  return (clock: FakeClock) => {
    begun ??= clock.now();
    return clock.now() - begun >= seconds ? completed(...RAN) : live('Starting', 'Downloading', 'Training');
  };
};
