import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { LABELS } from '../../../src/diagnose/labels.ts';
import { diagnosesPage } from '../../../src/diagnose/page.ts';

describe('docs/diagnoses.md', () => {
  it('is what the rules make of it', () => {
    expect(readFileSync(new URL('../../../docs/diagnoses.md', import.meta.url), 'utf8')).toBe(diagnosesPage());
  });

  it('has a section for every label', () => {
    const page = diagnosesPage();
    expect(LABELS.filter(({ label }) => !page.includes(`### \`${label}\`\n`))).toEqual([]);
  });
});
