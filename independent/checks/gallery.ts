/**
 * The gallery in a real browser (Debian's chromium) with the real Mermaid: every state of comment and summary, in light and
 * dark, on a desk and on a phone. Pictures go to out/gallery/.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PHONE_WIDTH, sectionsOf, statesPage } from '../../scripts/gallery/page.ts';
import { STATES } from '../../scripts/gallery/states.ts';
import { type Browser, MERMAID, openBrowser, type Page, type Viewport } from '../browser.ts';
import { ROOT, type Suite } from '../suite.ts';
// biome-ignore lint/correctness/useImportExtensions: the types lie beside it, in in-page.d.mts
import { faintTexts, mermaidFailures, openFolds, wideElements } from './in-page.mjs';

const PICTURES = join(ROOT, 'out/gallery');
const DESK_WIDTH = 1012;

export async function galleryChecks(suite: Suite): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const browser = await openBrowser();
  try {
    await suite.check('gallery: the checks find what is wrong in a made-up page', () => madeUp(browser));
    for (const theme of ['light', 'dark'] as const) await themeChecks(suite, browser, theme);
  } finally {
    await browser.close();
  }
}

const WRONG =
  '<body style="margin:0;background:#fff"><p style="color:#aaa">faint</p><p style="width:600px;margin:0">wide</p><p>fine</p></body>';

async function madeUp(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.setViewport({ width: PHONE_WIDTH, height: 844 });
  await page.setContent(WRONG);
  await page.addScriptTag({ path: MERMAID });
  const charts = ['xychart-beta\n    line [1, 2]', 'xychart-beta\n    line [1e-9, NaN]'];
  const found = [
    await page.evaluate(mermaidFailures, charts, 'default'),
    await page.evaluate(faintTexts),
    await page.evaluate(wideElements, PHONE_WIDTH),
  ].map((list) => list.join(' '));
  await page.close();
  const expected = [/NaN/, /^2\.\d+: faint$/, /600 px: wide/];
  if (!expected.every((pattern, index) => pattern.test(found[index] ?? ''))) throw new Error(found.join('\n'));
}

async function themeChecks(suite: Suite, browser: Browser, theme: 'light' | 'dark'): Promise<void> {
  const desk = await openStates(browser, theme, { width: DESK_WIDTH, height: 900 });
  await suite.check(`gallery, ${theme}: every Mermaid block renders`, async () => {
    expectNone(await desk.evaluate(mermaidFailures, chartSources(), theme === 'dark' ? 'dark' : 'default'));
  });
  await suite.check(`gallery, ${theme}: text stands out from its background`, async () => {
    expectNone(await desk.evaluate(faintTexts));
  });
  await desk.screenshot({ path: join(PICTURES, `${theme}.png`), fullPage: true });
  await desk.close();
  const phone = await openStates(browser, theme, { width: PHONE_WIDTH, height: 844, isMobile: true });
  await suite.check(`gallery, ${theme}: nothing is wider than a phone of ${PHONE_WIDTH} px`, async () => {
    expectNone(await phone.evaluate(wideElements, PHONE_WIDTH));
  });
  await phone.screenshot({ path: join(PICTURES, `${theme}-phone.png`), fullPage: true });
  await phone.close();
}

async function openStates(browser: Browser, theme: 'light' | 'dark', viewport: Viewport): Promise<Page> {
  const page = await browser.newPage();
  // The page allows no scripts of its own; these are the test's.
  await page.setBypassCSP(true);
  await page.setViewport(viewport);
  await page.setContent(statesPage(theme));
  await page.evaluate(openFolds);
  await page.addScriptTag({ path: MERMAID });
  return page;
}

/** What the Markdown holds: the page itself shows a drawing of it, for it allows no scripts. */
function chartSources(): readonly string[] {
  const texts = STATES.flatMap(sectionsOf).map(({ markdown }) => markdown);
  const sources = texts.flatMap((text) =>
    [...text.matchAll(/^```mermaid\n(.*?)\n```$/gms)].map(([, source = '']) => source),
  );
  if (sources.length === 0) throw new Error('no state has a chart');
  return [...new Set(sources)];
}

function expectNone(found: readonly string[]): void {
  if (found.length > 0) throw new Error([`${found.length}:`, ...found.slice(0, 8)].join('\n'));
}
