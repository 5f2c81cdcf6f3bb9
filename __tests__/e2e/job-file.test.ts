import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { MISTAKES } from '../unit/inputs/job-file-mistakes.ts';
import { Stage } from './stage.ts';
import { commandsIn } from './workflow-commands.ts';

function write(stage: Stage, yaml: string): { readonly 'job-file': string } {
  mkdirSync(join(stage.checkout.directory, 'sagemaker'), { recursive: true });
  writeFileSync(join(stage.checkout.directory, 'sagemaker/job.yml'), yaml);
  return { 'job-file': 'sagemaker/job.yml' };
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

/** Those that need no other inputs than the stage's own. */
const ALONE = MISTAKES.filter(
  ({ inputs, at, yaml }) => inputs === undefined && at !== '' && !/^RoleArn|InstanceType:/.test(yaml),
);

test('what is wrong in a job file is annotated there, and nothing is asked of AWS or GitHub', async () => {
  await using stage = await Stage.open({ name: 'job-file-wrong' });
  const picked = ALONE.filter((_, index) => index % 5 === 0);
  expect(picked.length).toBeGreaterThan(7);
  for (const { yaml, at, message } of picked) {
    const main = await stage.main({ inputs: write(stage, yaml) });
    expect({ yaml, exit: main.exitCode }).toEqual({ yaml, exit: 1 });
    const [annotation, failure, ...more] = commandsIn(main.log).filter(({ name }) => name === 'error');
    const [line, column] = at.split(':');
    expect(annotation?.properties).toMatchObject({ file: 'sagemaker/job.yml', line, col: column });
    expect(decodeURIComponent(annotation?.data ?? '')).toContain(message);
    expect(decodeURIComponent(failure?.data ?? '')).toContain('Nothing was built or started.');
    expect(more).toEqual([]);
  }
  expect(await stage.ledger()).toEqual([]);
}, 120_000);
