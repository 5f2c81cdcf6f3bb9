import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const example = join(import.meta.dirname, '../../../examples/forecast');
const settings = ['--epochs', '8', '--hidden-units', '4', '--lags', '12'];
let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'forecast-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const place = (job: string, ...path: string[]): string => join(root, job, ...path);

function command(job: string, extra: readonly string[] = []) {
  const env = {
    ...process.env,
    SM_CHANNEL_TRAIN: join(example, 'data'),
    SM_MODEL_DIR: place(job, 'model'),
    SM_OUTPUT_DATA_DIR: place(job, 'output'),
    SM_OUTPUT_DIR: place(job),
    SM_CHECKPOINT_DIR: place(job, 'checkpoints'),
  };
  return { args: [join(example, 'src/train.py'), ...settings, ...extra], env };
}

function runToEnd(job: string): string {
  const { args, env } = command(job);
  const { status, stdout, stderr } = spawnSync('python3', args, { env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** Starts the training, kills it without notice once it has begun the epoch after `epoch`, and returns its signal. */
async function killAfter(job: string, epoch: number): Promise<NodeJS.Signals | null> {
  const { args, env } = command(job, ['--epoch-seconds', '0.5']);
  const child = spawn('python3', args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(`epoch=${epoch + 1} `)) child.kill('SIGKILL');
  }
  return await ended;
}

const result = (job: string) => ({
  model: readFileSync(place(job, 'model/model.json'), 'utf8'),
  metrics: readFileSync(place(job, 'output/metrics.json'), 'utf8'),
});

describe('the forecast example', () => {
  let uninterrupted = '';

  beforeAll(() => {
    uninterrupted = runToEnd('whole');
  });

  it('passes its own tests', () => {
    const { status, stderr } = spawnSync('python3', ['-m', 'unittest', 'discover', '-s', join(example, 'tests')], {
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/Ran [1-9]\d* tests/);
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });

  it('learns: every metric is a line of name=value, and the forecast beats the seasonal-naive one', () => {
    const epochs = uninterrupted.match(/^epoch=\d+ train_loss=\d+\.\d+ val_mape=0\.\d+ val_rmse=\d+\.\d+$/gm) ?? [];
    expect(epochs).toHaveLength(8);
    const { epochs: done, val_mape, seasonal_naive_mape } = JSON.parse(result('whole').metrics);
    expect(done).toBe(8);
    expect(val_mape).toBeLessThan(seasonal_naive_mape);
  });

  it('ends after a kill without notice exactly as it would have without it', async () => {
    expect(await killAfter('killed', 3)).toBe('SIGKILL');
    const resumed = runToEnd('killed');
    expect(resumed).toMatch(/^resumed from step [3-5] \(epoch [3-5]\) of 8$/m);
    expect(resumed).not.toMatch(/^epoch=[1-3] /m);
    expect(result('killed')).toEqual(result('whole'));
  });

  it('passes over a newest checkpoint that was cut short, and over marker files of the uploader', async () => {
    expect(await killAfter('damaged', 4)).toBe('SIGKILL');
    // The relaunched instance sees what reached the bucket: the newest file cut short, markers beside the files.
    cpSync(place('damaged', 'checkpoints'), place('relaunched', 'checkpoints'), { recursive: true });
    const folder = place('relaunched', 'checkpoints');
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const newest = files.sort().at(-1) ?? '';
    truncateSync(join(folder, newest), 2000);
    const markers = ['uploading', 'uploaded', 'ignore'].map((state) => `checkpoint-000099.json.sagemaker-${state}`);
    for (const marker of markers) writeFileSync(join(folder, marker), '');

    const resumed = runToEnd('relaunched');

    const step = Number(newest.slice('checkpoint-'.length, -'.json'.length));
    expect(resumed).toContain(`checkpoint of step ${step} is damaged, trying the one before`);
    expect(resumed).toContain(`resumed from step ${step - 1} (epoch ${step - 1}) of 8`);
    expect(result('relaunched')).toEqual(result('whole'));
    expect(readdirSync(folder)).toEqual([...markers, 'checkpoint-000007.json', 'checkpoint-000008.json'].sort());
  });
});
