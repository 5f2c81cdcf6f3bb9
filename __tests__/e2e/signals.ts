import type { Run, Stage } from './stage.ts';

/**
 * Sends the process of main a signal once an operation has been asked for so often; the runner signals this one process
 * and none of its children.
 */
export function signalled(
  stage: Stage,
  signal: NodeJS.Signals,
  moment: { readonly operation: string; readonly times?: number },
): Pick<Run, 'onStart'> {
  return {
    onStart: (pid) => {
      const sent = stage.when(moment.operation, moment.times ?? 1).then(() => process.kill(pid, signal));
      // A process that has ended by itself is what the test's own expectations tell.
      sent.catch(() => undefined);
    },
  };
}

/** The first log lines were read: the job is at work. */
export const AT_WORK = { operation: 'GetLogEvents', times: 2 } as const;
