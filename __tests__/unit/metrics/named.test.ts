import { describe, expect, it } from '@jest/globals';
import { readLog } from '../../fixtures/curves.ts';

describe('a named metric', () => {
  it.each([
    [
      'lm loss',
      ' iteration 10/ 100 | elapsed time per iteration (ms): 1.0 | lm loss: 2.117073E+00 | loss scale: 1.0 |',
      2.117073,
    ],
    ['lm loss PPL', 'validation loss at iteration 10 | lm loss value: 2.1E+00 | lm loss PPL: 8.25E+00 |', 8.25],
    ['loss', '{"epoch": 1, "loss": "8.25", "lr": "0.001"}', 8.25],
    ['valid_loss', "| epoch 027 | valid on 'valid' subset | valid_loss 1.41304 | valid_ppl 2.66 | best 1.3", 1.41304],
    ['accuracy', 'Phase training, loss 4.440, accuracy 14.75%', 14.75],
    ['Accuracy', 'Test set: Average loss: 0.0583, Accuracy: 9811/10000 (98%)', 98],
    ['accuracy', '0.8824#011 = Validation score   (accuracy)', 0.8824],
    ['-MASE', '\t-0.8029       = Validation score (-MASE)', -0.8029],
    ['avg loss', ' 5999: 0.675468, 0.896132 avg loss, 0.000026 rate, 0.49 seconds', 0.896132],
    ['ep_rew_mean', '|    ep_rew_mean     | 21.6     |', 21.6],
    ['test rmse', '#quality_metric: host=algo-1, test rmse <loss>=68.75', 68.75],
    ['rmse', "#test_score (algo-1) : ('rmse', 68.5)", 68.5],
    ['wQuantileLoss[0.9]', '#test_score (algo-1, wQuantileLoss[0.9]): 0.14', 0.14],
    ['epoch_loss', "[2021-03-17 09:55:17] [INFO] gluonts.trainer Epoch[3] Evaluation metric 'epoch_loss'=5.5", 5.5],
    ['loss', 'Epoch [1][50/100]\tlr: 2.000e-02, eta: 1:00:00, loss_cls: 0.5, s0.loss_cls: 0.25, loss: nan', Number.NaN],
    ['Train_Loss', 'Epoch: [1][6/10] Train_Loss=4.84:(7.9492), Train_Prec@1=0.000:(0.714)', 4.84],
    ['train_loss', 'step 399 train_loss 0.5 val_loss 0.25', 0.5],
    ['val_loss', 'step 399 train_loss 0.5 val_loss 0.25', 0.25],
    ['loss', 'Epoch 3: loss 0.5', 0.5],
    ['Test accuracy', 'Test accuracy is 0.75', 0.75],
    ['loss', 'loss: 0,8571', 0.8571],
    ['loss', 'loss: tensor(0.5, device=cuda)', 0.5],
    ['recall@10', 'Training: Epoch=  0 [recall@10=0.25 ndcg@10=0.5]', 0.25],
    ['learn', '0:\tlearn: 0.68\ttest: 0.67\tbest: 0.67 (0)\ttotal: 46ms\tremaining: 46s', 0.68],
    ['box_loss', 'Epoch    GPU_mem   box_loss   Size\n  1/3  2.5G  1.25  640: 100%|██████| 10/10 [00:01<00:00]', 1.25],
  ])('%s is found in %j', (name, line, last) => {
    expect(readLog([name], line)[name]).toEqual({ last, points: 1 });
  });

  it.each([
    ['valid loss', 'train loss: 1, best valid loss: 0.5'],
    ['validation accuracy', 'Storing the best model with validation accuracy: 0.836959'],
    ['loss', 'val/loss=0.5'],
    ['loss', 'python train.py --loss=0.5'],
    ['loss', 'best-epoch=048-val/loss=0.7720.ckpt'],
    ['val_wer', 'val_wer=1.0000-epoch=1.ckpt'],
    ['loss', "{'loss': ('__ref_ph', 'de895953')}"],
    ['loss', '0 | loss         | MAE           | 0'],
    ['loss', 'TrainingArguments(\nloss=0.5,\n)'],
    ['dropout', 'SM_HPS={"dropout":0.5}'],
    ['time', '#metrics {"time": 5.0}'],
    ['train_runtime', '  train_runtime = 11:48:08.14'],
    ['loss', 'loss did not improve from 0.5'],
  ])('%s is not taken from %j', (name, log) => {
    expect(readLog([name], log)).toEqual({});
  });

  it('is read from its plainest form alone, once that is there', () => {
    const log = ['train loss: 9.0', 'loss: 0.5', 'val loss: 8.0', '| loss 7.0 |', 'loss: 0.25'];
    expect(readLog(['loss'], log)).toEqual({ loss: { last: 0.25, points: 2 } });
    expect(readLog(['loss'], log.slice(0, 1))).toEqual({ loss: { last: 9, points: 1 } });
  });

  it("is SageMaker's figure of the epoch where its algorithms print those of batches, too", () => {
    const line = (place: string, value: number) => `#quality_metric: host=algo-1, ${place} train loss <loss>=${value}`;
    const log = [line('epoch=0, batch=0', 13.5), line('epoch=0,', 12.5), line('epoch=1, batch=0', 11.5)];
    expect(readLog(['train loss'], log)).toEqual({ 'train loss': { last: 12.5, points: 1 } });
  });

  it('is found in the columns of a table', () => {
    const spacy = [
      'E    #       LOSS NER  ENTS_F  SCORE ',
      '---  ------  --------  ------  ------',
      '  0       0     65.81    0.00    0.00',
      ' 32     200   1272.75   82.76    0.83',
      ' 72     400   1272.75   82.76    0.83',
    ];
    expect(readLog(['LOSS NER', 'SCORE'], spacy)).toEqual({
      'LOSS NER': { last: 1272.75, points: 3 },
      SCORE: { last: 0.83, points: 3 },
    });
    const fastai = [
      '█#015epoch     train_loss  valid_loss  time    ',
      '█#015█#0150         0.91    0.23    00:31     ',
    ];
    expect(readLog(['valid_loss'], fastai)).toEqual({ valid_loss: { last: 0.23, points: 1 } });
  });

  it('is taken from the row of all classes, and from its own group of columns', () => {
    const yolo = [
      '      Epoch    GPU_mem   box_loss  Instances       Size',
      '       29/29      11.4G    0.016        281        320:  10% 1/10 [00:00<00:07,  1.15it/s]',
      '       29/29      11.4G    0.017         30        320: 100% 10/10 [00:07<00:00,  1.26it/s]',
      '                 Class     Images  Instances      Box(P      mAP50  mAP50-95)     Mask(P      mAP50  mAP50-95): 100% 2/2 [00:03<00:00,  1.95s/it]',
      '                   all        334        335      0.593      0.529      0.462      0.594      0.528      0.495',
      '                   cat        334         13      0.231       0.38      0.344      0.232       0.39      0.374',
    ];
    expect(readLog(['box_loss', 'mAP50', 'Mask mAP50-95'], yolo)).toEqual({
      box_loss: { last: 0.017, points: 1 },
      mAP50: { last: 0.529, points: 1 },
      'Mask mAP50-95': { last: 0.495, points: 1 },
    });
  });

  it('is read with what the frameworks know of redraws', () => {
    expect(
      readLog(
        ['train_loss_epoch'],
        'Epoch 9: 100%|█| 1/1 [00:00<00:00, 4.8it/s, v_num=2, train_loss_epoch=4.5]`Trainer.fit` stopped\nEpoch 9: 100%|█| 1/1 [00:00<00:00, 4.3it/s, v_num=2, train_loss_epoch=4.5]',
      ),
    ).toEqual({ train_loss_epoch: { last: 4.5, points: 1 } });
    expect(readLog(['loss'], "{'loss': 0.5, 'epoch': 0.5}\n{'loss': 0.5, 'epoch': 0.5, 'lr': 1}")).toEqual({
      loss: { last: 0.5, points: 2 },
    });
    const bars = [
      '9it [00:10,  9.0it/s, avg_epoch_loss=5, epoch=0]',
      '10it [00:10,  9.0it/s, avg_epoch_loss=4, epoch=0]',
      '9it [00:10,  9.0it/s, avg_epoch_loss=4, epoch=1]',
    ];
    expect(readLog(['avg_epoch_loss'], bars)).toEqual({ avg_epoch_loss: { last: 4, points: 2 } });
  });
});
