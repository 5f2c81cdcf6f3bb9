import { describe, expect, it } from '@jest/globals';
import type { PresetName } from '../../../src/metrics/presets.ts';
import { readLog } from '../../fixtures/curves.ts';

/** What stands between the program and the reader adds prefixes, escapes, copies and noise, and no measurement. */
const everyLine = (change: (line: string) => string) => (log: string) => log.split('\n').map(change).join('\n');

const CARRIERS: Readonly<Record<string, (log: string) => string>> = {
  "mpirun's prefix": everyLine((line) => `[1,mpirank:0,algo-1]<stdout>:${line}`),
  'a second rank with the same lines': everyLine((line) => `[1,0]<stderr>:${line}\n[1,1]<stderr>:${line}`),
  'a second rank that comes first': everyLine((line) => `[default1]:${line}\n[default0]:${line}`),
  "torchrun's prefix": everyLine((line) => `[rank0]: ${line}`),
  "Ray's prefix": everyLine((line) => `(train pid=12, ip=10.0.0.7) ${line}`),
  'the prefix of local mode': everyLine((line) => `algo-1-x1y2z  | ${line}\nalgo-2-x1y2z  | ${line}`),
  'a date and a level': everyLine((line) => `2025-03-01 10:00:00,123 INFO ${line}`),
  'a logger that says each line again': everyLine((line) => `${line}\nINFO:root:${line}`),
  'a logger that says all of it again': (log) => `${log}\n${everyLine((line) => `INFO:root:${line}`)(log)}`,
  'colours of its own': everyLine((line) => `#033[1m${line}#033[0m`),
  'carriage returns at the ends': everyLine((line) => `${line}#015`),
  'an event for each redraw': (log) => log.replaceAll('#015', '\n#015'),
  'events without their leading blanks': everyLine((line) => line.trim()),
  'empty events': everyLine((line) => `${line}\n`),
  'warnings on the other stream': everyLine((line) => `${line}\n/opt/lib/x.py:12: UserWarning: deprecated since 1.0`),
};

const LOGS: readonly (readonly [string, PresetName | readonly string[], string])[] = [
  [
    'PyTorch Lightning',
    'pytorch-lightning',
    `Epoch 0:  50%|█    | 2/4 [00:01<00:01,  2.0it/s, v_num=3, loss_step=0.91]#015Epoch 0: 100%|█| 4/4 [00:02<00:00,  2.0it/s, v_num=3, loss_step=0.81]#015Epoch 0: 100%|█| 4/4 [00:02<00:00,  2.0it/s, v_num=3, loss_step=0.81, val_mae=0.7]Epoch 0, global step 4: 'val_mae' reached 0.70001 (best 0.70001), saving model to '/m/a.ckpt' as top 1
#015Epoch 1:  50%|█    | 2/4 [00:01<00:01,  2.0it/s, v_num=3, loss_step=0.71, val_mae=0.7]#015Epoch 1: 100%|█| 4/4 [00:02<00:00,  2.0it/s, v_num=3, loss_step=0.61, val_mae=0.6]
│         test_mae          │    0.64999    │`,
  ],
  [
    'Hugging Face',
    'huggingface',
    ` 50%|█████     | 1/2 [00:01<00:01,  1.0it/s]#015                         #015{'loss': 0.7, 'learning_rate': 1e-05, 'epoch': 0.0}
{'loss': 0.7, 'learning_rate': 5e-06, 'epoch': 0.0}
{'eval_loss': 0.61234, 'eval_runtime': 1.5, 'epoch': 1.0}
***** eval metrics *****
  epoch        =    1.0
  eval_loss    = 0.6123`,
  ],
  [
    'Keras',
    'keras',
    `Epoch 1/2
#015 1/10 [==>...........................] - ETA: 3s - loss: 0.9000${'#010'.repeat(30)}#01510/10 [==============================] - 3s 300ms/step - loss: 0.7000 - val_loss: 0.6500
Epoch 2/2
 10/10 ━━━━━━━━━━━━━━━━━━━━ 0s 5ms/step - loss: 0.6000 - val_loss: 0.5500`,
  ],
  [
    'LightGBM',
    'lightgbm',
    "[10]#011valid_0's l1: 0.5#011valid_0's l2: 0.4\n[20]#011valid_0's l1: 0.3#011valid_0's l2: 0.2\nDid not meet early stopping. Best iteration is:\n[17]#011valid_0's l1: 0.29#011valid_0's l2: 0.19",
  ],
  ['XGBoost', 'xgboost', '[0]#011train-rmse:3.5#011test-rmse:4.5\n[1]#011train-rmse:2.5+0.5#011test-rmse:3.5+0.25'],
  [
    'fastai',
    ['train_loss', 'accuracy'],
    'epoch     train_loss  valid_loss  accuracy  time\n0         0.75        0.65        0.5       00:01\n1         0.55        0.60        0.625     00:01',
  ],
  [
    'Stable-Baselines3',
    ['rollout/ep_rew_mean', 'loss'],
    '--------------------------\n| rollout/       |       |\n|    ep_rew_mean | 22.5  |\n| train/         |       |\n|    loss        | 0.125 |\n--------------------------',
  ],
  ['a page of results', ['MAPE', 'R^2'], 'Results\n  MAPE : 0.125\n  R^2  : 0.875'],
];

describe.each(Object.entries(CARRIERS))('%s', (_, carried) => {
  it.each(LOGS)('leaves the metrics of %s as they are', (_name, asked, log) => {
    const plain = readLog(asked, log);
    expect(Object.keys(plain).length).toBeGreaterThan(0);
    expect(readLog(asked, carried(log))).toEqual(plain);
  });
});
