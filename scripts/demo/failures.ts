/** The demo's stories that end badly. */
import { BUCKET } from './places.ts';
import type { Scenario } from './scenario.ts';

/** A model that asks for more than a T4's 16 GB; it would need torch and a GPU to run, so its log is a script. */
const LARGE = `import torch
from torch import nn


def blocks(width, layers):
    for _ in range(layers):
        yield nn.TransformerEncoderLayer(width, 16, batch_first=True)


def fit(batches, width=4096, layers=24):
    model = nn.Sequential(*blocks(width, layers)).cuda()
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4)
    for step, (inputs, targets) in enumerate(batches, 1):
        loss = nn.functional.mse_loss(model(inputs.cuda()), targets.cuda())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        print(f"step={step} train_loss={loss.item():.4f}", flush=True)


if __name__ == "__main__":
    from series import batches_from_channel

    fit(batches_from_channel("train", batch_size=64))
`;
const lineOf = (code: string) => LARGE.split('\n').findIndex((line) => line.includes(code)) + 1;

/** A traceback as Python prints it, of frames in /opt/ml/code/large.py and in torch. */
const OOM_LOG = [
  'step=1 train_loss=1.0417',
  'step=2 train_loss=0.9822',
  'Traceback (most recent call last):',
  `  File "/opt/ml/code/large.py", line ${lineOf('fit(batches_from')}, in <module>`,
  '    fit(batches_from_channel("train", batch_size=64))',
  `  File "/opt/ml/code/large.py", line ${lineOf('loss.backward()')}, in fit`,
  '    loss.backward()',
  '  File "/opt/conda/lib/python3.11/site-packages/torch/_tensor.py", line 581, in backward',
  '    torch.autograd.backward(',
  '  File "/opt/conda/lib/python3.11/site-packages/torch/autograd/__init__.py", line 347, in backward',
  '    _engine_run_backward(',
  'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.50 GiB. GPU 0 has a total capacity of 14.57 GiB of which 612.75 MiB is free. Including non-PyTorch memory, this process has 13.97 GiB memory in use. Of the allocated memory 13.21 GiB is allocated by PyTorch, and 631.14 MiB is reserved by PyTorch but unallocated.',
];

const GPU_OOM: Scenario = {
  name: 'gpu-oom',
  tells: 'a model that is too large for its GPU: CUDA runs out of memory in the third step',
  kind: 'scripted',
  inputs: { 'instance-type': 'ml.g4dn.xlarge', hyperparameters: 'batch-size: 64\nlayers: 24' },
  script: {
    jobs: [
      {
        logs: { lines: OOM_LOG.map((text, index) => ({ at: 40 + (index < 2 ? 15 * index : 40), text })) },
        instanceMetrics: {
          GPUMemoryUtilization: [
            [10, 12],
            [70, 96.4],
          ],
          GPUUtilization: [
            [10, 3],
            [70, 91],
          ],
          MemoryUtilization: [
            [10, 14],
            [70, 21],
          ],
        },
        status: 'Failed',
        failureReason: 'AlgorithmError: , exit code: 1',
      },
    ],
  },
  exitCode: 1,
  cause: 'gpu-oom',
  change: { title: 'Forecast with a large transformer', added: { 'src/large.py': LARGE } },
};

const LIMITED = 'training-limited';

const DATA_DENIED: Scenario = {
  name: 'data-denied',
  tells: 'the execution role may list the data, but not read it: the download fails before training',
  kind: 'real',
  inputs: { 'execution-role': `arn:aws:iam::111122223333:role/${LIMITED}` },
  script: {
    jobs: [{ real: true }],
    iam: {
      roles: [
        { name: 'ci' },
        {
          name: LIMITED,
          policies: [
            {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${BUCKET}` },
                {
                  Effect: 'Allow',
                  Action: ['s3:GetObject', 's3:PutObject'],
                  Resource: `arn:aws:s3:::${BUCKET}/train-on-sagemaker/*`,
                },
                { Effect: 'Allow', Action: ['logs:*', 'cloudwatch:PutMetricData', 'ecr:*'], Resource: '*' },
              ],
            },
          ],
        },
      ],
    },
  },
  exitCode: 1,
  cause: 's3-access-denied',
};

const CONTAINER_START: Scenario = {
  name: 'container-start',
  tells: 'the Dockerfile lost its entry point: SageMaker starts the image with `train`, which is no program in it',
  kind: 'real',
  inputs: {},
  script: { jobs: [{ real: true }] },
  exitCode: 1,
  cause: 'entrypoint-not-found',
  change: {
    title: 'Simplify the Dockerfile',
    file: 'Dockerfile',
    edits: [
      ['ENV SAGEMAKER_PROGRAM=train.py\n', ''],
      ['ENTRYPOINT ["python3", "/opt/ml/code/train.py"]\n', 'WORKDIR /opt/ml/code\n'],
    ],
  },
};

const CAPACITY: Scenario = {
  name: 'capacity',
  tells: 'no spot machine is found until max-wait is over: nothing is billed',
  kind: 'scripted',
  inputs: { 'max-run': '2m', 'max-wait': '4m' },
  script: { jobs: [{ real: true, capacity: 'never' }] },
  exitCode: 1,
  cause: 'max-wait-exceeded',
};

const LONG_JOB: Scenario = {
  name: 'long-job',
  tells: 'the training takes longer than the workflow waits: it runs on, and the commit status stays pending',
  kind: 'scripted',
  inputs: { 'max-run': '12h', 'wait-timeout': '4m', 'on-timeout': 'pending' },
  script: {
    jobs: [
      {
        phases: [
          { status: 'Starting', seconds: 30 },
          { status: 'Downloading', seconds: 20 },
          { status: 'Training', seconds: 36_000 },
          { status: 'Uploading', seconds: 20 },
        ],
        logs: { lines: [{ at: 60, every: 60, times: 590, text: 'epoch={i} train_loss=0.31 val_mape=0.041' }] },
      },
    ],
  },
  exitCode: 0,
};

export const FAILING: readonly Scenario[] = [GPU_OOM, DATA_DENIED, CONTAINER_START];
export const WAITING: readonly Scenario[] = [CAPACITY, LONG_JOB];
