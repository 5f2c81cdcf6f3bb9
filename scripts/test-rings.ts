// What jest's JSON says, ring by ring.

/**
 * @typedef {object} TestFile  one entry of `testResults` in jest's JSON
 * @property {string} name     path of the file
 * @property {string} status   `failed` also when the file could not be run at all; then it has no assertions
 * @property {{ status: string }[]} assertionResults
 */

/**
 * One line a ring, `unit: 812 passed, 0 failed`. A file that could not be run counts as one failed test, and so does a
 * ring of `rings` in which no test was run.
 * @param {{ rings: string[], files: TestFile[], ringOf: (file: string) => string }} run
 * @returns {{ lines: string[], failed: number }}
 */
export function ringLines({ rings, files, ringOf }) {
  const counts = new Map(rings.map((ring) => [ring, { passed: 0, failed: 0, skipped: 0 }]));
  for (const file of files) {
    const ring = ringOf(file.name);
    const count = counts.get(ring) ?? { passed: 0, failed: 0, skipped: 0 };
    counts.set(ring, count);
    const of = (status) => file.assertionResults.filter((test) => test.status === status).length;
    const failed = of('failed');
    count.passed += of('passed');
    count.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
    count.skipped += file.assertionResults.length - of('passed') - failed;
  }
  const silent = (count) => count.passed + count.failed === 0;
  for (const ring of rings) {
    const count = counts.get(ring);
    if (silent(count)) count.failed = 1;
  }
  const shown = [...counts].filter(([, count]) => !silent(count)).sort(([a], [b]) => a.localeCompare(b));
  return {
    lines: shown.map(
      ([ring, { passed, failed, skipped }]) =>
        `${ring}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    ),
    failed: shown.reduce((sum, [, { failed }]) => sum + failed, 0),
  };
}
