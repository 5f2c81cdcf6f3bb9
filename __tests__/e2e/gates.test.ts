import { describe, expect, test } from '@jest/globals';
import { COMPLETES, job, PHASES } from './jobs.ts';
import { Stage } from './stage.ts';

const SUCCESS = { exit: 0, conclusion: 'success', statuses: ['pending', 'success'] };
const FAILURE = { exit: 1, conclusion: 'failure', statuses: ['pending', 'failure'] };

test('a gate that does not hold fails the run, and comment, status and outputs say by how much', async () => {
  await using stage = await Stage.open({ name: 'gate-fails', jobs: [COMPLETES, COMPLETES] });
  const main = await stage.main({ inputs: { gates: 'val_mape <= 0.04\ncost_usd <= 5\nmax(val_mape) < 1' } });

  expect(await stage.seen(main)).toEqual(FAILURE);
  expect(main.outputs).toMatchObject({ 'gate-passed': 'false', status: 'Completed' });
  expect(JSON.parse(main.outputs.gates ?? '')).toMatchObject([
    { gate: 'val_mape <= 0.04', holds: false, left: 0.05, right: 0.04 },
    { gate: 'cost_usd <= 5', holds: true, right: 5 },
    { gate: 'max(val_mape) < 1', holds: true, left: 0.21, right: 1 },
  ]);
  const [comment = ''] = await stage.comments();
  expect(comment).toContain('### ❌ Training failed its gate: `val_mape <= 0.04` does not hold (0.05 against 0.04)');
  expect(comment).toContain('| `val_mape <= 0.04` | 0.05 | 0.04 | ❌ **does not hold** |');
  expect(comment).toContain('| `max(val_mape) < 1` | 0.21 | 1 | ✅ holds |');
  expect(comment).toContain('**Next:** Improve the model');
  const status = (await stage.github()).statuses.at(-1);
  expect(status?.description).toMatch(
    /^Training failed its gate: val_mape <= 0\.04 does not hold \(0\.05 against 0\.04\)/,
  );

  // Gates do not decide the weights: judged again on the same job.
  const again = await stage.main({ inputs: { gates: 'val_mape <= 0.05' } });
  expect([again.exitCode, again.outputs.conclusion]).toEqual([0, 'success']);
  expect(await stage.created()).toHaveLength(1);
});

describe('a metric that was never printed', () => {
  const SILENT = job(['starting', 'best_val_mape=0.01', 'done']);

  test('fails its gate', async () => {
    await using stage = await Stage.open({ name: 'metric-missing', jobs: [SILENT] });
    const main = await stage.main();

    expect(await stage.seen(main)).toEqual(FAILURE);
    const [gate] = JSON.parse(main.outputs.gates ?? '');
    expect(gate).toMatchObject({ holds: false, left: null, right: 0.1 });
    expect(gate.reason).toContain('val_mape');
    const [comment = ''] = await stage.comments();
    expect(comment).toContain('`val_mape <= 0.1` does not hold');
    expect(comment).toContain('never seen');
  });

  test('is let pass with missing-metric: warn, and the comment says so', async () => {
    await using stage = await Stage.open({ name: 'metric-missing-warn', jobs: [SILENT] });
    const main = await stage.main({ inputs: { 'missing-metric': 'warn' } });

    expect(await stage.seen(main)).toEqual(SUCCESS);
    expect((await stage.comments())[0]).toMatch(
      /✅ holds: .*let pass, because missing&#45;metric is warn|✅ holds: .*let pass/,
    );
  });

  test('and there is no gate: the job is green, the table says that it was never seen', async () => {
    await using stage = await Stage.open({ name: 'metric-missing-no-gate', jobs: [SILENT] });
    const main = await stage.main({ inputs: { gates: '', metrics: 'loss: "loss=([0-9.]+)"' } });

    expect(await stage.seen(main)).toEqual(SUCCESS);
    const [comment = ''] = await stage.comments();
    expect(comment).toContain('### ✅ Training completed: no gate was set');
    expect(comment).toContain('| `loss` | never seen |');
  });
});

describe('final metrics that follow the status', () => {
  test('are waited for', async () => {
    await using stage = await Stage.open({
      name: 'final-metrics-late',
      jobs: [{ ...COMPLETES, delays: { finalMetrics: 12 } }],
    });
    const main = await stage.main();

    expect(await stage.seen(main)).toEqual(SUCCESS);
    const describes = await stage.calls('DescribeTrainingJob');
    const final = describes.at(-1)?.response as { FinalMetricDataList?: readonly unknown[] };
    expect(final.FinalMetricDataList).toHaveLength(1);
    expect(JSON.parse(main.outputs.metrics ?? '').val_mape.last).toBe(0.05);
  });

  test('and never come are taken from the log', async () => {
    await using stage = await Stage.open({
      name: 'final-metrics-never',
      jobs: [{ ...COMPLETES, finalMetrics: false }],
    });
    const main = await stage.main();

    expect(await stage.seen(main)).toEqual(SUCCESS);
    expect(JSON.parse(main.outputs.metrics ?? '').val_mape).toMatchObject({ last: 0.05, points: 3 });
  });
});

test.each([
  { value: 'nan', name: 'metric-nan', says: /nan/i },
  { value: 'inf', name: 'metric-inf', says: /inf/i },
])('$value fails the gate and the run stays readable', async ({ value, name, says }) => {
  await using stage = await Stage.open({ name, jobs: [job(['val_mape=0.05', `val_mape=${value}`])] });
  const main = await stage.main();

  expect(await stage.seen(main)).toEqual(FAILURE);
  expect(JSON.parse(main.outputs.gates ?? '')[0]).toMatchObject({ holds: false });
  expect((await stage.comments())[0]).toMatch(says);
});

describe('max-cost', () => {
  const LIMIT = { 'max-run': '10m', 'max-cost': '0.08' };

  test('is refused in advance when the worst case is dearer, and nothing is started', async () => {
    await using stage = await Stage.open({ name: 'max-cost-refused' });
    const main = await stage.main({ inputs: { ...LIMIT, 'max-run': '1h' } });

    expect(main.exitCode).toBe(1);
    expect(main.log).toContain('Set max-run to at most 10m, or set max-cost to at least 0.27.');
    expect(await stage.awsCalls()).toEqual([]);
  });

  test('stops a job that takes longer than anyone could foresee', async () => {
    const phases = PHASES.map((phase) => (phase.status === 'Downloading' ? { ...phase, seconds: 5000 } : phase));
    await using stage = await Stage.open({ name: 'max-cost-running', jobs: [job([], { phases })], timeScale: 400 });
    const main = await stage.main({ inputs: LIMIT });

    expect(await stage.seen(main)).toEqual(FAILURE);
    expect(main.outputs.status).toBe('Stopped');
    expect((await stage.calls('StopTrainingJob')).filter(({ status }) => status === 200)).toHaveLength(1);
    const [comment = ''] = await stage.comments();
    expect(comment).toContain('### ❌ Training failed: it was about to cost more than `max-cost`');
    expect(comment).toContain('**Next:** Raise `max-cost`');
  });
});
