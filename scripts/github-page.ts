import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { renderMarkdown } from './github-markdown.ts';

/** One thing to show: a comment in a pull request's conversation, or a job's summary on the page of its run. */
export interface Section {
  readonly heading: string;
  readonly markdown: string;
  readonly kind: 'comment' | 'summary';
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export type Theme = 'auto' | 'light' | 'dark';

const MARKDOWN_CSS = readFileSync(
  createRequire(import.meta.url).resolve('github-markdown-css/github-markdown.css'),
  'utf8',
);

/** `auto` follows the reader's scheme; the others are shown whatever that is. */
function markdownCss(theme: Theme): string {
  if (theme === 'auto') return MARKDOWN_CSS;
  return MARKDOWN_CSS.replace(/\(prefers-color-scheme: (light|dark)\)/g, (_, scheme: string) =>
    scheme === theme ? 'all' : 'not all',
  );
}

// Colours are those of github-markdown-css, which follow the reader's light or dark scheme.
const PAGE_CSS = `
body { margin: 0; }
.mermaid-chart { display: block; width: 100%; max-width: 700px; margin: 0 auto 16px; }
.page { min-height: 100vh; box-sizing: border-box; padding: 24px 16px 48px; }
.page > * { max-width: 980px; margin-inline: auto; }
.page > .title { font-size: 20px; border: 0; padding: 0; margin: 0 auto; }
.page > .heading { font-size: 14px; border: 0; padding: 0; color: var(--fgColor-muted); margin: 28px auto 12px; }
.thread { display: flex; gap: 16px; align-items: flex-start; }
.avatar { flex: none; width: 40px; height: 40px; border-radius: 6px; background: #2088ff; }
.frame { flex: 1; min-width: 0; border: 1px solid var(--borderColor-default); border-radius: 6px; }
.thread .frame { position: relative; }
.thread .frame::before { content: ''; position: absolute; left: -6px; top: 14px; width: 10px; height: 10px; rotate: 45deg;
  background: var(--bgColor-muted); border: solid var(--borderColor-default); border-width: 0 0 1px 1px; }
.frame-head { display: flex; gap: 6px; align-items: center; padding: 8px 16px; font-size: 14px; color: var(--fgColor-muted);
  background: var(--bgColor-muted); border-bottom: 1px solid var(--borderColor-default); border-radius: 6px 6px 0 0; }
.frame-head strong { color: var(--fgColor-default); }
.bot { font-size: 12px; line-height: 18px; padding: 0 7px; border: 1px solid var(--borderColor-default); border-radius: 2em; }
.frame-body { padding: 16px; }
.frame-body > :first-child { margin-top: 0 !important; }
.frame-body > :last-child { margin-bottom: 0 !important; }
.thread .frame-body { font-size: 14px; }
.summary .frame-body { padding: 24px; }
.markdown-body svg.octicon { margin-right: 8px; }
@media (max-width: 600px) {
  .page { padding: 16px 8px 32px; }
  .thread > .avatar, .thread .frame::before { display: none; }
  .summary .frame-body { padding: 16px; }
}
`;

const AVATAR =
  '<svg class="avatar" viewBox="0 0 40 40" aria-hidden="true"><circle cx="20" cy="20" r="12" fill="none" stroke="#fff" stroke-width="2.5"/>' +
  '<path d="M17 14.5v11l8.5-5.5z" fill="#fff"/></svg>';

function renderSection({ heading, markdown, kind }: Section): string {
  const body = `<div class="frame-body">${renderMarkdown(markdown, { lineBreaks: kind === 'comment' })}</div>`;
  const frame =
    kind === 'comment'
      ? `<div class="thread">${AVATAR}<div class="frame"><div class="frame-head"><strong>github-actions</strong>` +
        `<span class="bot">bot</span><span>commented</span></div>${body}</div></div>`
      : `<div class="summary"><div class="frame">${body}</div></div>`;
  return `<h2 class="heading">${escapeHtml(heading)}</h2>\n${frame}`;
}

/**
 * One self-contained HTML page that shows Markdown as GitHub would: for people who want to see a report before, or
 * without, posting it. The Markdown may come from anyone: HTML is reduced to GitHub's allow-list, and the page's own
 * policy allows neither scripts nor any request, so an image of another site shows as its alternative text.
 */
export function renderPage(page: { title: string; sections: readonly Section[]; theme?: Theme }): string {
  const theme = page.theme ?? 'auto';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="${theme === 'auto' ? 'light dark' : theme}">
<title>${escapeHtml(page.title)}</title>
<style>${markdownCss(theme)}${PAGE_CSS}</style>
</head>
<body>
<main class="page markdown-body">
<h1 class="title">${escapeHtml(page.title)}</h1>
${page.sections.map(renderSection).join('\n')}
</main>
</body>
</html>
`;
}
