import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { MISTAKES, type Refused } from '../unit/inputs/job-file-mistakes.ts';
import { Stage } from './stage.ts';
import { commandsIn } from './workflow-commands.ts';

function write(stage: Stage, yaml: string, path = 'sagemaker/job.yml'): { readonly 'job-file': string } {
  mkdirSync(join(stage.checkout.directory, 'sagemaker'), { recursive: true });
  writeFileSync(join(stage.checkout.directory, path), yaml);
  return { 'job-file': path };
}

test('a job file is merged over what the inputs ask for', async () => {
  await using stage = await Stage.open({ name: 'job-file' });
  const yaml = `
StoppingCondition: { MaxRuntimeInSeconds: 1800 }
HyperParameters: { epochs: 3 }
InputDataConfig:
- { ChannelName: train, InputMode: FastFile }
RetryStrategy: { MaximumRetryAttempts: 2 }
RemoteDebugConfig: { EnableRemoteDebug: false }
AlgorithmSpecification: { ContainerEntrypoint: [python3, /opt/ml/code/train.py] }
`;
  const main = await stage.main({ inputs: { ...write(stage, yaml), hyperparameters: 'lr: 0.1' } });

  expect({ exit: main.exitCode, log: main.log }).toMatchObject({ exit: 0 });
  const [create] = await stage.created();
  expect(create?.request).toMatchObject({
    StoppingCondition: { MaxRuntimeInSeconds: 1800, MaxWaitTimeInSeconds: 3600 },
    HyperParameters: { epochs: '3', lr: '0.1' },
    InputDataConfig: [
      { ChannelName: 'train', InputMode: 'FastFile', DataSource: { S3DataSource: { S3Uri: 's3://acme-ml/data/' } } },
    ],
    RetryStrategy: { MaximumRetryAttempts: 2 },
    RemoteDebugConfig: { EnableRemoteDebug: false },
    AlgorithmSpecification: { ContainerEntrypoint: ['python3', '/opt/ml/code/train.py'], TrainingInputMode: 'File' },
  });
});

/** The stage's other inputs unset: each case has one mistake, its own. */
const BARE = { 's3-uri': '', channels: '', image: '', gates: '', 'instance-type': 'cpu' };
const AT_ONCE = 2;

test(`${MISTAKES.length} job files are refused at their line, with a remedy, and nothing is asked of AWS or GitHub`, async () => {
  expect(MISTAKES.length).toBeGreaterThanOrEqual(60);
  await using stage = await Stage.open({ name: 'job-file-wrong' });
  const rest = MISTAKES.map((mistake, index) => ({ ...mistake, path: `sagemaker/job-${index}.yml` }));
  const refuse = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await expectRefused(stage, next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, refuse));
  expect(await stage.ledger()).toEqual([]);
}, 180_000);

async function expectRefused(stage: Stage, { yaml, at, message, remedy, inputs, path }: Refused & { path: string }) {
  const main = await stage.main({ inputs: { ...BARE, ...write(stage, yaml, path), ...inputs } });
  expect({ yaml, exit: main.exitCode }).toEqual({ yaml, exit: 1 });
  const errors = commandsIn(main.log).filter(({ name }) => name === 'error');
  const failure = decodeURIComponent(errors.at(-1)?.data ?? '');
  expect({ yaml, failure }).toEqual({ yaml, failure: expect.stringContaining('Nothing was built or started.') });
  for (const part of [message, remedy]) expect(failure).toContain(part);
  const [line, column] = at.split(':');
  const place = at === '' ? [] : [{ file: path, line, ...(column && { col: column }) }];
  expect(errors.slice(0, -1).map(({ properties }) => properties)).toEqual(
    place.map((each) => expect.objectContaining(each)),
  );
}
