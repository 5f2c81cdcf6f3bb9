import { describe, expect, it } from '@jest/globals';
import { LogMetrics } from '../../../src/metrics/log-metrics.ts';
import { drawingsOf } from '../../../src/metrics/record.ts';
import { readLog, seen } from '../../fixtures/curves.ts';

const steps = (from: number, to: number, value = (step: number) => step / 10) =>
  Array.from({ length: to - from + 1 }, (_, at) => `step ${from + at} loss=${value(from + at)}`);

describe('records of a line', () => {
  it.each([
    ['[1,mpirank:3,algo-2]<stderr>:INFO:root:loss=1', [{ text: 'loss=1', rank: 3, channel: 'logger' }]],
    ['[1,0]<stdout>:a#011b', [{ text: 'a\tb', rank: 0, channel: 'stdout' }]],
    ['[rank7]:[titan] x', [{ text: '[titan] x', rank: 7 }]],
    ['[default2]:x', [{ text: 'x', rank: 2 }]],
    ['abc_algo-1-x1y2 | x', [{ text: 'x', rank: 1 }]],
    ['(train pid=42, ip=10.0.0.1) x', [{ text: 'x' }]],
    ['2024-05-01T10:00:00.123Z INFO x', [{ text: 'x', channel: 'dated logger' }]],
    ['#033[34mblue#033[0m \u001b[1mbold\u001b[0m', [{ text: 'blue bold' }]],
    ['x=1[1,mpirank:0,algo-1]<stdout>:y=2', [{ text: 'x=1' }, { text: 'y=2', rank: 0 }]],
    ['a#015b\rc\u0008\u0008d#010#010e', ['a', 'b', 'c', 'd', 'e'].map((text, at) => ({ text, redraws: at > 0 }))],
    [
      '[1,5]<stderr>:#015 9%|#01510%|',
      [
        { text: '9%|', rank: 5, redraws: true },
        { text: '10%|', rank: 5, redraws: true },
      ],
    ],
    ['ends in a return\r', [{ text: 'ends in a return', redraws: false }]],
    ['', []],
  ])('of %j', (line, records) => {
    const found = drawingsOf(line).flatMap((drawing) => drawing.records);
    expect(found).toHaveLength(records.length);
    expect(found).toMatchObject(records);
  });
});

describe('ranks and nodes', () => {
  it('print one metric: the lowest one that prints it counts, also when it comes later', () => {
    const log = [
      '[1,8]<stdout>:epoch 1 loss=8',
      '[1,2]<stdout>:epoch 1 loss=2',
      '[1,8]<stdout>:epoch 2 loss=7',
      '[1,2]<stdout>:epoch 2 loss=1',
    ];
    expect(readLog(['loss'], log)).toEqual({ loss: { last: 1, points: 2 } });
  });

  it('that print different values for one place are told', () => {
    const metrics = new LogMetrics({ presets: [], names: ['loss', 'acc'] });
    for (const node of ['algo-1', 'algo-2', 'algo-10']) metrics.line(node, `epoch 1 loss=${node.length} acc=0.5`);
    expect(seen(metrics)).toEqual({ loss: { last: 6, points: 1 }, acc: { last: 0.5, points: 1 } });
    expect(metrics.disputed()).toEqual(['loss']);
  });

  it('do not mix what they print between', () => {
    const log = [
      '[1,0]<stdout>:Epoch 1/1',
      '[1,1]<stdout>:Epoch 1/1',
      '[1,1]<stdout>:8/8 [===] - 1s 1ms/step - loss: 9',
      '[1,0]<stdout>:8/8 [===] - 1s 1ms/step - loss: 1',
    ];
    expect(readLog('keras', log)).toEqual({ loss: { last: 1, points: 1 } });
  });
});

