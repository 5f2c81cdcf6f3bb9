/** Evidence, read once: what the rules' signs and remedies ask about. */
import type { Evidence, Proof } from './evidence.ts';
import type { RaisedException } from './exception.ts';
import { type FailureReason, parseFailureReason } from './failure-reason.ts';
import { type Passage, readStatements } from './passages.ts';

/** A phase and when it began, as the console printed it or Describe told it. */
export interface PhaseEntry {
  readonly phase: string;
  readonly message: string;
  /** Epoch seconds. */
  readonly at: number;
  readonly line?: number;
}

export interface Circumstances {
  readonly evidence: Evidence;
  readonly reason: FailureReason | undefined;
  readonly passages: readonly Passage[];
  readonly exceptions: readonly RaisedException[];
  readonly exit: ExitCode | undefined;
  readonly phases: readonly PhaseEntry[];
}

/** The exit code of the script where it is known, else of the container. -9 and 137 are the same kill. */
export interface ExitCode {
  readonly code: number;
  readonly proof: Proof;
}

const REASON_IN_LOG =
  /(?:Failed\.? Reason: |FailureReason["']?: ["']?)((?:Algorithm|Client|Capacity|InternalServer|Platform )Error.*)/;
const EXIT_IN_LOG =
  /(?:^ExitCode (-?\d+)$|Received (-?\d+) from exiting process|Return Code: (-?\d+), CMD|died with <Signals\.\w+: (\d+)>|exitcode\s*: (-\d+|1[23]\d)\b|exit(?:ed)?(?: with)?(?: code|status)?:? (13[4-9]|12[67]))/;

export function readCircumstances(evidence: Evidence): Circumstances {
  const reasonText = evidence.job.failureReason ?? reasonInLog(evidence);
  const reason = reasonText === undefined ? undefined : parseFailureReason(reasonText);
  const { passages, exceptions } = readStatements(evidence, reason);
  return { evidence, reason, passages, exceptions, exit: exitOf(evidence, reason), phases: phasesOf(evidence) };
}

/** An SDK prints the reason as the last line of its own log. */
function reasonInLog({ log }: Evidence): string | undefined {
  for (const { text } of log.lines.slice(-200)) {
    const found = REASON_IN_LOG.exec(text);
    if (found) return found[1];
  }
  return undefined;
}

function exitOf({ log }: Evidence, reason: FailureReason | undefined): ExitCode | undefined {
  const quote = reason?.text.slice(0, 400) ?? '';
  if (reason?.scriptExitCode !== undefined)
    return { code: reason.scriptExitCode, proof: { source: 'failure-reason', quote } };
  for (const { text, number } of log.lines.toReversed()) {
    const found = EXIT_IN_LOG.exec(text);
    const code = found?.slice(1).find((group) => group !== undefined);
    if (!found || code === undefined || Number(code) === 0) continue;
    const signal = found[4] === undefined ? Number(code) : -Number(code);
    return { code: signal, proof: { source: 'log', quote: text.trim().slice(0, 400), line: number } };
  }
  const inReason =
    /Return Code: (-?\d+)/.exec(reason?.detail ?? '')?.[1] ?? /^Exit Code: (\d+)/.exec(reason?.detail ?? '')?.[1];
  const code = inReason === undefined ? reason?.containerExitCode : Number(inReason);
  return code === undefined ? undefined : { code, proof: { source: 'failure-reason', quote } };
}

/** The SDK's console line: `2025-06-01 08:00:00 Downloading - Downloading input data`. */
const CONSOLE =
  /(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (Starting|Pending|Downloading|Training|Interrupted|Restarting|Uploading|Stopping|Stopped|Failed|Completed|MaxRuntimeExceeded|MaxWaitTimeExceeded) - ([^\n]*)/;

function phasesOf({ job, log }: Evidence): PhaseEntry[] {
  if (job.transitions.length > 0)
    return job.transitions.map(({ status, message, startedAt }) => ({ phase: status, message, at: startedAt }));
  return log.lines.flatMap(({ text, number }) => {
    const found = CONSOLE.exec(text);
    if (!found) return [];
    const [, time = '', phase = '', message = ''] = found;
    return [{ phase, message, at: epochSeconds(time), line: number }];
  });
}

/** `YYYY-MM-DD hh:mm:ss`; only differences matter, so the zone does not. Days are counted without a calendar library. */
function epochSeconds(time: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = time.split(/[- :]/).map(Number);
  const monthsBefore = (year * 12 + month - 1) * 31;
  return (((monthsBefore + day) * 24 + hour) * 60 + minute) * 60 + second;
}
