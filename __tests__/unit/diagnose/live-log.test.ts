import { describe, expect, it } from '@jest/globals';
import { makeLiveLog } from '../../../src/diagnose/live-log.ts';

const lines = (node: string, at: number, ...texts: readonly string[]) =>
  ({ kind: 'lines', node, lines: texts, times: texts.map(() => at) }) as const;

describe('the log of a job that is followed', () => {
  it('is put in the order of time, each line with its node and number', () => {
    const log = makeLiveLog(2);
    log.listen(lines('algo-2', 2000, 'second', 'third'));
    log.listen(lines('algo-1', 1000, 'first'));
    log.listen({ kind: 'transition', status: 'Training', message: 'no line', at: 1 });
    log.listen(lines('algo-1', 3000, 'tab\there'));
    expect(log.excerpt()).toEqual({
      totalLines: 4,
      complete: true,
      lines: [
        { stream: 'algo-1', at: 1000, number: 1, text: 'first' },
        { stream: 'algo-2', at: 2000, number: 1, text: 'second' },
        { stream: 'algo-2', at: 2000, number: 2, text: 'third' },
        { stream: 'algo-1', at: 3000, number: 2, text: 'tab\there' },
      ],
    });
  });

  it('is empty when nothing was said', () => {
    expect(makeLiveLog(1).excerpt()).toEqual({ lines: [], totalLines: 0, complete: true });
  });

  it('keeps what fits of a flood: beginning, end, and the traceback between them', () => {
    const log = makeLiveLog(1);
    const flood = Array.from({ length: 5000 }, (_, index) => `step ${index} ${'.'.repeat(200)}`);
    log.listen(lines('algo-1', 1, 'the very first'));
    for (let round = 0; round < 3; round++) log.listen(lines('algo-1', 2, ...flood));
    log.listen(lines('algo-1', 3, 'Traceback (most recent call last):', 'ValueError: in the middle'));
    for (let round = 0; round < 3; round++) log.listen(lines('algo-1', 4, ...flood));
    log.listen(lines('algo-1', 5, 'the very last'));
    const { lines: kept, totalLines, complete } = log.excerpt();
    const texts = kept.map(({ text }) => text);
    expect([totalLines, complete]).toEqual([30_004, false]);
    expect(texts).toEqual(expect.arrayContaining(['the very first', 'ValueError: in the middle', 'the very last']));
    expect(texts.join('\n').length).toBeLessThan(2 * 1024 * 1024);
  });

  it('lets nodes beyond the two dozen share what is left', () => {
    const log = makeLiveLog(100);
    for (let node = 1; node <= 100; node++) log.listen(lines(`algo-${node}`, node, `hello of ${node}`));
    const { lines: kept } = log.excerpt();
    expect(kept.map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_, index) => `hello of ${index + 1}`));
    expect(new Set(kept.map(({ stream }) => stream)).size).toBe(25);
  });
});
