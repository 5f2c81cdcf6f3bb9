import type { FamilySamples } from './samples.ts';

export const PROGRAM_SAMPLES = {
  'python-exception': {
    samples: [
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 31, in <module>\n    report(scores)\nNameError: name \'scores\' is not defined',
      "Exception during training: 'Frame' object has no attribute 'iteritems'",
      'RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn',
    ],
    nearMisses: [
      "subprocess.CalledProcessError: Command '['python', 'a.py']' returned non-zero exit status 1.",
      'torch.distributed.elastic.multiprocessing.errors.ChildFailedError:\n train.py FAILED',
    ],
  },
  'syntax-error': {
    samples: [
      '  File "/opt/ml/code/train.py", line 12\n    def main(\n            ^\nSyntaxError: \'(\' was never closed',
      "/opt/ml/code/train.sh: line 9: syntax error near unexpected token `fi'",
    ],
    nearMisses: ['json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)'],
  },
  'file-not-found': {
    samples: [
      "FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/training/labels.csv'",
      "Exception during training: [Errno 2] File b'/opt/ml/input/data/train/x.csv' does not exist",
      'Traceback (most recent call last):\n  File "train.py", line 5, in <module>\n    first = glob.glob(path)[0]\nIndexError: list index out of range',
    ],
    nearMisses: [
      'ImportError: libcublas.so.11: cannot open shared object file: No such file or directory',
      "python: can't open file 'train.py': [Errno 2] No such file or directory",
    ],
  },
  'missing-key': {
    samples: [
      'Traceback (most recent call last):\n  File "/opt/ml/code/prep.py", line 8, in split\n    y = frame["target"]\nKeyError: \'target\'',
      "ValueError: Usecols do not match columns, columns expected but not found: ['price']",
      "KeyError: \"None of [Index(['a', 'b'], dtype='object')] are in the [columns]\"",
    ],
    nearMisses: ["KeyError: 'SM_CHANNEL_VALIDATION'", "KeyError: 'WORLD_SIZE'"],
  },
} satisfies FamilySamples;
