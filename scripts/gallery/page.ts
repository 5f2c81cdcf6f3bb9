/** The states as GitHub shows them: one page each in light and dark, and one page with both beside a phone. */
import { asClean } from '../../__tests__/fixtures/reports.ts';
import { commentBody } from '../../src/report/comment.ts';
import type { Report } from '../../src/report/report.ts';
import { summaryBody } from '../../src/report/summary.ts';
import { renderPage, type Section, type Theme } from '../github-page.ts';
import { STATES, type State } from './states.ts';

const KINDS = ['comment', 'summary'] as const;

export function sectionsOf({ name, report, before = [] }: State): readonly Section[] {
  const history = before.reduce(
    (body: string | undefined, each: Report) => commentBody(each, asClean, body),
    undefined,
  );
  const markdown = { comment: commentBody(report, asClean, history), summary: summaryBody(report, asClean) };
  return KINDS.map((kind) => ({ heading: `${name} (${kind})`, markdown: markdown[kind], kind }));
}

export function statesPage(theme: Theme): string {
  return renderPage({
    title: `Train on SageMaker: every state, ${theme}`,
    sections: STATES.flatMap(sectionsOf),
    theme,
  });
}

/** Width of a phone in CSS pixels; the narrowest that many still have. */
export const PHONE_WIDTH = 390;

const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** Each frame is a whole page of its own, so that widths and colours are those of real ones. */
export function galleryPage(): string {
  const [light, dark] = [statesPage('light'), statesPage('dark')];
  const frame = (title: string, width: string, page: string) =>
    `<figure style="width:${width}"><figcaption>${title}</figcaption><iframe sandbox title="${title}" srcdoc="${attribute(page)}"></iframe></figure>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Train on SageMaker: every state of comment and summary</title>
<style>
body { margin: 0; padding: 12px; font: 14px system-ui, sans-serif; background: #8b949e; }
main { display: flex; gap: 12px; align-items: flex-start; overflow-x: auto; }
figure { flex: none; margin: 0; }
figcaption { padding: 4px 0; font-weight: 600; }
iframe { width: 100%; height: calc(100vh - 64px); border: 0; background: #fff; }
</style>
</head>
<body>
<main>
${frame('Light', '900px', light)}
${frame('Dark', '900px', dark)}
${frame('Phone, light', `${PHONE_WIDTH}px`, light)}
${frame('Phone, dark', `${PHONE_WIDTH}px`, dark)}
</main>
</body>
</html>
`;
}
