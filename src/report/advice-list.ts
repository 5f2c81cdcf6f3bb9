import { cut } from './cut.ts';
import { prose } from './markdown.ts';
import type { Report } from './report.ts';

const TEXT_LIMIT = 600;

/** What could be better, each with what shows it. */
export function adviceList({ advice = [] }: Report): string {
  return advice
    .map(({ text, evidence }) => `- 💡 ${prose(cut(text, TEXT_LIMIT))} <sub>${prose(cut(evidence, TEXT_LIMIT))}.</sub>`)
    .join('\n');
}
