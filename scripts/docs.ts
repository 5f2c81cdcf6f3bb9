// Writes the tables of README.md from action.yml; with --check it only tells whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { readMetadata, withTables } from './docs-tables.ts';

const readmeFile = new URL('../README.md', import.meta.url);
const actionFile = new URL('../action.yml', import.meta.url);

const readme = readFileSync(readmeFile, 'utf8');
const renewed = withTables(readme, readMetadata(readFileSync(actionFile, 'utf8')));
if (renewed === readme) {
  console.log('README.md is up to date with action.yml.');
} else if (process.argv.includes('--check')) {
  console.error('README.md is not up to date with action.yml: run `npm run docs`.');
  process.exitCode = 1;
} else {
  writeFileSync(readmeFile, renewed);
  console.log('README.md: tables written.');
}
