import type { Clean } from '../hostile/text.ts';
import type { StatusState } from '../ports.ts';
import { type Cleaner, cleanReport } from './clean-report.ts';
import { cut } from './cut.ts';
import { figure, usd } from './figures.ts';
import { headlineOf } from './headline.ts';
import type { Report } from './report.ts';

/** GitHub refuses longer descriptions of a commit status. */
const DESCRIPTION_LIMIT = 140;

const STATES: Readonly<Record<Report['conclusion'], StatusState | undefined>> = {
  running: 'pending',
  pending: 'pending',
  success: 'success',
  failure: 'failure',
  cancelled: 'error',
  skipped: undefined,
};

/** The commit status that the contract's table asks for; `undefined` where it asks for none. */
export function commitStatusFor(
  report: Report,
  clean: Cleaner,
): { readonly state: StatusState; readonly description: Clean } | undefined {
  const state = report.outcome?.kind === 'head-moved' ? undefined : STATES[report.conclusion];
  if (state === undefined) return undefined;
  const facts = cleanReport(report, clean);
  const text = [headlineText(facts), ...highlights(facts)].join(' · ');
  return { state, description: clean(cut(clean(text.replace(/\s+/g, ' ')), DESCRIPTION_LIMIT)) };
}

function headlineText(report: Report): string {
  const { cause, title } = headlineOf(report);
  const words = cause.map((part) => (typeof part === 'string' ? part : part.code)).join('');
  return words === '' ? title : `${title}: ${words}`;
}

/** The first metric and the cost of a completed job: what one wants to see without a click. */
function highlights({ metrics, outcome, receipt }: Report): string[] {
  if (outcome?.kind !== 'completed') return [];
  const [metric] = metrics;
  return [
    ...(metric?.last === undefined ? [] : [`${metric.name} ${figure(metric.last)}`]),
    ...(receipt?.costUsd === undefined ? [] : [`about ${usd(receipt.costUsd)}`]),
  ];
}
