import { describe, expect, it } from '@jest/globals';
import { galleryPage, sectionsOf } from '../../../scripts/gallery/page.ts';
import { STATES } from '../../../scripts/gallery/states.ts';

describe('the gallery', () => {
  it('shows every outcome that a report knows', () => {
    const kinds = STATES.map(({ report: { outcome } }) =>
      outcome?.kind === 'stopped' ? `stopped by ${outcome.by}` : outcome?.kind,
    );
    expect([...new Set(kinds)].sort()).toEqual(
      [
        undefined,
        ...['completed', 'running', 'failed', 'cancelled', 'lost', 'handed-over', 'superseded', 'head-moved'],
        ...['max-runtime', 'max-wait', 'max-cost', 'user'].map((by) => `stopped by ${by}`),
      ].sort(),
    );
    expect(new Set(STATES.map(({ name }) => name)).size).toBe(STATES.length);
  });

  it('tells states apart in words, not by a colour or an icon alone', () => {
    const bodies = STATES.map((state) => sectionsOf(state)[0]?.markdown.replace(/\p{Extended_Pictographic}/gu, ''));
    expect(new Set(bodies).size).toBe(STATES.length);
  });

  it('is one page with light, dark and phone, of which no part may run scripts', () => {
    const page = galleryPage();
    for (const title of ['Light', 'Dark', 'Phone, light', 'Phone, dark'])
      expect(page).toContain(`<iframe sandbox title="${title}"`);
    expect(page).not.toContain('<script');
  });
});
