import { describe, expect, it } from '@jest/globals';
import { commentBody } from '../../../src/report/comment.ts';
import type { Report } from '../../../src/report/report.ts';
import { asClean, makeGate, makeReceipt, makeReport } from '../../fixtures/reports.ts';

const write = (overrides: Partial<Report> = {}) => commentBody(makeReport(overrides), asClean);
const ENDED_EARLY = { metrics: [], gates: [], resume: undefined, logTail: [] } as const;

describe('what went wrong', () => {
  const logTail = ['Traceback (most recent call last):', 'ValueError: no rows'].map((line) => ({
    node: 'algo-1',
    line,
  }));

  it('stands before everything else: the reason, the end of the log, the next step', () => {
    const outcome = { kind: 'failed', reason: 'AlgorithmError: ExitCode 1' } as const;
    expect(write({ ...ENDED_EARLY, conclusion: 'failure', outcome, logTail })).toContain(`.

SageMaker's reason:

\`\`\`text
AlgorithmError: ExitCode 1
\`\`\`

The log ended with:

\`\`\`text
Traceback (most recent call last):
ValueError: no rows
\`\`\`

**Next:** Mend what the last lines name, and push. [The whole log](`);
  });

  it('is told without a reason and without a log', () => {
    const text = write({ ...ENDED_EARLY, conclusion: 'failure', outcome: { kind: 'failed', reason: undefined } });
    expect(text).toContain('SageMaker gave no reason');
    expect(text).toContain('The script never printed a line');
  });

  it.each<[string, Partial<Report>, RegExp]>([
    [
      'max-run',
      { outcome: { kind: 'stopped', by: 'max-runtime' } },
      /all of `max-run` \(1 h\).*\n\n\*\*Next:\*\* Raise `max-run`/,
    ],
    ['max-wait', { outcome: { kind: 'stopped', by: 'max-wait' } }, /longer than `max-wait` \(2 h\)/],
    [
      'no capacity',
      { outcome: { kind: 'stopped', by: 'max-wait' }, receipt: makeReceipt({ trainingSeconds: undefined }) },
      /No spot instance came within `max-wait` \(2 h\)/,
    ],
    [
      'a job left running',
      { outcome: { kind: 'cancelled', job: 'left' } },
      /`aws sagemaker stop-training-job --training-job-name train-demand-/,
    ],
    ['a gate', { gates: [makeGate('a < 1', 2, 1)] }, /\*\*Next:\*\* Improve the model and push, or change `gates`/],
    [
      'a metric that never came',
      { gates: [makeGate('acc > 1', undefined, 1, 'acc was never seen in the log')] },
      /\| `acc > 1` \| – \| 1 \| ❌ \*\*does not hold\*\*: acc was never seen in the log \|/,
    ],
  ])('is told of %s', (_, overrides, expected) => {
    expect(write({ conclusion: 'failure', ...overrides })).toMatch(expected);
  });
});