describe('copies', () => {
  it.each([
    ['by another channel at once', ['[1,0]<stdout>:loss: 0.5', '[1,0]<stderr>:INFO:m:loss: 0.5']],
    ['by a logger at the end', ['loss: 0.5', 'acc: 1', 'INFO:m:loss: 0.5']],
    ['of a step, on the next line', ['loss = 0.5, step = 7', 'loss = 0.5, step = 7']],
    [
      'of all steps, at the end',
      ['step 1 loss=0.5', 'step 2 loss=0.5', 'step 1 loss=0.5', 'step 2 loss=0.5'].slice(1, 2),
    ],
  ])('%s count once', (_, log) => {
    expect(readLog(['loss'], log)).toEqual({ loss: { last: 0.5, points: 1 } });
  });

  it('are told from equal values of two measurements', () => {
    expect(readLog(['loss'], ['loss: 0.5', 'loss: 0.5', 'step 1 loss: 0.5', 'step 2 loss: 0.5'])).toMatchObject({
      loss: { points: 4 },
    });
  });

  it('of a whole log leave it as it is', () => {
    expect(readLog(['loss'], [...steps(1, 50), ...steps(1, 50)])).toEqual({ loss: { last: 5, points: 50 } });
  });
});

describe('a replay', () => {
  const plus = (value: number) => (step: number) => step / 10 + value;

  it('after an interruption takes back what it measures again', () => {
    const metrics = new LogMetrics({ presets: [], names: ['loss'] });
    for (const line of steps(1, 24)) metrics.line('algo-1', line);
    metrics.restarted('algo-1');
    for (const line of steps(21, 30, plus(0.01))) metrics.line('algo-1', line);
    expect(seen(metrics)).toEqual({ loss: { last: 3.01, points: 30 } });
    expect(metrics.observed().get('loss')).toMatchObject({ min: 0.1, max: 3.01 });
  });

  it.each([
    ['from the start', 1],
    ['from a checkpoint', 11],
  ])('%s is told by the restart of the program', (_, from) => {
    const start = 'Invoking script with the following command:';
    const log = [start, ...steps(1, 20), start, ...steps(from, 25, plus(0.5))];
    expect(readLog(['loss'], log)).toEqual({ loss: { last: 3, points: 25 } });
  });

  it('is told by the words of the program, or by its steps alone', () => {
    const log = [...steps(1, 20), 'Resuming from checkpoint step-10.json', ...steps(11, 25, plus(0.5))];
    expect(readLog(['loss'], log)).toEqual({ loss: { last: 3, points: 25 } });
    expect(
      readLog(
        ['loss'],
        log.filter((line) => line.startsWith('step')),
      ),
    ).toEqual({ loss: { last: 3, points: 25 } });
  });

  it('is no second model, whose steps begin anew', () => {
    const log = [...steps(1, 20), ...steps(1, 10, plus(0.5))];
    expect(readLog(['loss'], log)).toEqual({ loss: { last: 1.5, points: 30 } });
  });

  it('that begins at the very last step, or never comes, takes back nothing else', () => {
    const metrics = new LogMetrics({ presets: [], names: ['loss'] });
    for (const line of steps(1, 12)) metrics.line('algo-1', line);
    metrics.restarted();
    for (const line of [...steps(13, 24), 'finished: step=24 loss=2.4']) metrics.line('algo-1', line);
    expect(seen(metrics)).toEqual({ loss: { last: 2.4, points: 24 } });
    metrics.restarted();
    metrics.line('algo-1', 'step 24 loss=7');
    expect(seen(metrics)).toEqual({ loss: { last: 7, points: 24 } });
  });

  it('forgets the extremes of what it takes back', () => {
    const metrics = new LogMetrics({ presets: [], names: ['loss'] });
    for (const line of ['step 1 loss=1', 'step 2 loss=99', 'step 3 loss=-99']) metrics.line('algo-1', line);
    metrics.restarted('algo-1');
    for (const line of ['step 2 loss=2', 'step 3 loss=3']) metrics.line('algo-1', line);
    expect(metrics.observed().get('loss')).toEqual({ last: 3, min: 1, max: 3, points: 3 });
  });
});

