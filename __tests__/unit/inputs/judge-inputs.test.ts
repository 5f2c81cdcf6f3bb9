import { describe, expect, it } from '@jest/globals';
import { definitionOf } from '../../../src/metrics/definitions.ts';
import { accept, read, refuse } from './environment.ts';

describe('metrics', () => {
  it('are those of the map, then one for each further name of the gates', () => {
    const { metrics, gates } = accept({
      metrics: "val_loss: 'val_loss=([0-9.]+)'\nlr: 'lr (\\S+)'",
      gates: 'val_loss < 1\nmin(acc) > 0.5',
    }).judge;
    expect(metrics).toEqual([
      { name: 'val_loss', regex: 'val_loss=([0-9.]+)' },
      { name: 'lr', regex: 'lr (\\S+)' },
      definitionOf('acc'),
    ]);
    expect(gates.map(({ text }) => text)).toEqual(['val_loss < 1', 'min(acc) > 0.5']);
  });

  it.each([
    ["a: 'x=[0-9]+'", 'with 0 capture groups'],
    ["a: '(x)=([0-9]+)'", 'with 2 capture groups'],
    ["a: '(x'", 'no regular expression'],
    ["a: '(?P<x>[0-9]+)'", 'no regular expression'],
    [`a: '(${'x'.repeat(499)})'`, 'at most 500'],
    [`${'n'.repeat(256)}: '(x)'`, 'at most 255'],
    ['a: |\n  (x)\n  y', 'line break'],
    ['lightning', 'is not a map'],
    [Array.from({ length: 41 }, (_, at) => `m${at}: (x)`).join('\n'), 'has 41 entries'],
  ])('%j is refused: %s', (text, message) => {
    expect(refuse({ metrics: text })).toMatchObject([{ input: 'metrics', message: expect.stringContaining(message) }]);
  });

  it.each(["a: '(?<=loss=)([0-9.]+)'", "a: '(?<value>[0-9.]+)'", "a: '(?i:LOSS)=([0-9.]+)'"])(
    '%s is taken with a warning',
    (text) => {
      expect(read({ metrics: text })).toMatchObject({
        ok: true,
        warnings: [expect.stringContaining('SageMaker may not understand')],
      });
    },
  );

  it.each([
    ['huggingface', ['huggingface'], []],
    ['keras, lightgbm', ['keras', 'lightgbm'], []],
    ['- xgboost\n- keras\n- keras', ['xgboost', 'keras'], []],
    ["- huggingface\n- lr: 'lr (\\S+)'\n  a: 'a (\\S+)'", ['huggingface'], ['lr', 'a']],
    ["pytorch-lightning:\nlr: 'lr (\\S+)'", ['pytorch-lightning'], ['lr']],
    ["keras: 'k=([0-9.]+)'", [], ['keras']],
    ['', [], []],
    ['[]', [], []],
  ])('%j are the presets %j and the expressions of %j', (text, presets, names) => {
    const { judge } = accept({ metrics: text });
    expect(judge.presets).toEqual(presets);
    expect(judge.metrics.map(({ name }) => name)).toEqual(names);
  });

  it('of a preset are asked of SageMaker in the form of the framework', () => {
    const { metrics } = accept({ metrics: "huggingface:\na: 'A ([0-9.]+)'", gates: 'a < 1\neval_loss < 1' }).judge;
    expect(metrics[0]).toEqual({ name: 'a', regex: 'A ([0-9.]+)' });
    expect(metrics[1]).toMatchObject({ name: 'eval_loss', regex: expect.stringContaining("'eval_loss': ") });
  });

  it.each([
    ['- huggingface\n- pytorch', 'line 2', '"pytorch" is no preset'],
    ['huggingface torch', undefined, '"torch" is no preset'],
    ['pytorch:', 'line 1', 'pytorch has no value'],
    ["- a: '(x)'\n- b: 'x'", 'line 2', 'with 0 capture groups'],
  ])('%j is refused at %s: %s', (text, at, message) => {
    expect(refuse({ metrics: text })).toMatchObject([
      { input: 'metrics', ...(at && { at }), message: expect.stringContaining(message) },
    ]);
  });

  it('are at most 40 with those of the gates', () => {
    const metrics = Array.from({ length: 39 }, (_, at) => `m${at}: 'm${at}=([0-9]+)'`).join('\n');
    expect(accept({ metrics, gates: 'm0 + x < 1' }).judge.metrics).toHaveLength(40);
    expect(refuse({ metrics, gates: 'm0 + x + y < 1' })).toMatchObject([
      { input: 'gates', message: 'name 2 metrics beside the 39 of metrics, 41 in all' },
    ]);
  });
});

describe('gates', () => {
  it('tell every wrong line, with its place', () => {
    const problems = refuse({ gates: 'a < 1\nb <\n1 <= baseline\n= 1' });
    expect(problems.map(({ at }) => at)).toEqual(['line 2, column 4', 'line 3, column 6', 'line 4, column 1']);
  });

  it('may compare with the baseline', () => {
    expect(accept({ gates: 'val_mape <= baseline * 1.02' }).judge.gates[0]?.usesBaseline).toBe(true);
  });

  it('refuse names that no definition can hold', () => {
    expect(refuse({ gates: `"${'n'.repeat(256)}" < 1` })).toMatchObject([
      { input: 'gates', at: 'line 1', message: expect.stringContaining('at most 255') },
    ]);
    expect(refuse({ gates: `"${'('.repeat(200)}" < 1` })).toMatchObject([
      { input: 'gates', message: expect.stringContaining('at most 500') },
    ]);
    expect(
      accept({ metrics: `"${'('.repeat(200)}": '([0-9]+)'`, gates: `"${'('.repeat(200)}" < 1` }).judge.metrics,
    ).toHaveLength(1);
  });
});

describe('objective', () => {
  it('says which way is better, and defines the metrics it names', () => {
    const { judge } = accept({ objective: 'val_mape: minimize\n"top-1": maximize' });
    expect(judge.objective).toEqual({ val_mape: 'minimize', 'top-1': 'maximize' });
    expect(judge.metrics.map(({ name }) => name)).toEqual(['val_mape', 'top-1']);
  });

  it('knows two ways', () => {
    expect(refuse({ objective: 'loss: smaller' })).toMatchObject([
      { input: 'objective', at: 'line 1', remedy: expect.stringContaining('minimize or maximize') },
    ]);
  });
});

describe('max-cost', () => {
  const job = { 'instance-type': 'ml.m5.xlarge', 'max-run': '1h' };

  it('is accepted when the worst case fits', () => {
    expect(accept({ ...job, 'max-cost': '0.5' }).judge.maxCostUsd).toBe(0.5);
  });

  it.each([
    ['0.20', 'Set max-run to at most 42m, or set max-cost to at least 0.27.'],
    ['0.01', 'No max-run is short enough: set max-cost to at least 0.27.'],
  ])('of %s is refused in advance, naming the max-run that fits', (limit, remedy) => {
    expect(refuse({ ...job, 'max-cost': limit })).toMatchObject([
      { input: 'max-cost', message: expect.stringContaining('the worst case of 0.27 USD'), remedy },
    ]);
  });

  it.each(['0', '-1', '5 USD', '$5', '1e3', 'much'])('refuses %j', (text) => {
    expect(refuse({ 'max-cost': text })).toMatchObject([{ input: 'max-cost' }]);
  });
});
