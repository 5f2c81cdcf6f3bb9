import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/runner/step.ts';
import { Stage } from './stage.ts';
import { commandsIn } from './workflow-commands.ts';

/** A copy of dist without the parts in which any of these words occurs. */
function bundleWithout(...words: readonly string[]): { readonly entry: string; readonly removed: number } {
  const directory = join(mkdtempSync(join(tmpdir(), 'bundle-')), 'dist');
  copies.push(directory);
  cpSync(join(ROOT, 'dist'), directory, { recursive: true });
  const chunks = readdirSync(directory).filter((file) => /^\d+\.index\.js$/.test(file));
  const loaded = chunks.filter((file) => {
    const text = readFileSync(join(directory, file), 'utf8');
    return words.some((word) => text.includes(word));
  });
  for (const file of loaded) rmSync(join(directory, file));
  return { entry: join(directory, 'index.js'), removed: loaded.length };
}

const copies: string[] = [];
afterAll(() => {
  for (const copy of copies) rmSync(join(copy, '..'), { recursive: true, force: true });
});

const AWS = ['client-sagemaker', 'SageMakerClient'];
const GITHUB = ['octokit', 'Octokit'];

const FIVE = {
  'max-run': '90x',
  spot: 'yep',
  's3-uri': 'S3:/acme-ml/train',
  'execution-role': 'role/training',
  'hyper-parameters': 'epochs: 3',
};

test('five mistakes make one message that names them all, before AWS and GitHub are loaded', async () => {
  await using stage = await Stage.open({ name: 'inputs-five' });
  const { entry, removed } = bundleWithout(...AWS, ...GITHUB);
  const { main, post } = await stage.run({ inputs: FIVE, bundle: entry });

  expect(removed).toBeGreaterThan(1);
  expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: [] });
  const errors = commandsIn(main.log).filter(({ name }) => name === 'error');
  expect(errors).toHaveLength(1);
  const [heading, ...lines] = decodeURIComponent(errors[0]?.data ?? '').split('\n');
  expect(heading).toBe('There are 5 mistakes in the inputs:');
  expect(lines.filter((line) => line.startsWith('- ')).map((line) => line.split(' ')[1])).toEqual(
    expect.arrayContaining(Object.keys(FIVE)),
  );
  expect(lines.find((line) => line.includes('hyper-parameters'))).toContain('hyperparameters');
  expect(lines.find((line) => line.includes('max-run'))).toMatch(/"90x".*\. (Write|Use) /);
  expect(lines.find((line) => line.includes('spot'))).toMatch(/true.*false/);
  expect(lines.find((line) => line.includes('s3-uri'))).toContain('s3://');
  expect(lines.find((line) => line.includes('execution-role'))).toContain('arn:aws:iam::');
  expect(lines.at(-1)).toBe('Correct the `with:` block of the step. Nothing was built or started.');
  expect(main.outputs).toEqual({ conclusion: 'failure' });
  expect(post.exitCode).toBe(0);
  expect(await stage.ledger()).toEqual([]);
});

test('a post step with nothing to do needs neither the AWS clients nor the GitHub client, and no right inputs', async () => {
  await using stage = await Stage.open({ name: 'inputs-post' });
  const { entry } = bundleWithout(...AWS, ...GITHUB);
  const state = [{ main: 'started' }, { main: 'started', 'job-name': 'train-x-1', 'job-settled': 'true' }];
  for (const saved of state) {
    const post = await stage.post(saved, { bundle: entry, inputs: FIVE });
    expect(post).toMatchObject({ exitCode: 0, outputs: {}, state: {} });
    expect(commandsIn(post.log).filter(({ name }) => name !== 'add-mask')).toEqual([]);
  }
  expect(await stage.ledger()).toEqual([]);
});

test('a copy of the bundle is a bundle: the same run succeeds with all its parts', async () => {
  await using stage = await Stage.open({ name: 'inputs-whole-copy' });
  const { entry, removed } = bundleWithout();
  const main = await stage.main({ bundle: entry });

  expect(removed).toBe(0);
  expect(await stage.seen(main)).toMatchObject({ exit: 0, conclusion: 'success' });
});

test.each([
  { what: 'broken JSON', name: 'inputs-event-broken', text: '{"pull_request": ' },
  { what: 'no file', name: 'inputs-event-missing', text: undefined },
  { what: 'JSON that is no object', name: 'inputs-event-null', text: 'null' },
])('an event file with $what ends in one error that names the file', async ({ name, text }) => {
  await using stage = await Stage.open({ name });
  const path = join(stage.checkout.directory, 'event.json');
  if (text !== undefined) writeFileSync(path, text);
  const main = await stage.main({ eventPath: path });

  expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: [] });
  const errors = commandsIn(main.log).filter(({ name: command }) => command === 'error');
  expect(errors).toHaveLength(1);
  expect(errors[0]?.data).toContain('GITHUB_EVENT_PATH');
  expect(main.log).not.toContain('defect of the action');
  expect(await stage.ledger()).toEqual([]);
});

test('without a token training goes on, and one warning says what is not written', async () => {
  await using stage = await Stage.open({ name: 'inputs-no-token' });
  const main = await stage.main({ inputs: { 'github-token': '' } });

  expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'success', statuses: [] });
  expect(main.log.match(/^::warning::.*$/gm)).toEqual([
    '::warning::There is no `github-token`: no comment and no commit status are written.',
  ]);
  expect(main.outputs['comment-url']).toBe('');
  expect((await stage.ledger()).filter(({ service }) => service === 'github')).toEqual([]);
});