describe('redraws', () => {
  it('of one line count once, unless they say that they are other steps', () => {
    expect(readLog(['loss'], 'loss: 3#015loss: 2#015loss: 1')).toEqual({ loss: { last: 1, points: 1 } });
    expect(readLog(['loss'], 'step 1 loss: 3\rstep 2 loss: 2')).toEqual({ loss: { last: 2, points: 2 } });
  });
});

describe('a long curve', () => {
  it('keeps count, first, last and extremes in bounded memory', () => {
    const metrics = new LogMetrics({ presets: [], names: ['loss'] });
    const value = (step: number) => (step === 4_321 ? -7 : step === 5_432 ? 1e9 : 1 / step);
    for (const line of steps(1, 20_000, value)) metrics.line('algo-1', line);
    expect(metrics.observed().get('loss')).toEqual({ last: value(20_000), min: -7, max: 1e9, points: 20_000 });
    for (const most of [50, 4_000]) {
      const points = metrics.curves(most).get('loss') ?? [];
      expect(points.length).toBeLessThanOrEqual(Math.min(most, 2_048));
      expect(points.length).toBeGreaterThan(Math.min(most, 2_048) / 5);
      expect(points.at(0)).toEqual({ order: 1, value: 1, place: [-1, 1] });
      expect(points.at(-1)).toMatchObject({ order: 20_000 });
      expect(points.map((point) => point.value)).toEqual(expect.arrayContaining([-7, 1e9]));
      expect(points.map(({ order }) => order)).toEqual(points.map(({ order }) => order).sort((a, b) => a - b));
    }
  });

  it('is thinned evenly: no part of it is drawn finer than another', () => {
    const metrics = new LogMetrics({ presets: [], names: ['loss'] });
    for (const line of steps(1, 30_000, (step) => step)) metrics.line('algo-1', line);
    const orders = (metrics.curves(100).get('loss') ?? []).map(({ order }) => order);
    const gaps = orders.slice(1).map((order, at) => order - (orders[at] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(1_500);
    expect(orders.filter((order) => order <= 15_000).length / orders.length).toBeCloseTo(0.5, 1);
  });

  it('of nothing but nan is one, too', () => {
    const metrics = new LogMetrics({ presets: [], names: ['loss'] });
    for (const line of steps(1, 5_000, () => Number.NaN)) metrics.line('algo-1', line);
    expect(metrics.observed().get('loss')).toEqual({
      last: Number.NaN,
      min: Number.NaN,
      max: Number.NaN,
      points: 5_000,
    });
    expect(metrics.curves(50).get('loss')?.length).toBeGreaterThan(0);
  });
});

describe('any text', () => {
  const hostile = [
    ' '.repeat(200_000),
    '|'.repeat(100_000),
    'loss'.repeat(50_000),
    'loss '.repeat(40_000),
    `loss${' '.repeat(100_000)}=${' '.repeat(100_000)}1`,
    `{'loss': ${'['.repeat(100_000)}`,
    `{${"'a': 1, ".repeat(20_000)}`,
    '#015'.repeat(50_000),
    'Epoch 1: 50%|'.repeat(15_000),
    `Epoch 1: 50%|${' '.repeat(50_000)}| 1/2 [${','.repeat(50_000)}it/s`,
    `test metric${' '.repeat(100_000)}dataloader`,
    '1/'.repeat(50_000),
    '0'.repeat(200_000),
    '1 - '.repeat(50_000),
    '[1,0]<stdout>:'.repeat(10_000),
  ];

  it.each(hostile.map((text) => [`${text.slice(0, 20)}… of ${text.length}`, text]))(
    '%s is read to its end',
    (_, text) => {
      const names = ['loss', 'a b', "val's"];
      expect(() => readLog(names, [text, text])).not.toThrow();
      for (const preset of ['pytorch-lightning', 'huggingface', 'keras', 'lightgbm', 'xgboost'] as const)
        expect(() => readLog(preset, text)).not.toThrow();
    },
  );
});
