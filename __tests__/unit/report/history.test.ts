import { describe, expect, it } from '@jest/globals';
import { commentBody } from '../../../src/report/comment.ts';
import { type Entry, historyLine, readHistory } from '../../../src/report/history.ts';
import { asClean, makeJob, makeMetric, makeReport } from '../../fixtures/reports.ts';

const entry = (over: Partial<Entry> = {}): Entry => ({
  run: '6000',
  commit: 'a'.repeat(40),
  verdict: 'failure',
  reused: false,
  metric: { name: 'val_mape', value: 0.2 },
  ...over,
});
const comment = (line: string) => `<!-- train-on-sagemaker:forecast -->\nbody\n\n${line}\n<!-- train-run:6000 -->\n`;

describe('the history', () => {
  it('grows by one entry a run, the present one first, and is folded', () => {
    const first = commentBody(makeReport({ runId: '7000', conclusion: 'failure' }), asClean);
    expect(first).not.toContain('runs of this pull request');
    const second = commentBody(makeReport({ runId: '7001', job: makeJob({ origin: 'reused' }) }), asClean, first);
    expect(second).toContain('<summary>2 runs of this pull request</summary>');
    const rows = second.split('\n').filter((line) => line.includes('/actions/runs/70') && line.startsWith('|'));
    expect(rows.map((row) => row.split(' | ').slice(1, 3))).toEqual([
      ['✅ passed, by an earlier job', '`val_mape` 0.084127'],
      ['❌ failed', '`val_mape` 0.084127'],
    ]);
    // The same run again is the same entry.
    expect(readHistory(commentBody(makeReport({ runId: '7001' }), asClean, second))).toHaveLength(2);
  });

  it('does not say of a run that lost the comment that it still runs', () => {
    const before = commentBody(
      makeReport({ runId: '7000', conclusion: 'running', outcome: { kind: 'running', phase: 'Training' } }),
      asClean,
    );
    const after = commentBody(makeReport({ runId: '7001' }), asClean, before);
    expect(after).toContain('⛔ replaced by a newer run');
    expect(after).not.toContain('⏳ running');
  });

  it('keeps the newest fifteen', () => {
    let body: string | undefined;
    for (let run = 1; run <= 20; run++) body = commentBody(makeReport({ runId: String(run) }), asClean, body);
    expect(readHistory(body).map(({ run }) => run)).toEqual(
      Array.from({ length: 15 }, (_, index) => String(index + 6)),
    );
  });

  it('holds nothing that could end the comment it hides in, and survives the line ends of GitHub', () => {
    const hostile = makeMetric({ name: '--><img src=x>&<!--' });
    const body = commentBody(makeReport({ metrics: [hostile], gates: [] }), asClean);
    const line = body.split('\n').at(-3) ?? '';
    expect(line).toMatch(/^<!-- train-history:[^<>&]* -->$/);
    expect(line.slice(4, -3)).not.toContain('--');
    expect(readHistory(body.replaceAll('\n', '\r\n'))[0]?.metric?.name).toBe('--><img src=x>&<!--');
  });

  it('leaves out a value that is no number', () => {
    const report = makeReport({ metrics: [makeMetric({ last: Number.NaN })], gates: [] });
    expect(readHistory(commentBody(report, asClean))).toMatchObject([{ metric: null }]);
  });
});

describe('a line that is read back', () => {
  it('is what was written', () => {
    const entries = [entry(), entry({ run: '6001', verdict: 'success', metric: null, reused: true })];
    expect(readHistory(comment(historyLine(entries)))).toEqual(entries);
  });

  it.each([
    ['no comment', undefined],
    ['a broken line', comment('<!-- train-history:[{ -->')],
    ['no list', comment('<!-- train-history:{"a":1} -->')],
    ['a line that the log printed', `x\n${historyLine([entry()])}\nlog goes on\n<!-- train-run:1 -->`],
    ['a commit that is none', comment(historyLine([entry({ commit: '../../evil' })]))],
    ['a run that is none', comment(historyLine([entry({ run: 'javascript:1' })]))],
    ['a verdict nobody knows', comment(historyLine([entry({ verdict: 'great' as never })]))],
    ['nonsense', comment('<!-- train-history:[null,1,"x",[]] -->')],
  ])('is nothing for %s', (_, text) => {
    expect(readHistory(text)).toEqual([]);
  });

  it('loses a metric that is none, and keeps the rest', () => {
    const forged = [
      entry({ metric: { name: 'x'.repeat(200), value: 1 } }),
      entry({ metric: { name: 'x', value: '1' as never } }),
    ];
    expect(readHistory(comment(historyLine(forged))).map(({ metric }) => metric)).toEqual([null, null]);
  });
});
