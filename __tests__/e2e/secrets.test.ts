import { expect, test } from '@jest/globals';
import { job } from './jobs.ts';
import { type Given, openSession, overhear } from './sessions.ts';
import { type Run, Stage } from './stage.ts';
import { commandsIn } from './workflow-commands.ts';

/** Every surface that leaves the machine, or that a later step can read. */
async function surfaces(stage: Stage, run: Run): Promise<Readonly<Record<string, string>>> {
  const { main, post } = await stage.run(run);
  expect(main.outputs.conclusion).toBe('success');
  const { s3, ledger } = stage.local.cloud;
  const runFiles = s3.list('acme-ml', 'train/runs/').map(({ key }) => s3.get('acme-ml', key)?.toString() ?? '');
  expect(runFiles).toHaveLength(1);
  const shown = (text: string) =>
    text
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n');
  return {
    log: shown(main.log),
    'log of the post step': shown(post.log),
    comment: (await stage.comments()).join('\n'),
    statuses: JSON.stringify((await stage.github()).statuses),
    summary: main.summary,
    outputs: JSON.stringify(main.outputs),
    state: JSON.stringify(main.state),
    'run file': runFiles.join('\n'),
    request: JSON.stringify(ledger.entries().filter(({ operation }) => operation === 'CreateTrainingJob')),
    masks: commandsIn(main.log)
      .filter(({ name }) => name === 'add-mask')
      .map(({ data }) => decodeURIComponent(data))
      .join('\n'),
  };
}

function expectHidden({ masks = '', ...texts }: Readonly<Record<string, string>>, secrets: readonly Given[]): void {
  for (const { what, value } of secrets) {
    const forms = [value, Buffer.from(value).toString('base64'), encodeURIComponent(value)];
    const found = Object.entries(texts).filter(([, text]) => forms.some((form) => text.includes(form)));
    expect({ what, found: found.map(([name]) => name) }).toEqual({ what, found: [] });
    expect({ what, masked: masks.includes(value) }).toEqual({ what, masked: true });
  }
  expect(texts.log).toContain('│ print ***\n');
  expect(texts.comment).toContain('print ***');
}

/** Lines that print a secret plainly, in JSON, in a URL and in base64. */
const leaks = ({ value }: Given) => [
  `print ${value}`,
  JSON.stringify({ key: value }),
  `GET https://x.example/?key=${encodeURIComponent(value)}`,
  Buffer.from(value).toString('base64'),
];

const leaking = (secrets: readonly Given[]) => job([...secrets.flatMap(leaks), 'val_mape=0.05']);

test('the secrets of the environment are nowhere, whatever the training log prints', async () => {
  await using stage = await Stage.open({ name: 'secrets-environment' });
  const { env } = stage.local;
  const secrets = [
    { what: 'AWS secret key', value: env.AWS_SECRET_ACCESS_KEY ?? '' },
    { what: 'GitHub token', value: env.GITHUB_TOKEN ?? '' },
    { what: 'OIDC request token', value: env.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? '' },
  ];
  expect(secrets.every(({ value }) => value.length > 20)).toBe(true);
  stage.change({ jobs: [leaking(secrets)] });

  expectHidden(await surfaces(stage, {}), secrets);
});

test('a session of the environment: its token is a secret as well', async () => {
  await using stage = await Stage.open({ name: 'secrets-session' });
  const session = openSession(stage).env;
  const secrets = [
    { what: 'secret key', value: session.AWS_SECRET_ACCESS_KEY ?? '' },
    { what: 'session token', value: session.AWS_SESSION_TOKEN ?? '' },
  ];
  stage.change({ jobs: [leaking(secrets)] });

  expectHidden(await surfaces(stage, { env: session }), secrets);
});

test('what STS and the OIDC endpoint gave out while the run went on is hidden too', async () => {
  await using stage = await Stage.open({ name: 'secrets-role', timeScale: 25 });
  const given: Given[] = [];
  overhear(stage, (...some) => {
    given.push(...some);
    stage.change({ jobs: [leaking(given)] });
  });
  const shown = await surfaces(stage, {
    inputs: { 'role-to-assume': 'arn:aws:iam::111122223333:role/ci' },
    without: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  });

  // A session whose answer got lost on the way was never this run's to hide.
  const callers = new Set((await stage.ledger()).map(({ caller }) => caller));
  const received = given.filter(({ accessKeyId }) => accessKeyId === undefined || callers.has(accessKeyId));
  const kinds = new Set(received.map(({ what }) => what));
  expect(kinds).toEqual(new Set(['OIDC token', 'secret key', 'session token']));
  expectHidden(shown, received);
});
