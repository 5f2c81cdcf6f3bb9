import type { FamilySamples } from './samples.ts';

export const DISTRIBUTED_SAMPLES = {
  'distributed-launch-misconfig': {
    samples: [
      'ValueError: Error initializing torch.distributed using env:// rendezvous: environment variable RANK expected, but not set',
      'RuntimeError: CUDA error: invalid device ordinal',
      'train.py: error: unrecognized arguments: --local-rank=3',
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 18, in main\n    device = rank % torch.cuda.device_count()\nZeroDivisionError: integer division or modulo by zero',
      'RuntimeError: The server socket has failed to listen on any local network address. The server socket has failed to bind to [::]:29500 (errno: 98 - Address already in use).',
    ],
    nearMisses: [
      'ZeroDivisionError: division by zero',
      'torch.distributed.DistStoreError: Timed out after 1801 seconds waiting for clients. 1/2 clients joined.',
    ],
  },
} satisfies FamilySamples;
