import { describe, expect, test } from '@jest/globals';
import { COMPLETES, failed, type Job, PHASES, TRAINS_ON } from './jobs.ts';
import { Stage } from './stage.ts';

interface Case {
  readonly how: string;
  readonly name: string;
  readonly job: Job;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly conclusion: 'failure' | 'cancelled';
  readonly secondary: string;
  readonly headline: string;
  readonly says: readonly string[];
  readonly saysNot?: string;
}

const REASON = 'AlgorithmError: ExecuteUserScriptError: negative dimension, exit code: 1';

const CASES: readonly Case[] = [
  {
    how: 'fails with a reason',
    name: 'end-failed',
    job: failed(REASON),
    conclusion: 'failure',
    secondary: 'Failed',
    headline: '### ❌ Training failed: the program raised an exception',
    says: [REASON, 'The training log:', 'ValueError: negative dimension', '**Next:**', 'The whole log'],
  },
  {
    how: 'fails without a reason',
    name: 'end-failed-silently',
    job: failed(null),
    conclusion: 'failure',
    secondary: 'Failed',
    headline: '### ❌ Training failed: the program raised an exception',
    says: ['ValueError: negative dimension', '(`python-exception`, 70 % sure)'],
    saysNot: "SageMaker's reason",
  },
  {
    how: 'fails before the container wrote a line',
    name: 'end-failed-mute',
    job: { phases: PHASES, status: 'Failed', failureReason: 'InternalServerError: Please try again.', logs: {} },
    conclusion: 'failure',
    secondary: 'Failed',
    headline: '### ❌ Training failed: the service reports an internal error',
    says: [
      'InternalServerError: Please try again.',
      'Running it again as it is may succeed.',
      'No training log exists',
    ],
  },
  {
    how: 'reaches max-run',
    name: 'end-max-run',
    job: TRAINS_ON,
    inputs: { 'max-run': '60s' },
    conclusion: 'failure',
    secondary: 'MaxRuntimeExceeded',
    headline: '### ❌ Training failed: it used up its training time, `max-run`',
    says: ['Training ran for all of `max-run` (1 min', '**Next:** Raise `max-run`', '| Container start | '],
  },
  {
    how: 'reaches max-wait while it trains',
    name: 'end-max-wait-training',
    job: { ...TRAINS_ON, interruptions: [{ seconds: 20, downSeconds: 600 }] },
    inputs: { 'max-run': '60s', 'max-wait': '100s' },
    conclusion: 'failure',
    secondary: 'MaxWaitTimeExceeded',
    headline: '### ❌ Training failed: it was not done within `max-wait`',
    says: ['interruptions and training together took longer than `max-wait`', 'Interrupted once by spot'],
  },
  {
    how: 'never gets an instance within max-wait',
    name: 'end-capacity-never',
    job: { ...COMPLETES, capacity: 'never' },
    inputs: { 'max-run': '60s', 'max-wait': '90s' },
    conclusion: 'failure',
    secondary: 'MaxWaitTimeExceeded',
    headline: '### ❌ Training failed: it was not done within `max-wait`',
    says: ['No spot instance came within `max-wait`', 'the script never started', 'or set `spot: false`'],
    saysNot: 'No training log exists',
  },
];

test.each(CASES)('a job that $how is told as such', async (row) => {
  await using stage = await Stage.open({ name: row.name, jobs: [row.job] });
  const { main, post } = await stage.run({ inputs: row.inputs ?? {} });

  const status = row.conclusion === 'cancelled' ? 'error' : 'failure';
  expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: row.conclusion, statuses: ['pending', status] });
  expect(main.outputs).toMatchObject({ 'gate-passed': 'false', 'secondary-status': row.secondary });
  const [comment = ''] = await stage.comments();
  expect(comment.split('\n')[1]).toBe(row.headline);
  for (const text of row.says) expect(comment).toContain(text);
  if (row.saysNot) expect(comment).not.toContain(row.saysNot);
  expect(main.summary).toContain(row.headline);
  expect(main.log).toMatch(/^::error::/m);
  // A job that ended is nothing for the post step.
  expect(post.exitCode).toBe(0);
  expect(await stage.calls('StopTrainingJob')).toEqual([]);
});

describe('somebody else stops the job in AWS', () => {
  test.each([
    { when: 'while it trains', name: 'end-stopped', job: TRAINS_ON, operation: 'GetLogEvents' },
    {
      when: 'while it waits for capacity',
      name: 'end-stopped-waiting',
      job: { ...COMPLETES, capacity: 'never' },
      operation: 'DescribeTrainingJob',
    },
  ])('$when: cancelled, never green', async ({ name, job, operation }) => {
    await using stage = await Stage.open({ name, jobs: [job] });
    const running = stage.main();
    await stage.when('CreateTrainingJob');
    await stage.when(operation, 2);
    stage.stopInConsole();
    const main = await running;

    expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'cancelled', statuses: ['pending', 'error'] });
    expect(main.outputs).toMatchObject({ status: 'Stopped', 'secondary-status': 'Stopped', 'gate-passed': 'false' });
    const [comment = ''] = await stage.comments();
    expect(comment).toContain('### ⛔ Training stopped: someone stopped the job in AWS');
    expect(comment).toContain('CloudTrail names the caller of `StopTrainingJob`');
    expect(await stage.calls('StopTrainingJob')).toEqual([]);
  });
});
