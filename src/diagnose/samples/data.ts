import type { FamilySamples } from './samples.ts';

export const DATA_SAMPLES = {
  'input-data-format': {
    samples: [
      "ValueError: could not convert string to float: 'n/a'",
      'pandas.errors.ParserError: Error tokenizing data. C error: Expected 12 fields in line 801, saw 13',
      'ValueError: Input X contains NaN.\nLinearRegression does not accept missing values encoded as NaN natively.',
      "PIL.UnidentifiedImageError: cannot identify image file '/opt/ml/input/data/train/.DS_Store'",
      {
        status: 'Failed',
        failure_reason:
          "ClientError: Unable to read data channel 'train'. Requested content-type is 'text/csv'. Please verify the data matches the requested content-type.",
      },
      'ValueError: num_samples should be a positive integer value, but got num_samples=0',
    ],
    nearMisses: [
      'ERROR Loss is nan, stopping training',
      "FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/train/data.csv'",
    ],
  },
  'shape-mismatch': {
    samples: [
      'RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x512 and 768x10)',
      'ValueError: Input 0 of layer "dense" is incompatible with the layer: expected axis -1 of input shape to have value 64, but received input with shape (None, 32)',
      'ValueError: Found input variables with inconsistent numbers of samples: [100, 99]',
      'RuntimeError: stack expects each tensor to be equal size, but got [3, 224, 224] at entry 0 and [1, 224, 224] at entry 1',
    ],
    nearMisses: [
      'RuntimeError: Error(s) in loading state_dict for Net:\n\tsize mismatch for fc.weight: copying a param with shape torch.Size([10, 512]) from checkpoint',
    ],
  },
  'dataloader-worker-error': {
    samples: [
      'IndexError: Caught IndexError in DataLoader worker process 2.\nOriginal Traceback (most recent call last):\n  File "/opt/conda/lib/python3.10/site-packages/torch/utils/data/_utils/worker.py", line 308, in _worker_loop\n    data = fetcher.fetch(index)\n  File "/opt/ml/code/dataset.py", line 22, in __getitem__\n    return self.rows[i]\nIndexError: list index out of range',
      'RuntimeError: received 0 items of ancdata',
      "RuntimeError: Cannot re-initialize CUDA in forked subprocess. To use CUDA with multiprocessing, you must use the 'spawn' start method",
    ],
    nearMisses: ['RuntimeError: DataLoader worker (pid 55) is killed by signal: Bus error.'],
  },
  'dataloader-worker-killed': {
    samples: [
      "RuntimeError: DataLoader worker (pid 4181) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory. Please try to raise your shared memory limit.",
      'RuntimeError: DataLoader worker (pid(s) 71, 72) exited unexpectedly',
      'RuntimeError: unable to write to file </torch_812_33>: No space left on device (28)',
    ],
    nearMisses: ['IndexError: Caught IndexError in DataLoader worker process 0.'],
  },
} satisfies FamilySamples;
