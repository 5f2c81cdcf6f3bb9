import { describe, expect, it } from '@jest/globals';
import type { MetricDefinition } from '../../../src/inputs/inputs.ts';
import { captureGroups, definitionOf, definitionsFor } from '../../../src/metrics/definitions.ts';
import { disagreements, finalMetrics } from '../../../src/metrics/final.ts';
import { parseGates } from '../../../src/metrics/gate.ts';
import { numberOf, observe } from '../../../src/metrics/observe.ts';

function valuesIn(definition: MetricDefinition, ...lines: readonly string[]): unknown {
  const observer = observe([definition]);
  for (const line of lines) observer.line(line);
  return observer.observed().get(definition.name);
}

const NOTHING = { last: undefined, min: undefined, max: undefined, points: 0 };

describe('the definition made of a name', () => {
  it.each([
    ['loss', 'loss=0.5', 0.5],
    ['loss', 'loss = 0.5', 0.5],
    ['loss', 'loss: 0.5', 0.5],
    ['loss', 'loss:0.5', 0.5],
    ['loss', 'epoch 3, loss=0.5, lr=1', 0.5],
    ['loss', "{'loss': 0.51, 'epoch': 1}", 0.51],
    ['loss', '{"loss": 0.51}', 0.51],
    ['loss', '[10]#011loss: 0.25#011other: 1', 0.25],
    ['loss', 'x#015loss=2#015', 2],
    ['loss', '(loss=1e-05)', 0.00001],
    ['loss', 'loss=-2.117073E+00 ', -2.117073],
    ['loss', 'loss=+.5', 0.5],
    ['loss', 'the end: loss=0.5.', 0.5],
    ['loss', 'loss=5.', 5],
    ['loss', 'loss=98%', 98],
    ['loss', 'loss=0.971; acc=1', 0.971],
    ['loss', 'loss=nan', Number.NaN],
    ['loss', 'loss: -inf', Number.NEGATIVE_INFINITY],
    ['loss', 'loss: Infinity', Number.POSITIVE_INFINITY],
    ['val/loss', 'val/loss=0.5', 0.5],
    ['mAP@0.50:0.95', 'mAP@0.50:0.95 = 0.3', 0.3],
    ["valid_1's auc", "valid_1's auc: 0.9", 0.9],
    ['a+b*(c)[d]', 'a+b*(c)[d]: 1', 1],
    ['wQuantileLoss[0.9]', 'wQuantileLoss[0.9]=0.14', 0.14],
  ])('%s in %j is %d', (name, line, last) => {
    expect(valuesIn(definitionOf(name), line)).toMatchObject({ last, points: 1 });
  });

  it.each([
    ['loss', 'best_loss=0.5'],
    ['loss', 'myloss=0.5'],
    ['loss', 'loss_scale=2'],
    ['loss', 'loss 0.5'],
    ['loss', 'loss == 0.5'],
    ['loss', 'loss=None'],
    ['loss', 'loss=abc'],
    ['loss', 'loss=nano'],
    ['loss', 'loss=34.38s'],
    ['loss', 'loss=9811/10000'],
    ['loss', 'loss=7,034'],
    ['loss', 'loss=1.2.3'],
    ['loss', 'Loss=1'],
    ['a.b', 'aXb=1'],
  ])('%s is not in %j', (name, line) => {
    expect(valuesIn(definitionOf(name), line)).toEqual(NOTHING);
  });

  it.each(['loss', 'val/loss', 'a+b*(c)[d]', 'x{1}|^$', 'back\\slash'])(
    'of %s has one group and needs no look-around, named group or flag',
    (name) => {
      const { regex } = definitionOf(name);
      expect(captureGroups(regex)).toBe(1);
      expect(regex).not.toMatch(/\(\?(?!:)/);
    },
  );

  it('finds every value of a line, also when they stand close', () => {
    expect(valuesIn(definitionOf('loss'), 'loss=3 loss=1 loss=2')).toEqual({ last: 2, min: 1, max: 3, points: 3 });
  });
});

describe('definitionsFor', () => {
  it('keeps the given ones and adds one for each other name, once', () => {
    const given = [{ name: 'b', regex: 'B=([0-9]+)' }];
    const { gates } = parseGates('a + b < 1\nmin(a) < "c d"\ncost_usd < 1');
    expect(definitionsFor(given, gates)).toEqual([...given, definitionOf('a'), definitionOf('c d')]);
  });
});

describe('observe', () => {
  it('keeps last, smallest and largest value and their number, for each definition', () => {
    const observer = observe([
      definitionOf('loss'),
      { name: 'acc', regex: 'accuracy \\(([0-9.]+)\\)' },
      definitionOf('never'),
    ]);
    for (const line of ['loss=3', 'accuracy (0.5)', 'loss=1', '', 'nothing here', 'loss=2 accuracy (0.25)'])
      observer.line(line);
    expect(Object.fromEntries(observer.observed())).toEqual({
      loss: { last: 2, min: 1, max: 3, points: 3 },
      acc: { last: 0.25, min: 0.25, max: 0.5, points: 2 },
      never: NOTHING,
    });
  });

  it('leaves nan out of the smallest and the largest, unless there is nothing else', () => {
    expect(valuesIn(definitionOf('loss'), 'loss=nan', 'loss=1', 'loss=nan')).toEqual({
      last: Number.NaN,
      min: 1,
      max: 1,
      points: 3,
    });
    expect(valuesIn(definitionOf('loss'), 'loss=nan')).toEqual({
      last: Number.NaN,
      min: Number.NaN,
      max: Number.NaN,
      points: 1,
    });
  });

  it.each([
    ['a group that is no number', { name: 'x', regex: 'x=(\\w+)' }, 'x=abc'],
    ['a group that did not take part', { name: 'x', regex: 'x=(?:y|([0-9]+))' }, 'x=y'],
    ['an empty match', { name: 'x', regex: '([0-9]*)' }, 'abc'],
  ])('takes no value from %s', (_, definition, line) => {
    expect(valuesIn(definition, line)).toEqual(NOTHING);
  });

  it('reads the end of a line of any length', () => {
    const redrawn = 'loss=1 '.repeat(150_000);
    expect(valuesIn({ name: 'loss', regex: '.*loss=([0-9.]+)' }, `${redrawn}loss=7`)).toMatchObject({ last: 7 });
    expect(valuesIn(definitionOf('loss'), `${'x'.repeat(1_000_000)}loss=7`)).toEqual(NOTHING);
  });

  it('never takes the end of a cut name for a name', () => {
    const line = `${'best_loss=1 '.repeat(1_000)}`;
    for (let cut = 0; cut < 12; cut++)
      expect(valuesIn(definitionOf('loss'), `${line}${'x'.repeat(cut)}`)).toEqual(NOTHING);
  });
});

describe('numberOf', () => {
  it.each([
    ['1', 1],
    ['-1.5e3', -1500],
    ['.5', 0.5],
    ['5.', 5],
    [' 2 ', 2],
    ['NaN', Number.NaN],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['+inf', Number.POSITIVE_INFINITY],
    ['', undefined],
    ['.', undefined],
    ['0x10', undefined],
    ['1e', undefined],
    ['1,5', undefined],
    [undefined, undefined],
  ])('%j is %s', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });
});

