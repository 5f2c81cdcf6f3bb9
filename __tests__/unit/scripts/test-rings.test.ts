import { describe, expect, it } from '@jest/globals';
import { ringLines, type TestFile } from '../../../scripts/test-rings.ts';

const ringOf = (file: string) => file.split('/')[0] ?? '';
const file = (
  name: string,
  statuses: string[],
  status = statuses.includes('failed') ? 'failed' : 'passed',
): TestFile => ({
  name,
  status,
  assertionResults: statuses.map((status) => ({ status })),
});

describe('the rings of npm test', () => {
  it.each<{ of: string; rings?: string[]; files: TestFile[]; lines: string[]; failed: number }>([
    {
      of: 'sums files by their first folder, by name',
      files: [file('unit/b', ['passed', 'failed']), file('e2e/a', ['passed']), file('unit/c', ['passed'])],
      lines: ['e2e: 1 passed, 0 failed', 'unit: 2 passed, 1 failed'],
      failed: 1,
    },
    {
      of: 'counts a file that could not be run as one failed test',
      files: [file('unit/broken', [], 'failed')],
      lines: ['unit: 0 passed, 1 failed'],
      failed: 1,
    },
    {
      of: 'counts a failing hook after passed tests as a failure',
      files: [file('unit/hook', ['passed'], 'failed')],
      lines: ['unit: 1 passed, 1 failed'],
      failed: 1,
    },
    {
      of: 'fails a ring that must run and ran nothing, also when all of it was skipped',
      rings: ['e2e', 'unit'],
      files: [file('unit/a', ['pending', 'todo'])],
      lines: ['e2e: 0 passed, 1 failed', 'unit: 0 passed, 1 failed, 2 skipped'],
      failed: 2,
    },
    {
      of: 'does not name a ring that was not asked for and ran nothing',
      files: [file('unit/a', ['passed']), file('e2e/a', ['pending'], 'skipped')],
      lines: ['unit: 1 passed, 0 failed'],
      failed: 0,
    },
  ])('$of', ({ rings = [], files, lines, failed }) => {
    expect(ringLines({ rings, files, ringOf })).toEqual({ lines, failed });
  });
});
