import type { FamilySamples } from './samples.ts';

export const STOP_SAMPLES = {
  'stopped-by-debugger-rule': {
    samples: [
      {
        status: 'Stopped',
        log: 'Overfit: IssuesFound\n2024-01-01 10:00:00 Stopping - Stopping the training job\n2024-01-01 10:01:00 Stopped - Training job stopped',
      },
    ],
    nearMisses: [{ status: 'Failed', log: "LossNotDecreasing: IssuesFound\nKeyError: 'label'" }],
  },
  'stopped-external': {
    samples: [
      {
        status: 'Stopped',
        log: '2024-01-01 10:00:00 Downloading - Downloading input data\n2024-01-01 10:00:01 Stopping - Stopping the training job\n2024-01-01 10:00:01 Stopped - Training job stopped',
      },
    ],
    nearMisses: [
      {
        status: 'Stopped',
        log: '2024-01-01 10:00:00 Training - Training in progress.\n2024-01-01 11:20:01 Stopping - Stopping the training job',
      },
    ],
  },
  'stopped-by-user': {
    samples: [
      { status: 'Stopped', secondary_status: 'Stopped' },
      {
        status: 'Stopped',
        log: '2024-01-01 10:00:00 Training - Training in progress.\n2024-01-01 11:20:01 Stopping - Stopping the training job',
      },
    ],
    nearMisses: [{ status: 'Stopped', secondary_status: 'MaxRuntimeExceeded' }],
  },
  'tuning-parent-failure': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          'No training job succeeded after 3 attempts. Please take a look at the training job failures to get more details.',
      },
    ],
    nearMisses: [{ status: 'Failed', failure_reason: 'AlgorithmError: , exit code: 1' }],
  },
  'hang-deadlock': {
    samples: [
      { status: 'InProgress', secondary_status: 'Training', log: 'epoch 0 step 0\nepoch 0 step 1' },
      '[2024-01-01] W horovod/common/stall_inspector.cc:107] One or more tensors were submitted to be reduced, gathered or broadcasted by subset of ranks and are waiting for remainder of ranks for more than 60 seconds.',
    ],
    nearMisses: ["KeyError: 'price'"],
  },
} satisfies FamilySamples;
