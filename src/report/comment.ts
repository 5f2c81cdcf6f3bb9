import type { Clean } from '../hostile/text.ts';
import { type Cleaner, cleanReport } from './clean-report.ts';
import { historyLine, historyWith } from './history.ts';
import { commentOf, planToKeep } from './plan/plan-comment.ts';
import { runMarker } from './publish.ts';
import type { Report } from './report.ts';
import { writeBody } from './sections.ts';

/** GitHub takes 65,536 UTF-16 units and 262,144 bytes; the rest is room for a redaction that lengthens the text. */
const COMMENT_LIMIT = 60_000;

/** The hidden first line by which the next run finds this comment again. One comment per name. */
export function commentMarker(name: string): string {
  return `<!-- train-on-sagemaker:${name} -->`;
}

/**
 * The pull request comment: marker, verdict, everything else in its order of worth, and two hidden lines: the history of this
 * pull request's runs, and who wrote last. `present`: the comment that this one takes the place of.
 */
export function commentBody(report: Report, clean: Cleaner, present?: string): Clean {
  const marker = commentMarker(report.name);
  const facts = cleanReport(report, clean);
  const history = historyWith(facts, present);
  const trailer = `${historyLine(history)}\n${runMarker(report.runId)}`;
  const plan = planToKeep(present, { runId: report.runId, sha: report.commit.sha });
  const room = COMMENT_LIMIT - marker.length - trailer.length - (plan?.section.length ?? 0);
  const body = writeBody(facts, { rows: 200, logLineWidth: 500, history }, room);
  // The hidden lines are how the next run finds this comment and its past: no expression of a user may cut them.
  return commentOf(marker, { result: clean(body), plan, trailer }) as Clean;
}
