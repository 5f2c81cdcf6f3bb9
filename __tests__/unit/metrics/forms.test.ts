import { describe, expect, it } from '@jest/globals';
import type { PresetName } from '../../../src/metrics/presets.ts';
import { readLog } from '../../fixtures/curves.ts';

type Expected = Record<string, readonly [last: number, points: number]>;

const bar = (epoch: number, figures: string) => `Epoch ${epoch}: 100%|█| 5/5 [00:01<00:00, 4.0it/s, ${figures}]`;

/** what it is about, preset or names, the log, what comes out. */
const CASES: readonly (readonly [string, PresetName | readonly string[], string, Expected])[] = [
  [
    'nan and inf as Lightning pads them',
    'pytorch-lightning',
    [bar(0, 'loss_step=1.50'), bar(1, 'loss_step=inf.0'), bar(2, 'loss_step=nan.0')].join('\n'),
    { loss_step: [Number.NaN, 3] },
  ],
  [
    'the same by name',
    ['loss'],
    [bar(0, 'loss=1.50, v_num=0'), bar(1, 'loss=nan.0, v_num=0')].join('\n'),
    { loss: [Number.NaN, 2] },
  ],
  [
    'a column for each data loader',
    'pytorch-lightning',
    `${bar(0, 'v/dataloader_idx_0=0.50, v/dataloader_idx_1=0.75')}
┃      Test metric      ┃     DataLoader 0      ┃     DataLoader 1      ┃
│           v           │        0.4375         │        0.625          │`,
    { 'v/dataloader_idx_0': [0.4375, 2], 'v/dataloader_idx_1': [0.625, 2] },
  ],
  [
    'numbers that NumPy, JAX and TensorFlow wrap',
    ['f1', 'mse', 'acc', 'auc'],
    "done {'f1': np.float64(0.5), 'mse': array(0.25, dtype=float32), 'acc': Array(0.75, dtype=float32)} auc: <tf.Tensor: shape=(), dtype=float32, numpy=0.875>",
    { f1: [0.5, 1], mse: [0.25, 1], acc: [0.75, 1], auc: [0.875, 1] },
  ],
  [
    'the present value, not the running average behind it',
    ['Acc@1', 'Loss'],
    'Epoch: [0][ 5/10]#011Time  0.500 ( 1.000)#011Loss 6.50e+00 (6.80e+00)#011Acc@1   1.56 (  0.80)\n *   Acc@1 3.125 Acc@5 10.250',
    { 'Acc@1': [3.125, 2], Loss: [6.5, 1] },
  ],
  [
    'a name behind the number of the epoch',
    ['loss', 'acc'],
    'epoch 1 loss 0.50, acc 0.75',
    { loss: [0.5, 1], acc: [0.75, 1] },
  ],
  [
    'a series of pandas',
    ['val_mape'],
    'val_mape    0.125\nval_rmse    3.500\ndtype: float64',
    { val_mape: [0.125, 1] },
  ],
  ['frames of boxes', ['MAPE'], '┃ Metric ┃ Value ┃\n│ MAPE   │ 0.125 │', { MAPE: [0.125, 1] }],
  ['lines with commas', ['val_loss'], 'epoch,loss,val_loss\n1,0.75,0.5\n2,0.5,0.25', { val_loss: [0.25, 2] }],
  [
    'the group of a row',
    ['train/loss', 'eval/loss', 'loss'],
    '-----\n| eval/    |      |\n|    loss  | 0.5  |\n| train/   |      |\n|    loss  | 0.75 |\n-----\n| loss | 9 |',
    { 'eval/loss': [0.5, 1], 'train/loss': [0.75, 1], loss: [9, 3] },
  ],
];

describe('a reader knows', () => {
  it.each(CASES)('%s', (_, asked, log, expected) => {
    const found = Object.entries(readLog(asked, log)).map(([name, { last, points }]) => [name, [last, points]]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});

describe('a reader is not misled by', () => {
  it.each([
    ['settings in one line behind other words', ['loss'], 'Parameters TrainingArguments(beta=0.9, loss=1)'],
    ['settings of a library of its own', ['alpha'], 'Using LoraConfig(r=8, alpha=16)'],
    ['settings over many lines', ['lr'], 'config: ModelArgs(\nlr=0.5,\n)'],
    ["a bar's own percentage", ['mAP50-95'], 'Box(P  R  mAP50-95): 100%|█████| 2/2 [00:01<00:00,  1.9it/s]'],
    ['a header of pairs', ['R^2'], 'R^2  : none\nMAPE 5'],
  ])('%s', (_, names, log) => {
    expect(readLog(names, log)).toEqual({});
  });

  it('rows of another table with as many columns', () => {
    const log = [
      '      Iter       Train Loss   Remaining Time',
      '         1           1.25            0.01s',
      '         2           0.75            0.01s',
      'Validation score: 0.875',
      '    accuracy                           0.94       400',
    ];
    expect(readLog(['Train Loss', 'Validation score'], log)).toEqual({
      'Train Loss': { last: 0.75, points: 2 },
      'Validation score': { last: 0.875, points: 1 },
    });
  });

  it('the names of loggers, and takes no metric for one', () => {
    expect(readLog(['val_loss'], 'INFO:val_loss: 0.5\nINFO:my.trainer:val_loss: 0.25')).toEqual({
      val_loss: { last: 0.25, points: 2 },
    });
  });
});
