/** What jest's JSON says, ring by ring. */

/** One entry of `testResults` in jest's JSON. */
export interface TestFile {
  readonly name: string;
  /** `failed` also when the file could not be run at all; then it has no assertions. */
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

export interface TestRun {
  /** Rings of which each must have run a test; others are shown when they did. */
  readonly rings: readonly string[];
  readonly files: readonly TestFile[];
  readonly ringOf: (file: string) => string;
}

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * One line a ring, `unit: 812 passed, 0 failed`. A file that could not be run counts as one failed test, and so does a
 * ring that must have run a test and did not.
 */
export function ringLines({ rings, files, ringOf }: TestRun): { lines: string[]; failed: number } {
  const counts = new Map<string, Count>(rings.map((ring) => [ring, { passed: 0, failed: 0, skipped: 0 }]));
  for (const file of files) {
    const ring = ringOf(file.name);
    counts.set(ring, sum(counts.get(ring) ?? { passed: 0, failed: 0, skipped: 0 }, countOf(file)));
  }
  const shown = [...counts]
    .map(([ring, count]) => ({ ring, ...count, ...(isSilent(count) && rings.includes(ring) && { failed: 1 }) }))
    .filter((count) => !isSilent(count))
    .sort((a, b) => a.ring.localeCompare(b.ring));
  return { lines: shown.map(lineOf), failed: shown.reduce((total, { failed }) => total + failed, 0) };
}

function countOf({ status, assertionResults }: TestFile): Count {
  const of = (wanted: string) => assertionResults.filter((test) => test.status === wanted).length;
  const [passed, failed] = [of('passed'), of('failed')];
  const skipped = assertionResults.length - passed - failed;
  return { passed, failed: failed === 0 && status === 'failed' ? 1 : failed, skipped };
}

const sum = (a: Count, b: Count): Count => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

const isSilent = ({ passed, failed }: Count) => passed + failed === 0;

const lineOf = ({ ring, passed, failed, skipped }: Count & { ring: string }) =>
  `${ring}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
