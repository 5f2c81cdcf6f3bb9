import { describe, expect, it } from '@jest/globals';
import type { PresetName } from '../../../src/metrics/presets.ts';
import { readLog } from '../../fixtures/curves.ts';

const BS = '#010'.repeat(40);

/** preset, what it is about, the log, what comes out: metric → [last, points]. */
const CASES: readonly (readonly [PresetName, string, string, Record<string, readonly [number, number]>])[] = [
  [
    'pytorch-lightning',
    'counts a step once, however often it is drawn',
    `Epoch 0:   0%|          | 0/3 [00:00<?, ?it/s]
Epoch 0:  33%|███▎      | 1/3 [00:01<00:02,  1.00s/it]
Epoch 0:  33%|███▎      | 1/3 [00:01<00:02,  1.00s/it, loss=0.9, v_num=0]
Epoch 0:  67%|██████▋   | 2/3 [00:02<00:01,  1.00s/it, loss=0.9, v_num=0]
Epoch 0:  67%|██████▋   | 2/3 [00:02<00:01,  1.00s/it, loss=0.8, v_num=0]
Epoch 0: 100%|██████████| 3/3 [00:03<00:00,  1.00it/s, loss=0.7, v_num=0]`,
    { loss: [0.7, 3] },
  ],
  [
    'pytorch-lightning',
    'takes the figures of an epoch from its last bar, not from the bars that carry them on',
    `Epoch 0: 100%|██████████| 8/8 [00:01<00:00, 5.10it/s, v_num=1, train_loss_step=0.50, val_loss=0.700]
Epoch 1:   0%|          | 0/8 [00:00<?, ?it/s, v_num=1, train_loss_step=0.50, val_loss=0.700]
Epoch 1:  50%|█████     | 4/8 [00:01<00:01, 5.10it/s, v_num=1, train_loss_step=0.40, val_loss=0.700]
Epoch 1: 100%|██████████| 8/8 [00:01<00:00, 5.10it/s, v_num=1, train_loss_step=0.30, val_loss=0.700]
Epoch 1: 100%|██████████| 8/8 [00:01<00:00, 5.10it/s, v_num=1, train_loss_step=0.30, val_loss=0.600]
Epoch 2:  12%|█▎        | 1/8 [00:00<00:01, 5.10it/s, v_num=1, train_loss_step=0.20, val_loss=0.600]`,
    { val_loss: [0.6, 2], train_loss_step: [0.2, 4] },
  ],
  [
    'pytorch-lightning',
    'trusts no pair that the terminal cut, and cuts where two bars are glued',
    "Epoch 0: 100%|█| 4/4 [00:01<00:00, 4.0it/s, v_num=0, val_loss=0.51, train_loss_epoch=0.03Epoch 0, global step 4: 'val_loss' reached 0.51234 (best 0.51234), saving model to '/m/a.ckpt' as top 1\nEpoch 1: 100%|█| 4/4 [00:01<00:00, 4.0it/s, v_num=0, val_loss=0.41, trEpoch 1, global step 8: 'val_loss' was not in top 1",
    { val_loss: [0.41, 2] },
  ],
  [
    'pytorch-lightning',
    'takes the value of a checkpoint message where no bar shows it',
    `Epoch 0, global step 10: 'val_wer' reached 0.91 (best 0.91), saving model to '/m/epoch=0.ckpt' as top 1
Epoch 1, global step 20: 'val_wer' was not in top 1
Epoch 2, global step 30: val_wer reached 0.87 (best 0.87), saving model to "/m/epoch=2.ckpt" as top 1`,
    { val_wer: [0.87, 2] },
  ],
  [
    'pytorch-lightning',
    'reads the Rich bar',
    `Epoch 0/1  ━━━━━━━━━━━━━━━━━━━━ 25/25 0:00:01 • 0:00:00 18.20it/s v_num: 0.000 train_loss: 0.512 val_acc: 0.750
Epoch 1/1  ━━━━━━━━━━━━━━━━━━━━ 25/25 0:00:01 • 0:00:00 18.20it/s v_num: 0.000 train_loss: 0.412 val_acc: 0.800`,
    { train_loss: [0.412, 2], val_acc: [0.8, 2] },
  ],
  [
    'pytorch-lightning',
    'reads result tables, and the same values printed after them',
    `Testing: 0it [00:00, ?it/s]────────────────────────
       Test metric             DataLoader 0
────────────────────────────────────────────────────
        accuracy            0.912345678
       test_loss            0.25
────────────────────────────────────────────────────
[{'accuracy': 0.912345678, 'test_loss': 0.25}]`,
    { accuracy: [0.912345678, 1], test_loss: [0.25, 1] },
  ],
  [
    'pytorch-lightning',
    'reads the framed table and the old one',
    `┃        Validate metric        ┃       DataLoader 0        ┃
│           val_loss            │    0.3012345              │
DATALOADER:0 TEST RESULTS
{'auroc': 0.875}`,
    { val_loss: [0.3012345, 1], auroc: [0.875, 1] },
  ],
  [
    'pytorch-lightning',
    'takes a printed value as the last bar, with more digits',
    `Epoch 4: 100%|██████████| 8/8 [00:01<00:00, 5.10it/s, v_num=1, val_iou=0.811]
val_iou: 0.8109071`,
    { val_iou: [0.8109071, 1] },
  ],
  [
    'pytorch-lightning',
    'counts a second model of the same log, though its epochs are the same',
    `GPU available: False, used: False
Epoch 9: 100%|██████████| 1/1 [00:00<00:00, 40.1it/s, v_num=1, train_loss_epoch=4.5]
Epoch 9: 100%|██████████| 1/1 [00:00<00:00, 40.0it/s, v_num=1, train_loss_epoch=4.5]
GPU available: False, used: False
Epoch 9: 100%|██████████| 1/1 [00:00<00:00, 40.1it/s, v_num=2, train_loss_epoch=3.5]
Epoch 9: 100%|██████████| 1/1 [00:00<00:00, 40.0it/s, v_num=2, train_loss_epoch=3.5]`,
    { train_loss_epoch: [3.5, 2] },
  ],
  [
    'pytorch-lightning',
    'finds nothing in a model summary',
    `  | Name  | Type | Params
0 | loss  | MAE  | 0
Metric val_loss improved by 0.001 >= min_delta = 0.0. New best score: 0.776
Validation DataLoader 0: 100%|██████████| 23/23 [00:00<00:00, 40.57it/s]`,
    {},
  ],
  [
    'huggingface',
    'takes what a dictionary measures, not what it counts or times',
    `{'loss': 0.625, 'grad_norm': 1.5, 'learning_rate': 5e-07, 'rewards/chosen': 0.0, 'epoch': 0.0}
{'loss': 0.625, 'grad_norm': 1.4, 'learning_rate': 1e-06, 'rewards/chosen': -0.25, 'epoch': 0.0}
{'eval_loss': 0.5, 'eval_accuracy': 0.9, 'eval_runtime': 4.2, 'eval_samples_per_second': 235.1, 'epoch': 1.0}`,
    {
      loss: [0.625, 2],
      grad_norm: [1.4, 2],
      'rewards/chosen': [-0.25, 2],
      eval_loss: [0.5, 1],
      eval_accuracy: [0.9, 1],
    },
  ],
  [
    'huggingface',
    'reads quoted numbers and passes over texts and dictionaries inside',
    `{'loss': '1.25', 'learning_rate': '5e-05', 'epoch': '0.5'}
{'eval_report': "a 'loss': 9.0, b", 'eval_sub': {'loss': 8.0}, 'eval_f1': 0.7, 'epoch': 1.0}`,
    { loss: [1.25, 1], eval_f1: [0.7, 1] },
  ],
  [
    'huggingface',
    'knows the final tables, and that they repeat the dictionaries',
    `{'train_runtime': 88.1, 'train_samples_per_second': 14.7, 'train_loss': 1.73957, 'epoch': 3.0}
***** train metrics *****
  epoch                    =        3.0
  total_flos               =  8671463GF
  train_loss               =     1.7396
  train_runtime            = 0:01:28.10
***** eval metrics *****
eval_bleu               =     31.572
eval_samples            =        888
05/09/2024 17:10:17 - INFO - __main__ - ***** Eval results *****
05/09/2024 17:10:17 - INFO - __main__ -   eval_f1 = 0.75`,
    { train_loss: [1.73957, 1], eval_bleu: [31.572, 1], eval_f1: [0.75, 1] },
  ],
  [
    'pytorch-lightning',
    'knows another fit by the number of its run',
    `Epoch 9: 100%|█| 1/1 [00:00<00:00, 40.1it/s, v_num=1, loss=4.5]
Epoch 9: 100%|█| 1/1 [00:00<00:00, 40.1it/s, v_num=2, loss=3.5]`,
    { loss: [3.5, 2] },
  ],
  [
    'huggingface',
    'takes an evaluation that a script prints again once, and two equal ones twice',
    `{'eval_f1': '0.8123', 'eval_runtime': '4.2', 'epoch': '1'}
{'eval_f1': 0.81234567, 'eval_runtime': 4.2, 'eval_model_preparation_time': 0.1, 'epoch': 1.0}
{'eval_f1': '0.8123', 'eval_runtime': '4.2', 'epoch': '2'}`,
    { eval_f1: [0.8123, 2] },
  ],
  [
    'huggingface',
    'takes no settings',
    `TrainingArguments(
learning_rate=5e-05,
seed=42,
accelerator_config={'split_batches': False, 'even_batches': True, 'seed': 1},
)
{'lr': 0.1, 'batch_size': 32, 'dropout': 0.2}
  Num examples = 888`,
    {},
  ],
  [
    'keras',
    'takes finished bars only, each epoch once',
    `Epoch 1/2
1/9 [==>...........................] - ETA: 12s - loss: 0.9000 - accuracy: 0.3${BS}5/9 [===============>..............] - ETA: 6s - loss: 0.8000 - accuracy: 0.4${BS}9/9 [==============================] - 14s 2s/step - loss: 0.7000 - accuracy: 0.5 - val_loss: 0.6500 - val_accuracy: 0.55
Epoch 00001: val_loss improved from inf to 0.65000, saving model to m.h5
Epoch 2/2
9/9 [==============================] - 14s 2s/step - loss: 0.6000 - accuracy: 0.6 - val_loss: 0.6500 - val_accuracy: 0.55`,
    { loss: [0.6, 2], accuracy: [0.6, 2], val_loss: [0.65, 2], val_accuracy: [0.55, 2] },
  ],
  [
    'keras',
    'reads version 3, whose bar is drawn once more when the validation is done',
    `Epoch 1/2
${'\u001b'}[1m26/27${'\u001b'}[0m ━━━━━━━━━━━━━━━━━━━━ ${'\u001b'}[1m0s${'\u001b'}[0m 4ms/step - loss: 0.8419
27/27 ━━━━━━━━━━━━━━━━━━━━ 1s 4ms/step - loss: 0.8300#015 27/27 ━━━━━━━━━━━━━━━━━━━━ 10s 187ms/step - loss: 0.8262 - val_loss: 0.2280
Epoch 2/2
27/27 ━━━━━━━━━━━━━━━━━━━━ 0s 5ms/step - loss: 0.1485 - val_loss: 0.0513`,
    { loss: [0.1485, 2], val_loss: [0.0513, 2] },
  ],
  [
    'keras',
    'reads the line of verbose=2',
    `Epoch 1/2
703/703 - 195s - loss: 0.4122 - acc: 0.8982 - 195s/epoch - 278ms/step
Epoch 2/2
703/703 - 195s - 278ms/step - acc: 0.9 - loss: nan`,
    { loss: [Number.NaN, 2], acc: [0.9, 2] },
  ],
  [
    'keras',
    'takes evaluate() for a measurement of its own',
    `Epoch 1/1
27/27 [==============================] - 1s 5ms/step - loss: 0.5 - val_loss: 0.6
 1/10 [==>...........................] - ETA: 0s - loss: 0.9
10/10 [==============================] - 0s 3ms/step - loss: 0.4`,
    { loss: [0.4, 2], val_loss: [0.6, 1] },
  ],
  [
    'keras',
    'reads a bar whose parts came as events of their own',
    `Epoch 3/3
1/9 [==>...........................]
- ETA: 12s - loss: 0.4749
${BS}#0159/9 [==============================]
- 14s 2s/step - loss: 0.3740`,
    { loss: [0.374, 1] },
  ],
  [
    'lightgbm',
    'reads every data set of an iteration, with tabs as text',
    `[LightGBM] [Info] Start training from score 0.481005
[1]#011train's auc: 0.97#011val's auc: 0.96
[2]#011train's auc: 0.98#011val's auc: 0.95`,
    { "train's auc": [0.98, 2], "val's auc": [0.95, 2] },
  ],
  [
    'lightgbm',
    'passes over the best line, which is printed again',
    "[10]\tvalid_0's l2: 0.5\n[20]\tvalid_0's l2: 0.3\n[30]\tvalid_0's l2: 0.4\nEarly stopping, best iteration is:\n[20]\tvalid_0's l2: 0.3",
    { "valid_0's l2": [0.4, 3] },
  ],
  [
    'lightgbm',
    'leaves the deviation of cv and reads the command line program',
    "[10]\tcv_agg's valid rmse: 0.04 + 0.002\n[LightGBM] [Info] Iteration:10, valid_1 auc : 0.83",
    { "cv_agg's valid rmse": [0.04, 1], 'valid_1 auc': [0.83, 1] },
  ],
  [
    'lightgbm',
    'counts the iterations of a second model, too',
    "[100]\tv's l2: 0.5\n[200]\tv's l2: 0.4\n[100]\tv's l2: 0.55\n[200]\tv's l2: 0.45",
    { "v's l2": [0.45, 4] },
  ],
  [
    'xgboost',
    'reads every data set of an iteration, with tabs as text',
    '[0]#011train-rmse:0.47309#011validation-rmse:0.47391\n[1]#011train-rmse:0.4#011validation-rmse:0.45',
    { 'train-rmse': [0.4, 2], 'validation-rmse': [0.45, 2] },
  ],
  [
    'xgboost',
    'reads dates, deviations and ranks at n',
    '[2024-05-01 10:00:00] [0]\ttrain-map@10-:0.5\n[12:00:01] [1]\ttrain-map@10-:0.6\n[1]  test-logloss:0.503955+0.000789 \n[0] validation_0-mlogloss:1.5',
    { 'train-map@10-': [0.6, 2], 'test-logloss': [0.503955, 1], 'validation_0-mlogloss': [1.5, 1] },
  ],
  [
    'xgboost',
    'passes over the best line, which is printed again',
    '[0]\teval-error:0.3\n[1]\teval-error:0.4\nStopping. Best iteration:\n[0]\teval-error:0.3',
    { 'eval-error': [0.4, 2] },
  ],
  ['xgboost', 'finds nothing in what is told of the data', '[09:00:35] 15000x5000 matrix with 75000000 entries', {}],
];

describe('a preset', () => {
  it.each(CASES)('%s %s', (preset, _, log, expected) => {
    const found = Object.entries(readLog(preset, log)).map(([name, { last, points }]) => [name, [last, points]]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});
