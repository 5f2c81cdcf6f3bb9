import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { plain, refEnvironment } from './events.ts';
import { COMPLETES, job } from './jobs.ts';
import { type Run, Stage } from './stage.ts';

/** A training of the base branch. Its commit is that of the pull request here, so that nothing but the epochs differs. */
const onMain = (stage: Stage, inputs: Readonly<Record<string, string>> = {}): Run => ({
  event: plain('schedule'),
  env: refEnvironment('refs/heads/main', stage.checkout.headSha),
  inputs: { gates: '', hyperparameters: 'epochs: 3', ...inputs },
});
const WORSE = job(['val_mape=0.3', 'val_mape=0.06']);
const GATE = { gates: 'val_mape <= baseline * 1.02' };

test('a pull request is compared with the base branch; a gate on the baseline decides', async () => {
  await using stage = await Stage.open({ name: 'baseline', jobs: [COMPLETES, WORSE] });
  const base = await stage.main(onMain(stage));
  expect([base.exitCode, JSON.parse(base.outputs.baseline ?? '')]).toEqual([
    0,
    { job: null, why: 'main has no completed training named train yet' },
  ]);

  const main = await stage.main({ inputs: GATE });
  expect([main.exitCode, main.outputs.conclusion]).toEqual([1, 'failure']);
  expect(JSON.parse(main.outputs.gates ?? '')).toMatchObject([
    { holds: false, left: 0.06, right: expect.closeTo(0.051) },
  ]);
  expect(JSON.parse(main.outputs.baseline ?? '')).toMatchObject({
    job: base.outputs['job-name'],
    branch: 'main',
    metrics: { val_mape: { value: 0.06, baseline: 0.05, change: 'worse' } },
  });
  const [comment = ''] = await stage.comments();
  expect(comment).toContain('`val_mape <= baseline * 1.02` does not hold (0.06 against 0.051)');
  expect(comment).toMatch(/\| `val_mape` \| \*\*0\.06\*\* \| 0\.05 \| 🔴 worse: \+0\.01 \(\+20\.0 %\) \|/);
  expect(comment).toContain(`Baseline: [\`${base.outputs['job-name']}\`]`);

  // Judged again at no cost: the smallest value needs the log of the baseline.
  const again = await stage.main({ inputs: { gates: 'min(val_mape) <= baseline * 1.2 + 0.001' } });
  expect([again.exitCode, again.outputs.conclusion]).toEqual([0, 'success']);
  expect(await stage.created()).toHaveLength(2);
});

test('what came to the base branch after this one left it is passed over, and that is said', async () => {
  await using stage = await Stage.open({ name: 'baseline-nearest', jobs: [COMPLETES, WORSE, WORSE] });
  const { directory, baseSha, headSha } = stage.checkout;
  const checkOut = (sha: string) => execFileSync('git', ['checkout', '--quiet', '--detach', sha], { cwd: directory });
  const older = await stage.main(onMain(stage));
  checkOut(baseSha);
  const newer = await stage.main({
    ...onMain(stage, { hyperparameters: 'epochs: 4' }),
    env: refEnvironment('refs/heads/main', baseSha),
  });
  checkOut(headSha);
  const main = await stage.main({ inputs: GATE });

  expect([older.exitCode, newer.exitCode, main.exitCode]).toEqual([0, 0, 1]);
  expect(JSON.parse(main.outputs.baseline ?? '')).toMatchObject({ job: older.outputs['job-name'] });
  const [comment = ''] = await stage.comments();
  expect(comment).toContain(`Baseline: [\`${older.outputs['job-name']}\`]`);
  expect(comment).toContain('; newer ones there are not part of what was trained here.');
});

test.each([
  { missing: 'pass', exit: 0, conclusion: 'success', says: 'let pass, because missing-baseline is pass' },
  { missing: 'fail', exit: 1, conclusion: 'failure', says: '❌ **does not hold**: there is no baseline' },
])(
  'without a baseline its gate does what missing-baseline: $missing says',
  async ({ missing, exit, conclusion, says }) => {
    await using stage = await Stage.open({ name: `baseline-missing-${missing}` });
    const main = await stage.main({ inputs: { ...GATE, 'missing-baseline': missing } });

    expect(await stage.seen(main)).toEqual({
      exit,
      conclusion,
      statuses: ['pending', exit === 0 ? 'success' : 'failure'],
    });
    const [comment = ''] = await stage.comments();
    expect(comment).toContain(says);
    expect(comment).toContain('No baseline: main has no completed training named train yet.');
  },
);

test('Search refused: there is no baseline, the missing permission is named, the verdict stands', async () => {
  await using stage = await Stage.open({
    name: 'baseline-denied',
    script: { faults: [{ service: 'sagemaker', operation: 'Search', kind: 'denied', times: 50 }] },
  });
  const main = await stage.main();

  expect([main.exitCode, main.outputs.conclusion]).toEqual([0, 'success']);
  expect(JSON.parse(main.outputs.baseline ?? '')).toMatchObject({
    job: null,
    why: expect.stringContaining('sagemaker:Search'),
  });
});
