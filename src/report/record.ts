/** Keeps the facts of one training and tells them on every surface: outputs, comment, commit status, summary, log. */
import { messageOf } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import type { Clean } from '../hostile/text.ts';
import { nameOf, statusContextOf } from '../plan/plan.ts';
import type { GitHub, Ports } from '../ports.ts';
import { cleanExplained } from './clean-explained.ts';
import { cleanReport } from './clean-report.ts';
import { commentBody, commentMarker } from './comment.ts';
import { conclude } from './conclude.ts';
import { cut } from './cut.ts';
import { forgetReport, keepReport } from './kept.ts';
import { type Facts, makeReport } from './make-report.ts';
import { outputsOf } from './outputs.ts';
import { publishStatus, upsertComment } from './publish.ts';
import type { Report } from './report.ts';
import { commitStatusFor } from './status.ts';
import { summaryBody } from './summary.ts';

export type RecordDoors = Pick<Ports, 'runner' | 'secrets' | 'clock' | 'github'>;

/** GitHub gets so long once the run is cancelled: the runner kills this process 7.5 s after its first signal. Seconds. */
const LAST_WORDS = 3;

/** The post step edits the same comment. */
export const COMMENT_STATE = 'comment-id';

/** Of an exception's words in an annotation. UTF-16 units. */
const RAISED_LIMIT = 500;

export class TrainingRecord {
  readonly facts: Facts;
  readonly #doors: RecordDoors;
  readonly #clean = (text: string): Clean => clean(text, this.#doors.secrets);
  readonly #warned = new Set<string>();
  #commentId: number | undefined;
  #commentUrl: string | undefined;

  constructor(facts: Facts, doors: RecordDoors, commentId?: number) {
    this.facts = facts;
    this.#doors = doors;
    this.#commentId = commentId;
  }

