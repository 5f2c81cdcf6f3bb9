import type { FamilySamples } from './samples.ts';

export const TRAINING_SAMPLES = {
  'permission-denied': {
    samples: [
      "PermissionError: [Errno 13] Permission denied: '/opt/ml/model/model.joblib'",
      '[FATAL tini (7)] exec /opt/program/train failed: Permission denied',
      "OSError: [Errno 30] Read-only file system: '/opt/ml/input/data/train/cache.bin'",
    ],
    nearMisses: ['PermissionError: Access Denied', 'algo-2: Permission denied (publickey).'],
  },
  'debugger-hook-error': {
    samples: [
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 60, in <module>\n    fit()\n  File "/opt/conda/lib/python3.8/site-packages/smdebug/pytorch/hook.py", line 204, in forward_hook\n    self._write(inputs)\nAttributeError: \'NoneType\' object has no attribute \'shape\'',
    ],
    nearMisses: ["ModuleNotFoundError: No module named 'smdebug'"],
  },
  'nan-loss': {
    samples: [
      'ERROR: Loss is nan, stopping training',
      "{'loss': nan, 'epoch': 0.2}\nValueError: Input contains NaN.",
      'tensorflow.python.training.basic_session_run_hooks.NanLossDuringTrainingError: NaN loss during training.',
      "RuntimeError: Function 'MulBackward0' returned nan values in its 0th output.",
      'FloatingPointError: Minimum loss scale reached (0.0001). Your loss is probably exploding.',
      'epoch 3 step 40 loss: 2.31\nepoch 3 step 41 loss: nan\nepoch 3 step 42 loss: nan',
    ],
    nearMisses: ['ValueError: Input X contains NaN.', 'ValueError: cannot convert float NaN to integer'],
  },
} satisfies FamilySamples;
