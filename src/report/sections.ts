import { adviceList } from './advice-list.ts';
import { logTailDetails, notesList, requestDetails } from './appendix.ts';
import { baselineSentence } from './baseline-words.ts';
import { curvesSection } from './chart.ts';
import { fitSections, REQUIRED, type Section } from './fit.ts';
import { headlineOf } from './headline.ts';
import { type Entry, historySection } from './history.ts';
import { placesLines, subjectSentence } from './job-lines.ts';
import { gatesTable, metricsTable } from './judgement.ts';
import { code } from './markdown.ts';
import { problem } from './problem.ts';
import { receiptTable, resumeSentence } from './receipt-table.ts';
import type { Report } from './report.ts';

/** How much of the longest parts a surface may show before anything has to shrink. */
export interface Generosity {
  readonly rows: number;
  readonly logLineWidth: number;
  /** Runs of the pull request; none in the job summary, which is of one run. */
  readonly history?: readonly Entry[];
}

/** The body that comment and summary share, in reading order: verdict, cause and next step first. */
export function writeBody(report: Report, { rows, logLineWidth, history = [] }: Generosity, limit: number): string {
  const required = (key: string, text: string): Section => ({ key, worth: REQUIRED, versions: [text] });
  const tail = (lines: number) => logTailDetails(report.logTail, lines, logLineWidth);
  const sections: readonly Section[] = [
    required('headline', headline(report)),
    required('subject', subjectSentence(report)),
    { key: 'problem', worth: 9, versions: [problem(report)] },
    { key: 'gates', worth: 8, versions: [rows, 30, 10, 3].map((most) => gatesTable(report.gates, most)) },
    { key: 'metrics', worth: 3, versions: [rows, 30, 10, 3].map((most) => metricsTable(report, most)) },
    { key: 'baseline', worth: 3.5, versions: [baselineSentence(report)] },
    {
      key: 'curves',
      worth: 2.5,
      versions: CURVES.map((most) => curvesSection(report.metrics, keyMetrics(report), most)),
    },
    { key: 'resume', worth: 6, versions: [resumeSentence(report)] },
    { key: 'advice', worth: 3.2, versions: [adviceList(report)] },
    { key: 'notes', worth: 4, versions: [50, 5].map((most) => notesList(report.notes, most)) },
    { key: 'receipt', worth: 5, versions: [receiptTable(report)] },
    { key: 'places', worth: 10, versions: [placesLines(report)] },
    { key: 'log', worth: 1, versions: [report.logTail.length, 40, 20, 10, 5].map(tail) },
    { key: 'history', worth: 2.2, versions: [historySection(history, report)] },
    { key: 'request', worth: 2, versions: [requestDetails(report)] },
  ];
  return fitSections(sections, limit);
}

/** From many charts to lines of text alone. */
const CURVES = [
  { lines: 20, charts: 6 },
  { lines: 10, charts: 2 },
  { lines: 10, charts: 1 },
  { lines: 5, charts: 0 },
];

/** What the gates ask for is what a reader looks for first. */
function keyMetrics({ gates }: Report): readonly string[] {
  return gates.flatMap(({ gate }) => gate.metricsUsed);
}

function headline(report: Report): string {
  const { cause, icon, title } = headlineOf(report);
  const words = cause.map((part) => (typeof part === 'string' ? part : code(part.code))).join('');
  return `### ${icon} ${title}${words === '' ? '' : `: ${words}`}`;
}
