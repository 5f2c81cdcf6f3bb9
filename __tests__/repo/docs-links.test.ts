import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Files of this repository that a page links to or shows. */
function targets(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replace(/```.*?```/gs, '');
  const found = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(
    (hit) => hit[1] ?? hit[2] ?? '',
  );
  return found.filter((target) => !/^(https?:|#|mailto:)/.test(target)).map((target) => target.replace(/#.*$/, ''));
}

describe('the pages', () => {
  it.each(PAGES)('%s links to nothing that is not there', (page) => {
    const missing = targets(page).filter((target) => !existsSync(join(ROOT, dirname(page), target)));
    expect(missing).toEqual([]);
  });

  it('show every picture', () => {
    const shown = new Set(PAGES.flatMap((page) => targets(page).map((target) => join(dirname(page), target))));
    const pictures = readdirSync(join(ROOT, 'docs/images')).map((name) => `docs/images/${name}`);
    expect(pictures.filter((picture) => !shown.has(picture))).toEqual([]);
  });
});
