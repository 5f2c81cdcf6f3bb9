/** The demo's stories. Each is the same training of examples/forecast under other circumstances. */
import { FAILING, WAITING } from './failures.ts';
import type { Scenario } from './scenario.ts';
import type { Change } from './workspace.ts';

/** One spot interruption, as soon as the checkpoint of epoch 12 has arrived in S3. */
const INTERRUPTED_ONCE = {
  jobs: [{ real: true, interruptions: [{ checkpoint: '*checkpoint-000012.json', downSeconds: 60 }] }],
};

/** The setting was never declared, and is only asked for after the fifth epoch. */
const EARLY_STOP: Change = {
  title: 'Stop early when nothing improves',
  file: 'src/train.py',
  edits: [
    ['def train(training, checkpoints, identity, stop):\n', '$&    recent = []\n'],
    [
      '        result = training.evaluate()\n',
      '$&        recent.append(result["val_mape"])\n' +
        '        if len(recent) > 5 and min(recent[-5:]) > recent[-6] - training.settings["min_improvement"]:\n' +
        '            break\n',
    ],
  ],
};

const GATES = 'val_mape <= 0.05\nval_mape < seasonal_naive_mape\ncost_usd < 1';

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'success',
    tells: 'trains on spot, is interrupted once, resumes from its checkpoint, passes its gates',
    kind: 'real',
    inputs: { gates: GATES },
    script: INTERRUPTED_ONCE,
    exitCode: 0,
  },
  {
    name: 'gate-fails',
    tells: 'trains to the end, but the validation error is above what the gate allows',
    kind: 'real',
    inputs: { gates: 'val_mape <= 0.01\ncost_usd < 1', hyperparameters: 'epochs: 8\nepoch-seconds: 0.1' },
    script: { jobs: [{ real: true }] },
    exitCode: 1,
  },
  {
    name: 'cancelled',
    tells: 'is cancelled in mid-training: the job is stopped, and its checkpoint stays for the next run',
    kind: 'real',
    inputs: { gates: GATES, hyperparameters: 'epochs: 200\nepoch-seconds: 0.25' },
    script: { jobs: [{ real: true }] },
    exitCode: 1,
    cancelOn: 'epoch=6 ',
  },
  {
    name: 'python-error',
    tells: 'a change to train.py asks for a setting that nobody declared: the program ends in its sixth epoch',
    kind: 'real',
    inputs: { gates: GATES },
    script: { jobs: [{ real: true }] },
    exitCode: 1,
    cause: 'missing-key',
    change: EARLY_STOP,
  },
  ...FAILING,
  ...WAITING,
];
