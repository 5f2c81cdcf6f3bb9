/** The report that main leaves to the post step, so that no comment and no status says *running* for ever. */
import type { Runner } from '../ports.ts';
import type { Report } from './report.ts';

const REPORT_STATE = 'report';
const PULL_REQUEST_STATE = 'pull-request';

/** The runner hands the state over in an environment variable, and Linux starts no process with one above 128 KiB. UTF-16 units. */
const LONGEST_STATE = 30_000;

/** Keeps what is still to be told. It must be clean: the state file is no place for secrets. */
export function keepReport(runner: Pick<Runner, 'save'>, report: Report, pullRequest: number | undefined): void {
  const whole = JSON.stringify(report);
  const short = () => JSON.stringify({ ...report, logTail: [], request: undefined });
  runner.save(REPORT_STATE, whole.length <= LONGEST_STATE ? whole : short());
  runner.save(PULL_REQUEST_STATE, String(pullRequest ?? ''));
}

/** Everything has been told: the post step has nothing to add. */
export function forgetReport(runner: Pick<Runner, 'save'>): void {
  runner.save(REPORT_STATE, '');
}

export interface Kept {
  readonly report: Report;
  readonly pullRequest: number | undefined;
}

/** `undefined` when there is nothing left to tell. */
export function keptReport(runner: Pick<Runner, 'saved'>): Kept | undefined {
  const text = runner.saved(REPORT_STATE);
  if (text === '') return undefined;
  // JSON has no NaN: what was one is a value that nobody knows.
  const report: Report = JSON.parse(text, (_, value) => value ?? undefined);
  return { report, pullRequest: Number(runner.saved(PULL_REQUEST_STATE)) || undefined };
}
