import type { Clean } from '../hostile/text.ts';
import { type Cleaner, cleanReport } from './clean-report.ts';
import { runMarker } from './publish.ts';
import type { Report } from './report.ts';
import { writeBody } from './sections.ts';

/** GitHub takes 65,536 UTF-16 units and 262,144 bytes; the rest is room for a redaction that lengthens the text. */
const COMMENT_LIMIT = 60_000;

/** The hidden first line by which the next run finds this comment again. One comment per name. */
export function commentMarker(name: string): string {
  return `<!-- train-on-sagemaker:${name} -->`;
}

/** The pull request comment: marker, verdict, and everything else in its order of worth. */
export function commentBody(report: Report, clean: Cleaner): Clean {
  const marker = commentMarker(report.name);
  const run = runMarker(report.runId);
  const body = writeBody(
    cleanReport(report, clean),
    { rows: 200, logLineWidth: 500 },
    COMMENT_LIMIT - marker.length - run.length,
  );
  // The first line is how the next run finds this comment: no expression of a user may cut it.
  return `${marker}\n${clean(body)}\n\n${run}\n` as Clean;
}
