import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { openAws } from '../../../src/adapters/aws.ts';
import { clock } from '../../../src/adapters/clock.ts';
import { CHECK_NAMES } from '../../../src/diagnose/diagnosis.ts';
import { makeSecrets } from '../../../src/hostile/secrets.ts';

const SCRIPT = fileURLToPath(new URL('../../../scripts/explain.ts', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'explain-'));
afterAll(() => rmSync(directory, { recursive: true }));

interface Run {
  readonly code: number | null;
  readonly answers: readonly Record<string, unknown>[];
  readonly stderr: string;
}

/** As `npm run --silent explain` runs it. */
function explain(
  args: readonly string[],
  input = '',
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Run> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const answers = stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
      resolve({ code, answers, stderr });
    });
  });
}

function write(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

describe('npm run explain', () => {
  it('answers one JSON object for each line of the input, in its order', async () => {
    const cases = [
      { id: 'a', status: 'Failed', failure_reason: null, log: "KeyError: 'x'", metrics: null },
      { id: 'b' },
      { id: 'c', status: 'Stopped', secondary_status: 'MaxRuntimeExceeded', log: '' },
    ];
    const { code, answers } = await explain([], `${cases.map((one) => JSON.stringify(one)).join('\n\n')}\n`);
    expect(code).toBe(0);
    expect(answers.map(({ id, label }) => [id, label])).toEqual([
      ['a', 'missing-key'],
      ['b', 'unknown'],
      ['c', 'max-runtime-exceeded'],
    ]);
    for (const answer of answers) {
      expect(Object.keys(answer)).toEqual([
        'id',
        'label',
        'title',
        'confidence',
        'evidence',
        'remedy',
        'retryable',
        'checks',
      ]);
      expect((answer.checks as { name: string }[]).map(({ name }) => name)).toEqual(CHECK_NAMES);
    }
  });

  it('reads a log from a file, with the facts beside it', async () => {
    const log = write(
      'a.log',
      `${'step\n'.repeat(50_000)}RuntimeError: CUDA out of memory. Tried to allocate 1 GiB\n${'step\n'.repeat(50_000)}`,
    );
    const facts = write(
      'a.json',
      JSON.stringify({
        id: 'j',
        status: 'Failed',
        request_facts: { instance_type: 'ml.g4dn.xlarge', hyperparameters: { batch_size: '64' } },
      }),
    );
    const { answers } = await explain(['--log', log, '--facts', facts]);
    expect(answers).toMatchObject([{ id: 'j', label: 'gpu-oom', evidence: [{ source: 'log', line: 50_001 }] }]);
    expect(answers[0]?.remedy).toEqual(
      expect.arrayContaining([
        expect.stringContaining('batch_size (now 64)'),
        expect.stringMatching(/ml\.\S+ has [\d.]+ GiB a GPU instead of/),
      ]),
    );
  });

  it.each([
    ['a line that is not JSON', [], 'x\n', 'line 1 of the input is not JSON'],
    ['a line that is no object', [], '{}\n[1]\n', 'line 2 of the input is not a JSON object'],
    ['a file that is not there', ['--log', '/nowhere/a.log'], '', 'no such file'],
    ['an unknown option', ['--lgo', 'x'], '', 'lgo'],
    ['no region', ['--job', 'x'], '', 'no region'],
  ])('ends with 1 and a sentence for %s', async (_, args, input, words) => {
    const { code, stderr } = await explain(args, input, { AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^explain: .+\n$/);
    expect(stderr).toContain(words);
  });
});

describe('npm run explain -- --job', () => {
  const NAME = 'train-a';
  const WORLD = {
    ecr: { repositories: [{ name: 'demo', images: [{ tag: 'v1' }] }] },
    jobs: [
      {
        match: '*',
        phases: [{ status: 'Training', seconds: 50 }],
        status: 'Failed',
        instanceMetrics: { MemoryUtilization: [[1, 97.5]] },
        failureReason:
          'AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage ""\nCommand "python train.py", exit code: 1',
        logs: {
          pageEvents: 3,
          lines: [
            { at: 1, text: 'step {i}', every: 1, times: 9 },
            {
              at: 20,
              node: 2,
              text: 'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 8, in read',
            },
            {
              at: 21,
              node: 2,
              text: "FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/train/x.csv'",
            },
            { at: 30, node: 1, text: 'torch.distributed.DistBackendError: NCCL error: remote process exited' },
          ],
        },
      },
    ],
  };

  async function runJob(local: LocalCloud): Promise<void> {
    const { trainer } = openAws({ region: 'us-east-1' }, { secrets: makeSecrets(() => undefined), clock });
    await trainer.create({
      TrainingJobName: NAME,
      RoleArn: 'arn:aws:iam::111122223333:role/training',
      AlgorithmSpecification: { TrainingImage: `${local.registry}/demo:v1`, TrainingInputMode: 'File' },
      ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 2, VolumeSizeInGB: 30 },
      OutputDataConfig: { S3OutputPath: 's3://sagemaker-us-east-1-111122223333/output/' },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    });
    while ((await trainer.describe(NAME)).TrainingJobStatus === 'InProgress') await clock.sleep(0.02);
  }

  it('explains a job of the account from all pages of all its log streams', async () => {
    const local = await startLocalCloud({ script: WORLD, timeScale: 1000 });
    const before = { ...process.env };
    try {
      Object.assign(process.env, local.env);
      await runJob(local);
      const { code, answers, stderr } = await explain(['--job', NAME, '--region', 'us-east-1'], '', local.env);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(answers).toMatchObject([{ id: NAME, label: 'file-not-found' }]);
      const [answer] = answers as { checks: { finding: string }[] }[];
      expect(answer?.checks.map(({ finding }) => finding)).toEqual([
        expect.stringMatching(/^22 lines read; `FileNotFoundError/),
        expect.stringMatching(/^Memory: highest 97.5 %, last 97.5 % on algo-1\./),
        expect.stringContaining('1 of 1 S3 locations of the request answered'),
        expect.stringContaining('The image exists for amd64'),
      ]);
      expect((await explain(['--job', 'train-none', '--region', 'us-east-1'], '', local.env)).code).toBe(1);
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      await local.close();
    }
  });
});
