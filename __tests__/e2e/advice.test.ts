import { expect, test } from '@jest/globals';
import { job, PHASES } from './jobs.ts';
import { plainText } from './seen.ts';
import { Stage } from './stage.ts';

/** Twelve minutes of training that uses next to nothing, one value a minute. */
const IDLE = job(['epoch=1 val_mape=0.05'], {
  phases: PHASES.map((phase) => (phase.status === 'Training' ? { ...phase, seconds: 720 } : phase)),
  instanceMetrics: {
    MemoryUtilization: Array.from({ length: 12 }, (_, minute) => [60 * minute, 12]),
    CPUUtilization: Array.from({ length: 12 }, (_, minute) => [60 * minute, 60]),
  },
});

test('a training that used little of its machine is told the smaller one', async () => {
  await using stage = await Stage.open({ name: 'advice-smaller', jobs: [IDLE], timeScale: 40 });
  const main = await stage.main({ inputs: { spot: 'false' } });

  expect(await stage.seen(main)).toMatchObject({ exit: 0, conclusion: 'success' });
  const [comment = ''] = await stage.comments();
  for (const text of [comment, main.summary]) {
    expect(plainText(text)).toContain('💡 Try instance-type: ml.m5.large: it would have held this training');
    expect(plainText(text)).toContain('MemoryUtilization 12 %, CPUUtilization 15 %');
  }
  expect(main.outputs.cause).toBe('');
});

test('interrupted, and nothing was ever written to the checkpoint path', async () => {
  const lost = job(['epoch=1 val_mape=0.2', 'epoch=2 val_mape=0.1', 'epoch=1 val_mape=0.05'], {
    interruptions: [{ logLines: 2, downSeconds: 5 }],
  });
  await using stage = await Stage.open({ name: 'advice-from-zero', jobs: [lost], timeScale: 20 });
  const main = await stage.main();

  expect(main.outputs.interruptions).toBe('1');
  const [comment = ''] = await stage.comments();
  expect(plainText(comment)).toContain('⚡ Interrupted once by spot, and started from zero.');
  expect(plainText(comment)).toMatch(
    /💡 Write checkpoints to checkpoint-path .*the log came to epoch 2, and after that to epoch 1 again; nothing was ever written to s3:\/\/acme-ml/,
  );
});

test('no right to look, no advice, and not a word of it', async () => {
  const faults = [{ service: 'cloudwatch', operation: 'GetMetricData', kind: 'denied', times: 99 }];
  await using stage = await Stage.open({ name: 'advice-denied', jobs: [IDLE], script: { faults } });
  const main = await stage.main({ inputs: { spot: 'false' } });

  expect(await stage.seen(main)).toMatchObject({ exit: 0, conclusion: 'success' });
  const [comment = ''] = await stage.comments();
  expect(comment).not.toMatch(/💡|GetMetricData/);
});
