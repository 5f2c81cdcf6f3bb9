/** `npm run gallery [-- --out DIR]`: every state of comment and summary with GitHub's look, on one HTML page. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { galleryPage, statesPage } from './gallery/page.ts';
import { STATES } from './gallery/states.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'out/gallery' } } });
const folder = resolve(values.out);
mkdirSync(folder, { recursive: true });
const pages = { 'index.html': galleryPage(), 'light.html': statesPage('light'), 'dark.html': statesPage('dark') };
for (const [name, html] of Object.entries(pages)) writeFileSync(join(folder, name), html);
process.stdout.write(`${STATES.length} states: ${join(folder, 'index.html')}\n`);
