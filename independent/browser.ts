/**
 * A real browser, driven by Puppeteer. It is loaded by its name at run time and told here in the few words that are used,
 * so that `npm run check` does without this folder's own packages.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './suite.ts';

export interface Viewport {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly isMobile?: boolean;
  readonly deviceScaleFactor?: number;
}

interface Shot {
  readonly path: string;
  readonly fullPage?: boolean;
}

export interface Page {
  setBypassCSP(enabled: boolean): Promise<void>;
  setViewport(viewport: Viewport): Promise<void>;
  setContent(html: string): Promise<void>;
  addScriptTag(script: { readonly path: string }): Promise<unknown>;
  /** The function is sent as text: it sees nothing but its arguments. */
  evaluate<Args extends readonly unknown[], Answer>(
    body: (...args: Args) => Answer | Promise<Answer>,
    ...args: Args
  ): Promise<Answer>;
  $(selector: string): Promise<{ screenshot(shot: Shot): Promise<unknown> } | null>;
  screenshot(shot: Shot): Promise<unknown>;
  close(): Promise<void>;
}

export interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

interface Puppeteer {
  launch(options: { readonly executablePath: string; readonly args: readonly string[] }): Promise<Browser>;
}

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const MERMAID = join(ROOT, 'independent/node_modules/mermaid/dist/mermaid.min.js');
const PUPPETEER: string = 'puppeteer-core';

/** Throws with the remedy when browser or packages are not there. */
export async function openBrowser(): Promise<Browser> {
  for (const [path, remedy] of [
    [CHROMIUM, 'apt-get install chromium'],
    [MERMAID, 'npm ci --prefix independent'],
  ] as const)
    if (!existsSync(path)) throw new Error(`${path} is missing: ${remedy}`);
  const { launch } = (await import(PUPPETEER)) as Puppeteer;
  // In a container root has no user namespaces of its own; the pages are ours and load nothing.
  return await launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
