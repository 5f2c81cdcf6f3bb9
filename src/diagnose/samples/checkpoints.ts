import type { FamilySamples } from './samples.ts';

export const CHECKPOINT_SAMPLES = {
  'checkpoint-resume-error': {
    samples: [
      'RuntimeError: Error(s) in loading state_dict for Forecaster:\n\tMissing key(s) in state_dict: "head.weight".',
      'RuntimeError: PytorchStreamReader failed reading zip archive: failed finding central directory',
      "FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/checkpoints/checkpoint-1500/optimizer.pt'",
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 40, in resume\n    state = torch.load(path)\n  File "/opt/conda/lib/python3.10/site-packages/torch/serialization.py", line 1028, in load\n    return _legacy_load(f)\nEOFError: Ran out of input',
      'ValueError: No valid checkpoint found in output directory (/opt/ml/checkpoints)',
    ],
    nearMisses: [
      "FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/train/a.csv'",
      "OSError: Can't load tokenizer for 'gpt-mini'.",
    ],
  },
} satisfies FamilySamples;
