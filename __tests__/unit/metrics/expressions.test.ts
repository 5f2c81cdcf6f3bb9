import { describe, expect, it } from '@jest/globals';
import { withinTime } from '../../../src/adapters/limit.ts';
import { definitionOf, definitionsFor, isMadeFromName } from '../../../src/metrics/definitions.ts';
import { parseGates } from '../../../src/metrics/gate.ts';
import { observe } from '../../../src/metrics/observe.ts';

const LOSS = { name: 'loss', regex: 'LOSS ([0-9.]+)' };

describe("a user's expression", () => {
  it('sees the text as SageMaker does, escapes and all', () => {
    const observer = observe([{ name: 'auc', regex: '.*\\[[0-9]+\\].*#011validation-auc:([0-9.]+)' }]);
    observer.line('[34]#011train-auc:0.9#011validation-auc:0.8');
    expect(observer.observed().get('auc')).toMatchObject({ last: 0.8, points: 1 });
  });

  it('counts redraws, ranks, copies of a step and replays once', () => {
    const observer = observe([LOSS]);
    observer.lines('algo-1', ['LOSS 3#015LOSS 2', '[1,3]<stdout>:step 1 LOSS 9', 'step 5 LOSS 5', 'step 6 LOSS 6']);
    observer.restarted();
    observer.lines('algo-1', ['step 5 LOSS 5.5', 'step 6 LOSS 6.5']);
    observer.lines('algo-2', ['step 6 LOSS 60']);
    expect(observer.observed().get('loss')).toEqual({ last: 6.5, min: 2, max: 6.5, points: 3 });
    expect(
      observer
        .curves(10)
        .get('loss')
        ?.map(({ value }) => value),
    ).toEqual([2, 5.5, 6.5]);
    expect(observer.notes()).toEqual([expect.stringContaining('`loss` with different values')]);
  });

  it('that takes time without end is given up, and what it has seen is no value', () => {
    const observer = observe([{ name: 'evil', regex: '^(?:(?:a+)+b|x=([0-9]+))$' }, LOSS], { withinTime });
    observer.lines('algo-1', ['x=1', 'LOSS 1']);
    expect(observer.observed().get('evil')).toMatchObject({ last: 1 });
    observer.lines('algo-1', [`${'a'.repeat(60)}c`, 'x=2', 'LOSS 2']);
    observer.lines('algo-1', [`${'a'.repeat(60)}c`, 'LOSS 3']);
    expect(Object.fromEntries(observer.observed())).toEqual({
      evil: { last: undefined, min: undefined, max: undefined, points: 0 },
      loss: { last: 3, min: 1, max: 3, points: 3 },
    });
    expect(observer.notes()).toEqual([expect.stringContaining('`evil` took too long')]);
  });
});

describe('the limit of time', () => {
  it('ends what does not end by itself, and lets errors through', () => {
    const done: number[] = [];
    expect(withinTime(() => void done.push(1), 5)).toBe(true);
    expect(withinTime(() => void /^(a+)+$/.test(`${'a'.repeat(60)}c`), 0.02)).toBe(false);
    expect(() =>
      withinTime(() => {
        throw new RangeError('x');
      }, 5),
    ).toThrow(RangeError);
    expect(done).toEqual([1]);
  });
});

describe('definitions with presets', () => {
  const { gates } = parseGates('val_loss < 1\nacc > 0.5');

  it.each([
    [
      'pytorch-lightning',
      'Epoch 1: 100%|█| 8/8 [00:01<00:00, 5.1it/s, val_loss=0.7]#015Epoch 1: 100%|█| 8/8 [00:01<00:00, 5.1it/s, val_loss=0.5]',
    ],
    ['huggingface', "{'val_loss': 0.5, 'epoch': 1.0}"],
    ['huggingface', "{'loss': 0.1, 'val_loss': '0.5', 'epoch': '1.0'}"],
    ['keras', '8/8 [====] - 1s 12ms/step - loss: 0.3 - val_loss: 0.5'],
    ['keras', '8/8 ━━━ 1s 12ms/step - val_loss: 0.5'],
  ] as const)('of %s ask SageMaker for the form of the framework: %j', (preset, line) => {
    const [definition] = definitionsFor([], gates, [preset]);
    if (definition === undefined) throw new Error('no definition');
    expect(definition.name).toBe('val_loss');
    expect(definition.regex).not.toBe(definitionOf('val_loss').regex);
    expect(isMadeFromName(definition)).toBe(true);
    expect(new RegExp(definition.regex).exec(line)?.[1]).toBe('0.5');
  });

  it.each([
    ['lightgbm', "val's auc", "[10]#011train's auc: 0.9#011val's auc: 0.5"],
    ['xgboost', 'validation-rmse', '[10]#011train-rmse:0.9#011validation-rmse:0.5'],
  ] as const)('of %s find %s in %j', (preset, name, line) => {
    const [definition] = definitionsFor([], parseGates(`"${name}" < 1`).gates, [preset]);
    expect(new RegExp(definition?.regex ?? '').exec(line)?.[1]).toBe('0.5');
  });

  it('are read by the framework, by name, and with what else the framework shows', () => {
    const observer = observe(definitionsFor([LOSS], gates, ['huggingface']), { presets: ['huggingface'] });
    observer.lines('algo-1', ["{'eval_loss': 0.25, 'acc': 0.5, 'epoch': 1.0}", 'val_loss=0.75', 'LOSS 7']);
    const found = [...observer.observed()].map(([name, { last }]) => [name, last]);
    expect(found).toEqual([
      ['loss', 7],
      ['val_loss', 0.75],
      ['acc', 0.5],
      ['eval_loss', 0.25],
    ]);
  });
});