describe('finalMetrics', () => {
  const definitions = ['a', 'b', 'c'].map(definitionOf);

  it("takes SageMaker's value, else the log's, else none", () => {
    const observer = observe(definitions);
    for (const line of ['a=1', 'a=3', 'b=5', 'b=4']) observer.line(line);
    expect(
      finalMetrics(
        definitions,
        [
          { MetricName: 'a', Value: 2 },
          { MetricName: 'other', Value: 9 },
        ],
        observer.observed(),
      ),
    ).toEqual([
      { name: 'a', last: 2, min: 1, max: 3, points: 2, source: 'sagemaker' },
      { name: 'b', last: 4, min: 4, max: 5, points: 2, source: 'log' },
      { name: 'c', last: undefined, min: undefined, max: undefined, points: 0, source: 'none' },
    ]);
  });

  it("knows no smallest and largest value when only SageMaker's is there", () => {
    expect(finalMetrics(definitions.slice(0, 1), [{ MetricName: 'a', Value: 0.5 }], new Map())).toEqual([
      { name: 'a', last: 0.5, min: undefined, max: undefined, points: 0, source: 'sagemaker' },
    ]);
  });

  it('takes the log where SageMaker names the metric without a value', () => {
    const observer = observe(definitions);
    observer.line('a=1');
    expect(finalMetrics(definitions, [{ MetricName: 'a' }], observer.observed())[0]).toMatchObject({
      last: 1,
      source: 'log',
    });
  });

  it.each([
    ['the number that was printed', 0.123456789, Math.fround(0.123456789), 0.123456789],
    ['the shortest decimal without one', undefined, Math.fround(0.12), 0.12],
    ['the shortest decimal when another one was printed', 0.3, Math.fround(0.1), 0.1],
    ['a double as it is', undefined, 0.12345678901, 0.12345678901],
    ['whole numbers as they are', undefined, 123456792, 123456792],
    ['nan as it is', undefined, Number.NaN, Number.NaN],
    ['zero', undefined, 0, 0],
    ['small numbers', undefined, Math.fround(1.17e-7), 1.17e-7],
  ])('gives %s for a value that came as a 32-bit float', (_, printed, final, expected) => {
    const observed = new Map(
      printed === undefined ? [] : [['a', { last: printed, min: printed, max: printed, points: 1 }]],
    );
    expect(finalMetrics(definitions.slice(0, 1), [{ MetricName: 'a', Value: final }], observed)[0]?.last).toBe(
      expected,
    );
  });

  it('adds the metrics that only the log knows, and the curves', () => {
    const observer = observe(definitions.slice(0, 1), { presets: ['xgboost'] });
    for (const line of ['[0]#011train-rmse:0.5', '[1]#011train-rmse:0.25', 'a=7']) observer.line(line);
    expect(finalMetrics(definitions.slice(0, 1), [], observer.observed(), observer.curves(10))).toEqual([
      { name: 'a', last: 7, min: 7, max: 7, points: 1, source: 'log', curve: [{ order: 1, value: 7 }] },
      {
        name: 'train-rmse',
        last: 0.25,
        min: 0.25,
        max: 0.5,
        points: 2,
        source: 'log',
        curve: [
          { order: 1, value: 0.5, place: [0] },
          { order: 2, value: 0.25, place: [1] },
        ],
      },
    ]);
  });

  it.each([
    [0.5, 0.25, 1],
    [0.1, Math.fround(0.1), 0],
    [0.811, 0.8109071, 0],
    [Number.NaN, Number.NaN, 0],
    [Number.NaN, 0.5, 1],
  ])('tells that the log ends with %d and SageMaker with %d (%d sentences)', (logged, final, sentences) => {
    const observer = observe(definitions.slice(0, 1));
    observer.line(`a=${logged}`);
    const finals = [{ MetricName: 'a', Value: final }];
    const metrics = finalMetrics(definitions.slice(0, 1), finals, observer.observed());
    expect(disagreements(metrics, finals, observer.observed())).toHaveLength(sentences);
  });

  it.each(['nan', 'inf', '-inf'])("believes the log's %s, which SageMaker may have left out", (printed) => {
    const observer = observe(definitions.slice(0, 1));
    for (const line of ['a=0.05', `a=${printed}`]) observer.line(line);
    const finals = [{ MetricName: 'a', Value: Math.fround(0.05) }];
    const metrics = finalMetrics(definitions.slice(0, 1), finals, observer.observed());
    expect(metrics).toMatchObject([{ last: numberOf(printed), source: 'log' }]);
    expect(disagreements(metrics, finals, observer.observed())).toEqual([
      `SageMaker gives 0.05 as the final value of \`a\`, the log ends with ${numberOf(printed)}: the log's counts, for it tells how the training ended.`,
    ]);
  });
});
