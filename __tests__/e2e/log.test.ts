import { describe, expect, test } from '@jest/globals';
import { COMPLETES, job, type Line, PHASES } from './jobs.ts';
import { Stage } from './stage.ts';

const SUCCESS = { exit: 0, conclusion: 'success', statuses: ['pending', 'success'] };

test('a log group that does not exist changes no verdict and is no error', async () => {
  const silent = job(['val_mape=0.05'], { logs: { group: 'missing' }, metrics: { val_mape: [[1, 0.05]] } });
  await using stage = await Stage.open({ name: 'log-group-missing', jobs: [silent] });
  const main = await stage.main();

  expect(await stage.seen(main)).toEqual(SUCCESS);
  const asked = await stage.calls('DescribeLogStreams');
  expect(asked.map(({ error }) => error)).toContain('ResourceNotFoundException');
  expect(main.log).not.toContain('::warning::');
  expect((await stage.comments())[0]).toContain('No training log exists in CloudWatch');
  expect(JSON.parse(main.outputs.metrics ?? '').val_mape).toMatchObject({ last: 0.05, points: 0 });
});

test('streams that never appear change no verdict either', async () => {
  const silent = job(['val_mape=0.05'], { logs: { streams: 'never' }, metrics: { val_mape: [[1, 0.05]] } });
  await using stage = await Stage.open({ name: 'log-streams-never', jobs: [silent] });
  const main = await stage.main();

  expect(await stage.seen(main)).toEqual(SUCCESS);
  expect((await stage.comments())[0]).toContain('No training log exists in CloudWatch');
});

test('empty pages are no end, small pages are all read, and late lines are waited for', async () => {
  const lines: Line[] = [{ at: 1, text: 'step={i} val_mape=0.0{i}', every: 0.1, times: 10 }, { text: 'val_mape=0.05' }];
  const paged = job(lines, { logs: { emptyPages: 4, pageEvents: 3 }, delays: { logs: 8 } });
  await using stage = await Stage.open({ name: 'log-empty-pages', jobs: [paged] });
  const main = await stage.main();

  expect(await stage.seen(main)).toEqual(SUCCESS);
  const shown = main.log.match(/^│ .*val_mape=.*$/gm);
  expect(shown).toHaveLength(11);
  expect(shown?.at(-1)).toBe('│ val_mape=0.05');
  expect(JSON.parse(main.outputs.metrics ?? '').val_mape.points).toBe(11);
});

test('the lines of 20 nodes are all in the log, each with the name of its node', async () => {
  const nodes = job(['rank is up', 'val_mape=0.05']);
  await using stage = await Stage.open({ name: 'log-20-nodes', jobs: [nodes] });
  const main = await stage.main({ inputs: { 'instance-count': '20' } });

  expect(await stage.seen(main)).toEqual(SUCCESS);
  const names = Array.from({ length: 20 }, (_, index) => `algo-${index + 1}`);
  for (const text of ['rank is up', 'val_mape=0.05']) {
    const seen = names.filter((name) => main.log.includes(`\n│ ${name} │ ${text}\n`));
    expect(seen).toEqual(names);
  }
  const [comment = ''] = await stage.comments();
  expect(comment).toContain('20 × `ml.m5.xlarge`, managed spot');
  expect(comment).toMatch(/algo-20 \| val_mape=0\.05/);
});

