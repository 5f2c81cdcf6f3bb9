import type { Clean } from '../hostile/text.ts';
import { type Cleaner, cleanReport } from './clean-report.ts';
import type { Report } from './report.ts';
import { writeBody } from './sections.ts';

/** The runner drops a step's summary above 1 MiB of UTF-8, and a UTF-16 unit takes at most three bytes. */
const SUMMARY_LIMIT = 330_000;

/** The job summary: the comment's body with more room for tables and log. Mentions and links never arise here either. */
export function summaryBody(report: Report, clean: Cleaner): Clean {
  const body = writeBody(cleanReport(report, clean), { rows: 1_000, logLineWidth: 2_000 }, SUMMARY_LIMIT);
  return clean(`${body}\n`);
}
