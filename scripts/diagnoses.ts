// Writes docs/diagnoses.md from the rules; with --check it only tells whether the page is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { diagnosesPage } from '../src/diagnose/page.ts';

const file = new URL('../docs/diagnoses.md', import.meta.url);
const page = diagnosesPage();

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') === page) console.log('docs/diagnoses.md is up to date with the rules.');
  else {
    console.error('docs/diagnoses.md is not up to date with the rules: run `node scripts/diagnoses.ts`.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, page);
  console.log('docs/diagnoses.md: written.');
}