describe('lines that are hard to show', () => {
  test('a line of 1 MB is cut in the step log and the run goes on', async () => {
    const long = job([{ size: 1024 * 1024 }, 'val_mape=0.05']);
    await using stage = await Stage.open({ name: 'log-long-line', jobs: [long] });
    const main = await stage.main();

    expect(await stage.seen(main)).toEqual(SUCCESS);
    expect(main.log).toMatch(/^│ x{3900,4000} … \([0-9,]+ characters\)$/m);
    const longest = Math.max(...main.log.split('\n').map((line) => line.length));
    expect(longest).toBeLessThan(5000);
    expect((await stage.comments())[0]?.length).toBeLessThan(60_000);
  });

  test('bytes that are no UTF-8 and a progress bar become one readable line each', async () => {
    const bytes = Buffer.from([0x6c, 0xff, 0xfe, 0x80, 0x72]).toString('base64');
    const bar = ' 10%|█\r 50%|█████\r100%|██████████ val_mape=0.04\r';
    await using stage = await Stage.open({ name: 'log-bytes', jobs: [job([{ base64: bytes }, bar, 'val_mape=0.05'])] });
    const main = await stage.main();

    expect(await stage.seen(main)).toEqual(SUCCESS);
    expect(main.log).toContain('\n│ l\ufffd\ufffd\ufffdr\n');
    expect(main.log).toContain('\n│ 100%|██████████ val_mape=0.04\n');
    expect(main.log).not.toContain('50%');
    expect(main.log).not.toContain('\r');
    expect((await stage.comments())[0]).not.toContain('50%');
  });
});

test('lines that are readable only after the end of the job are still read', async () => {
  const phases = PHASES.filter(({ status }) => status !== 'Uploading');
  const late = job(
    [
      { at: 1, text: 'step={i}', every: 1, times: 28 },
      { at: 29, text: 'val_mape=0.05' },
    ],
    {
      phases,
      delays: { logs: 3 },
      finalMetrics: false,
    },
  );
  await using stage = await Stage.open({ name: 'log-late', jobs: [late] });
  const main = await stage.main();

  expect(main.log.match(/^│ step=\d+$/gm)).toHaveLength(28);
  expect(await stage.seen(main)).toEqual(SUCCESS);
});

test('two interruptions and their resumption are told with the line that says so', async () => {
  const resumed = job(
    [
      { at: 1, text: 'epoch=1 val_mape=0.21' },
      { at: 12, text: 'Resuming from checkpoint epoch-2.pt at epoch 2' },
      { at: 22, text: 'Resuming from checkpoint epoch-5.pt at epoch 5' },
      { at: 24, text: 'epoch=9 val_mape=0.05' },
    ],
    {
      phases: PHASES.map((phase) => (phase.status === 'Training' ? { ...phase, seconds: 60 } : phase)),
      interruptions: [
        { logLines: 1, downSeconds: 5 },
        { logLines: 1, downSeconds: 5, skipStarting: true },
      ],
      checkpoints: [{ at: 8, path: 'epoch-2.pt', size: 10 }],
      trainingSeconds: 100,
      billableSeconds: 30,
    },
  );
  await using stage = await Stage.open({ name: 'log-interrupted', jobs: [resumed] });
  const main = await stage.main();

  expect(await stage.seen(main)).toEqual(SUCCESS);
  expect(main.outputs).toMatchObject({ interruptions: '2', 'billable-seconds': '30', 'spot-savings-percent': '70' });
  const [comment = ''] = await stage.comments();
  expect(comment).toContain(
    '⚡ Interrupted twice by spot and resumed; the log says `Resuming from checkpoint epoch-5.pt at epoch 5`',
  );
  expect(comment).toContain('| Interruptions | 2 |');
  expect(comment).toContain('**70.0 % saved**');
  expect(main.log.match(/ Interrupted: /g)).toHaveLength(2);
});

test('interruptions after which no line speaks of resuming are told as a doubt', async () => {
  const restarted = { ...COMPLETES, interruptions: [{ seconds: 10, downSeconds: 5 }] };
  await using stage = await Stage.open({ name: 'log-not-resumed', jobs: [restarted] });
  const main = await stage.main();

  expect(await stage.seen(main)).toEqual(SUCCESS);
  const [comment = ''] = await stage.comments();
  expect(comment).toContain('⚡ Interrupted once by spot. **No log line says that training resumed**');
  expect(comment).toContain('No checkpoint was ever written.');
});
