import { describe, expect, test } from '@jest/globals';
import { jobStore } from '../../local-cloud/training/jobs.ts';
import { job, PHASES, TRAINS_ON } from './jobs.ts';
import { plainText } from './seen.ts';
import { openSession } from './sessions.ts';
import { type Run, type Setting, Stage } from './stage.ts';

const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
const ROLE = { 'role-to-assume': 'arn:aws:iam::111122223333:role/ci' };

const NOT_AWS = ['github', 'oidc', 'local', 'registry'];

test('a job far longer than a session is followed to its end: sessions are renewed in time, and only then', async () => {
  const minutes = 40;
  const phases = PHASES.map((phase) => (phase.status === 'Training' ? { ...phase, seconds: minutes * 60 } : phase));
  const long = job([{ text: 'step={i}', every: 60, times: 30 }, 'val_mape=0.05'], { phases });
  await using stage = await Stage.open({ name: 'credentials-long', jobs: [long], timeScale: 300 });
  const main = await stage.main({ inputs: { ...ROLE, 'role-duration': '15m' }, without: KEYS });

  expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'success', statuses: ['pending', 'success'] });
  const ledger = await stage.ledger();
  const errors = ledger.flatMap(({ error, operation }) => (error === null ? [] : [`${operation}: ${error}`]));
  expect(errors.filter((error) => /Expired|Unrecognized|InvalidClientToken|Signature/.test(error))).toEqual([]);
  const assumed = ledger.filter(({ operation, status }) => operation === 'AssumeRoleWithWebIdentity' && status === 200);
  expect(assumed[0]?.request).toMatchObject({ DurationSeconds: 900, RoleSessionName: 'train-on-sagemaker-4711' });
  // Sessions of 15 minutes, renewed at a third of their life before the end: one each 10 minutes.
  expect(assumed.length).toBeGreaterThanOrEqual(4);
  expect(assumed.length).toBeLessThanOrEqual(7);
  const signed = ledger.filter(
    ({ service, operation }) => !NOT_AWS.includes(service) && operation !== 'AssumeRoleWithWebIdentity',
  );
  expect(signed.filter(({ caller }) => !caller.startsWith('ASIA'))).toEqual([]);
  expect(new Set(signed.map(({ caller }) => caller)).size).toBe(assumed.length);
  expect(main.log).not.toContain('::warning::');
});

test('credentials of the environment that end in mid-wait leave the job alone: pending, and red', async () => {
  await using stage = await Stage.open({ name: 'credentials-expire', jobs: [TRAINS_ON] });
  const session = openSession(stage);
  void stage.when('GetLogEvents', 2).then(() => session.end());
  const { main, post } = await stage.run({ env: session.env, inputs: { 'max-run': '2h' } });

  expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'pending', statuses: ['pending', 'pending'] });
  expect(main.outputs['gate-passed']).toBe('');
  const [live] = stage.local.cloud.shared(jobStore).jobs.values();
  expect(live?.state.status).toBe('InProgress');
  const [comment = ''] = await stage.comments();
  expect(comment).toContain('### 🕓 Training is pending: this run lost sight of the job');
  expect(plainText(comment)).toContain('**Next:** Give the role as role-to-assume');
  expect(comment).toContain(main.outputs['job-name']);
  expect(post.exitCode).toBe(0);
  expect(await stage.calls('StopTrainingJob')).toEqual([]);
});

interface Case {
  readonly what: string;
  readonly setting: Setting;
  readonly run: Run;
  readonly headline: string;
  readonly says: readonly (string | RegExp)[];
}

const CASES: readonly Case[] = [
  {
    what: 'without id-token: write there is no OIDC token',
    setting: { name: 'credentials-no-oidc', script: { oidc: { available: false } } },
    run: { inputs: ROLE },
    headline: 'Training did not start: there are no AWS credentials',
    says: ['GitHub gave this job no OIDC token', 'id-token: write'],
  },
  {
    what: 'a role that does not trust GitHub',
    setting: { name: 'credentials-no-trust', script: { iam: { roles: [{ name: 'ci', trust: { Statement: [] } }] } } },
    run: { inputs: ROLE },
    headline: 'Training did not start: a permission in AWS is missing',
    says: ['Not authorized to perform sts:AssumeRoleWithWebIdentity', /trust policy/],
  },
  {
    what: 'an audience that the OIDC provider does not know',
    setting: { name: 'credentials-audience' },
    run: { inputs: { ...ROLE, audience: 'elsewhere' } },
    headline: 'Training did not start: a permission in AWS is missing',
    says: ['Incorrect token audience', /`?audience`?/],
  },
  {
    what: 'a session longer than the role allows',
    setting: { name: 'credentials-too-long' },
    run: { inputs: { ...ROLE, 'role-duration': '6h' } },
    headline: 'Training did not start: the inputs need correcting',
    says: ['exceeds the MaxSessionDuration', 'role-duration'],
  },
  {
    what: 'no credentials at all',
    setting: { name: 'credentials-none' },
    run: { env: { AWS_EC2_METADATA_DISABLED: 'true' } },
    headline: 'Training did not start: there are no AWS credentials',
    says: ['role-to-assume'],
  },
  {
    what: 'keys that AWS does not know',
    setting: { name: 'credentials-unknown' },
    run: { env: { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN000000001', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) } },
    headline: 'Training did not start: AWS did not accept the credentials',
    says: ['AWS did not accept the credentials', 'InvalidClientTokenId'],
  },
];

describe('credentials that cannot be had', () => {
  test.each(CASES)('$what: said before anything is spent', async ({ setting, run, headline, says }) => {
    await using stage = await Stage.open(setting);
    const { main, post } = await stage.run({ ...run, without: run.env?.AWS_ACCESS_KEY_ID ? [] : KEYS });

    expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: ['pending', 'failure'] });
    const [comment = ''] = await stage.comments();
    expect(comment.split('\n')[1]).toBe(`### ❌ ${headline}`);
    for (const text of says) {
      expect(plainText(comment)).toMatch(text);
      expect(plainText(main.log)).toMatch(text);
    }
    const done = (await stage.ledger()).filter(({ service, status }) => !NOT_AWS.includes(service) && status === 200);
    expect(done).toEqual([]);
    expect(post.exitCode).toBe(0);
  });
});
