/**
 * `node independent/pictures.ts [-- --out DIR]`: the pictures of README and docs. States of the gallery as a browser shows
 * them, folds closed, with charts by the real Mermaid.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PHONE_WIDTH, sectionsOf } from '../scripts/gallery/page.ts';
import { STATES } from '../scripts/gallery/states.ts';
import { renderPage } from '../scripts/github-page.ts';
import { type Browser, MERMAID, openBrowser } from './browser.ts';
// biome-ignore lint/correctness/useImportExtensions: the types lie beside it, in in-page.d.mts
import { drawCharts } from './checks/in-page.mjs';
import { ROOT } from './suite.ts';

interface Picture {
  readonly file: string;
  readonly state: string;
  readonly theme: 'light' | 'dark';
  /** CSS pixels. */
  readonly width: number;
}

const DESK_WIDTH = 900;
const PICTURES: readonly Picture[] = [
  { file: 'passed', state: 'Passed, better than the baseline, with a history', theme: 'light', width: DESK_WIDTH },
  { file: 'failed-gate', state: 'Failed its gate', theme: 'light', width: DESK_WIDTH },
  { file: 'failed-explained', state: 'Failed, and the log says why', theme: 'light', width: DESK_WIDTH },
  { file: 'failed-explained-dark', state: 'Failed, and the log says why', theme: 'dark', width: DESK_WIDTH },
  { file: 'running', state: 'Running', theme: 'dark', width: DESK_WIDTH },
  { file: 'cancelled', state: 'Cancelled: the job is stopping', theme: 'light', width: DESK_WIDTH },
  {
    file: 'passed-phone',
    state: 'Passed, better than the baseline, with a history',
    theme: 'light',
    width: PHONE_WIDTH,
  },
  { file: 'failed-phone', state: 'Failed, and the log says why', theme: 'dark', width: PHONE_WIDTH },
];

async function take(browser: Browser, { file, state, theme, width }: Picture, folder: string): Promise<void> {
  const shown = STATES.find(({ name }) => name === state);
  const comment = shown && sectionsOf(shown).find(({ kind }) => kind === 'comment');
  if (comment === undefined) throw new Error(`The gallery has no state ${state}`);
  const page = await browser.newPage();
  // The page allows no scripts of its own; Mermaid is what GitHub adds.
  await page.setBypassCSP(true);
  await page.setViewport({ width, height: 600, isMobile: width === PHONE_WIDTH, deviceScaleFactor: 1 });
  await page.setContent(renderPage({ title: state, sections: [comment], theme }));
  await page.addScriptTag({ path: MERMAID });
  const charts = [...comment.markdown.matchAll(/^```mermaid\n(.*?)\n```$/gms)].map(([, source = '']) => source);
  await page.evaluate(drawCharts, charts, theme === 'dark' ? 'dark' : 'default');
  const thread = await page.$('.thread');
  if (thread === null) throw new Error(`${state} shows no comment`);
  await thread.screenshot({ path: join(folder, `${file}.png`) });
  await page.close();
}

const { values } = parseArgs({ options: { out: { type: 'string', default: join(ROOT, 'docs/images') } } });
const folder = resolve(values.out);
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
try {
  for (const picture of PICTURES) {
    await take(browser, picture, folder);
    process.stdout.write(`${join(folder, picture.file)}.png\n`);
  }
} finally {
  await browser.close();
}
