/** Jobs as the local cloud is to play them. Times are seconds of its own clock. */

export interface Line {
  readonly at?: number;
  readonly text?: string;
  readonly base64?: string;
  readonly size?: number;
  readonly node?: number;
  readonly every?: number;
  readonly times?: number;
}

export type Job = Readonly<Record<string, unknown>>;

export const PHASES = [
  { status: 'Starting', seconds: 8 },
  { status: 'Downloading', seconds: 4 },
  { status: 'Training', seconds: 30 },
  { status: 'Uploading', seconds: 4 },
] as const;

/** Trains half a minute, prints these lines one after the other and, if nothing else is said, completes. */
export function job(lines: readonly (string | Line)[], rest: Job & { readonly logs?: Job } = {}): Job {
  const written = lines.map((line, index) => ({
    at: Math.min(1 + index * 2, 25),
    ...(typeof line === 'string' ? { text: line } : line),
  }));
  return { phases: PHASES, ...rest, logs: { ...rest.logs, lines: written } };
}

const EPOCHS = ['epoch=1 val_mape=0.21', 'epoch=2 val_mape=0.08', 'epoch=3 val_mape=0.05'];

export const COMPLETES = job(EPOCHS);

/** Is at work for an hour: somebody has to stop it. */
export const TRAINS_ON = job(['epoch=1 val_mape=0.21'], {
  phases: PHASES.map((phase) => (phase.status === 'Training' ? { ...phase, seconds: 3600 } : phase)),
});

export function failed(failureReason: string | null): Job {
  return job([...EPOCHS, 'Traceback (most recent call last):', 'ValueError: negative dimension'], {
    status: 'Failed',
    failureReason,
    exitCode: 1,
  });
}