  /** The commit status says *pending* from the first moment: a required status must never be missing while work is done. */
  async tellBegun(): Promise<void> {
    const report = makeReport(this.facts, this.#doors.runner.env);
    this.#keep(report);
    await this.#tellStatus(report);
  }

  /** A job exists: outputs first, for they need nothing but this machine; then the comment. */
  async tellRunning(phase = 'Starting'): Promise<void> {
    this.facts.outcome = { kind: 'running', phase };
    const report = makeReport(this.facts, this.#doors.runner.env);
    this.#tellOutputs(report);
    this.#keep(report);
    await this.#tellComment(report);
    this.#tellOutputs(report);
  }

  /** The end of the story; answers the exit code. GitHub failing never changes it. */
  async tellEnd(signal: AbortSignal): Promise<0 | 1> {
    const report = makeReport(this.facts, this.#doors.runner.env);
    this.#keep(report);
    this.#tellOutputs(report);
    this.#tellLog(report);
    const { runner, clock } = this.#doors;
    await runner
      .summary(summaryBody(report, this.#clean))
      .catch((error) => this.#warn(`The job summary could not be written: ${messageOf(error)}`));
    let statusWritten = false;
    const published = this.#tellStatus(report)
      .then((written) => {
        statusWritten = written;
        return this.#tellComment(report);
      })
      .then(() => isFinal(report) && forgetReport(runner));
    await (signal.aborted ? Promise.race([published, clock.sleep(LAST_WORDS)]) : published);
    this.#tellOutputs(report);
    return this.#exitCode(statusWritten);
  }

  #keep(report: Report): void {
    // The post step tells on GitHub only.
    if (this.facts.onlyHere) return;
    keepReport(this.#doors.runner, cleanReport(report, this.#clean), this.facts.subject.pullRequest);
  }

  #exitCode(statusWritten: boolean): 0 | 1 {
    const { outcome, gates = [], failure, inputs } = this.facts;
    const gatesHold = gates.every(({ holds }) => holds);
    return conclude({ outcome, gatesHold, failure, ...inputs.run, statusWritten }).exitCode;
  }

  #tellOutputs(report: Report): void {
    // What is quoted from a log may hide a secret between characters that nobody sees.
    const explained = report.explained && cleanExplained(report.explained, this.#clean);
    for (const [name, value] of Object.entries(outputsOf({ ...report, explained }, this.#commentUrl))) {
      this.#doors.runner.output(name, this.#doors.secrets.redactValue(value));
    }
  }

  #tellLog(report: Report): void {
    const { runner } = this.#doors;
    const status = commitStatusFor(report, this.#clean);
    if (report.failure)
      runner.error(this.#clean(`${report.failure.message}\n${report.failure.remedy}`), this.facts.failure?.place);
    else if (status && report.conclusion !== 'success') this.#tellError(status.description, report);
    else if (status) runner.print(status.description);
    if (report.job) runner.print(this.#clean(`Training job: ${report.job.consoleUrl}\nLog: ${report.job.logsUrl}`));
    if (report.outcome?.kind === 'lost') runner.error(this.#clean(`${report.outcome.why}\n${report.outcome.remedy}`));
    for (const note of report.notes) runner.print(this.#clean(`Note: ${note}`));
  }

  /** On the line of the repository that raised, if it is known. */
  #tellError(description: Clean, { explained }: Report): void {
    const { place, raised } = explained ?? {};
    // A name that cleaning would change points nowhere.
    const certain = place && this.#clean(place.file) === place.file ? place : undefined;
    const words = certain && raised ? `\n${cut(this.#clean(raised.text), RAISED_LIMIT)}` : '';
    this.#doors.runner.error(this.#clean(`${description}${words}`), certain);
  }

  async #tellComment(report: Report): Promise<void> {
    const { inputs, subject } = this.facts;
    if (this.facts.onlyHere) return;
    const github = await this.#github();
    if (inputs.report.comment === 'off' || subject.pullRequest === undefined || !github) return;
    const result = await upsertComment({
      github,
      issue: subject.pullRequest,
      marker: commentMarker(report.name),
      body: (present) => commentBody(report, this.#clean, present),
      known: this.#commentId,
      runId: report.runId,
    });
    if (!result.ok) return this.#warn(result.warning, result.trouble);
    if (result.value === undefined) return;
    this.#commentId = result.value.id;
    this.#commentUrl = result.value.url;
    this.#doors.runner.save(COMMENT_STATE, String(result.value.id));
  }

  /** Whether GitHub confirmed it. */
  async #tellStatus(report: Report): Promise<boolean> {
    if (this.facts.onlyHere) return false;
    const status = commitStatusFor(report, this.#clean);
    const github = await this.#github();
    if (!status || !github) return false;
    const { inputs, subject } = this.facts;
    const context = statusContextOf(inputs, nameOf(inputs, this.#doors.runner.env));
    const targetUrl = report.runUrl;
    const result = await publishStatus(github, { sha: subject.sha, ...status, context, targetUrl });
    if (!result.ok) this.#warn(result.warning, result.trouble);
    return result.ok;
  }

  async #github(): Promise<GitHub | undefined> {
    const { githubToken } = this.facts.inputs;
    try {
      if (githubToken) return await this.#doors.github(githubToken);
      this.#warn('There is no `github-token`: no comment and no commit status are written.');
    } catch (error) {
      this.#warn(`No comment and no commit status are written: ${messageOf(error)}`);
    }
    return undefined;
  }

  /** Each trouble once: a token without a right fails at every phase, and so does a GitHub that is down for an hour. */
  #warn(message: string, trouble = message): void {
    if (this.#warned.has(trouble)) return;
    this.#warned.add(trouble);
    this.#doors.runner.warning(this.#clean(message));
  }
}

/** Whether the post step has nothing to add: it tries to stop a job once more that main could not stop. */
function isFinal({ outcome }: Report): boolean {
  return outcome?.kind !== 'cancelled' || outcome.job !== 'unstopped';
}
