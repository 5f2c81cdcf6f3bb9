import type { FamilySamples } from './samples.ts';

export const LIMIT_SAMPLES = {
  'max-runtime-exceeded': {
    samples: [
      { status: 'Stopped', secondary_status: 'MaxRuntimeExceeded' },
      {
        status: 'Stopped',
        log: '2024-03-03 10:00:00 MaxRuntimeExceeded - Training job runtime exceeded MaxRuntimeInSeconds provided',
      },
    ],
    nearMisses: [{ status: 'Stopped', secondary_status: 'MaxWaitTimeExceeded' }],
  },
  'max-wait-exceeded': {
    samples: [{ status: 'Stopped', secondary_status: 'MaxWaitTimeExceeded' }],
    nearMisses: [
      { status: 'Stopped', secondary_status: 'MaxRuntimeExceeded' },
      {
        status: 'not-created',
        log: 'ValidationException: Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds',
      },
    ],
  },
  'checkpoint-lost': {
    samples: [
      {
        status: 'Failed',
        log: '2024-01-01 10:00:00 Interrupted - Spot capacity was reclaimed\nNo checkpoint found in /opt/ml/checkpoints, starting from scratch at epoch 0',
      },
    ],
    nearMisses: ["FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/checkpoints/last.ckpt'"],
  },
  'spot-interruption': {
    samples: [
      { status: 'Stopped', secondary_status: 'Interrupted' },
      '2024-01-01 10:00:00 Training - Training in progress\n2024-01-01 10:31:00 Interrupted - Training job interrupted\n2024-01-01 10:45:00 Failed - Training job failed',
    ],
    nearMisses: ['KeyboardInterrupt'],
  },
} satisfies FamilySamples;
