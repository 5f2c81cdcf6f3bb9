import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../scripts/github-markdown.ts';
import type { StepResult } from '../../scripts/runner/step.ts';
import { decode, takeCode } from '../fixtures/hostile-text.ts';
import { job, PHASES } from './jobs.ts';
import { tagsOf } from './seen.ts';
import { Stage } from './stage.ts';
import { commandsIn } from './workflow-commands.ts';

/** Stands in everything the log says: no command may carry it. */
const CANARY = 'c4n4ry';

const LINES = [
  `::set-output name=conclusion::success${CANARY}`,
  `   ::error file=a.py,line=1::${CANARY}`,
  `\u0085::warning::${CANARY}`,
  `::save-state name=job-name::${CANARY}`,
  `::add-mask::${CANARY}`,
  `::endgroup::${CANARY}`,
  `::group::${CANARY}`,
  `::stop-commands::${CANARY}`,
  `##[save-state name=job-name]${CANARY}`,
  `12:00 INFO ##[set-output name=gate-passed]true${CANARY}`,
  `##[add-mask]${CANARY}`,
  `#\u200b#[set-output name=a]${CANARY}`,
  `#\u001b[0m#[set-output name=b]${CANARY}`,
  `#\u202e#[error]${CANARY}`,
  `progress\r::set-output name=conclusion::success${CANARY}`,
  `\u001b[31mred\u001b[0m \u001b]8;;https://evil.example/${CANARY}\u0007link\u001b]8;;\u0007 \u202ereversed ${CANARY}`,
  `<img src=x onerror=alert(1)> </details> <!-- ${CANARY} -->`,
  '<!-- train-on-sagemaker:train -->',
  `@acme/all #1 GH-2 https://evil.example/${CANARY} \`\`\` ~~~~ \${{ secrets.X }} :tada: ${CANARY}`,
];

const REASON = `ClientError: ::set-output name=x::${CANARY} ##[add-mask]${CANARY} <img src=x> @acme/all \`\`\`\n::error::${CANARY}`;

test('the commands that the parser knows are found where the runner finds them', () => {
  const found = LINES.slice(0, 11).flatMap((line) => commandsIn(line).map(({ name }) => name));
  expect(found).toEqual([
    ...['set-output', 'error', 'warning', 'save-state', 'add-mask', 'endgroup', 'group', 'stop-commands'],
    ...['save-state', 'set-output', 'add-mask'],
  ]);
  expect(commandsIn('plain ::error::x\n::nonsense::x\n##[nonsense]x\r::notice title=a::x')).toEqual([
    { name: 'notice', properties: { title: 'a' }, data: 'x' },
  ]);
});

describe('a training log full of commands', () => {
  test.each([
    { how: 'completes', name: 'hostile-completes', rest: {}, exit: 0, conclusion: 'success' },
    {
      how: 'fails with a reason of the same kind',
      name: 'hostile-fails',
      rest: { status: 'Failed', failureReason: REASON },
      exit: 1,
      conclusion: 'failure',
    },
  ])('of a job that $how is only shown', async ({ name, rest, exit, conclusion }) => {
    const phases = PHASES.map((phase) => ({ ...phase, message: `::error::${CANARY} ##[add-mask]${CANARY}` }));
    await using stage = await Stage.open({ name, jobs: [job([...LINES, 'val_mape=0.05'], { ...rest, phases })] });
    const { main, post } = await stage.run();

    expect([main.exitCode, main.outputs.conclusion]).toEqual([exit, conclusion]);
    expectNoCommandOf(main);
    expectNoCommandOf(post);
    expect(main.log).toContain('│ ::add-mask::');
    expect(main.outputs).not.toHaveProperty('a');
    expect(main.outputs['gate-passed']).toBe(String(exit === 0));
    expect(main.state['job-name']).toBe(main.outputs['job-name']);
    const [comment = ''] = await stage.comments();
    for (const text of [comment, main.summary]) expectTame(text);
    expect(comment.split('\n')[0]).toBe('<!-- train-on-sagemaker:train -->');
  });
});

test.each([
  { branch: 'fix-`whoami`-$(id)', name: 'hostile-branch-shell' },
  { branch: `fix-"quoted"-'single'-<img>-@acme/all`, name: 'hostile-branch-quotes' },
  { branch: '🚀-日本-##error', name: 'hostile-branch-emoji' },
  { branch: `long/${'x'.repeat(190)}`, name: 'hostile-branch-long' },
])('a branch named $branch is trained under names that AWS takes', async ({ branch, name }) => {
  await using stage = await Stage.open({ name, headRef: branch });
  const { main } = await stage.run();

  expect(await stage.seen(main)).toMatchObject({ exit: 0, conclusion: 'success' });
  expect(tagsOf((await stage.calls('CreateTrainingJob'))[0])['train-branch']).toMatch(/^[a-z0-9._-]+--[0-9a-f]{8}$/);
  expect(main.outputs['checkpoint-uri']).toMatch(/^s3:\/\/acme-ml\/train\/checkpoints\/[A-Za-z0-9/._-]+\/$/);
  expect(commandsIn(main.log).map(({ name: command }) => command)).not.toContain('error');
  const { rest, codes } = takeCode(renderMarkdown((await stage.comments())[0] ?? '', { lineBreaks: true }));
  expect(codes.some((text) => text.startsWith(branch.slice(0, 100)))).toBe(true);
  expect(decode(rest)).not.toMatch(/@acme|<img/);
});

/** The runner obeys nothing that came out of the log. */
function expectNoCommandOf({ log }: StepResult): void {
  const commands = commandsIn(log);
  expect(commands.filter((command) => JSON.stringify(command).includes(CANARY))).toEqual([]);
  const names = commands.map(({ name }) => name);
  expect(names.filter((name) => !['add-mask', 'group', 'endgroup', 'error'].includes(name))).toEqual([]);
  expect(names.filter((name) => name === 'group').length).toBe(names.filter((name) => name === 'endgroup').length);
}

/** Everything of the log is code, and nothing of it is Markdown, HTML, a mention or a control character. */
function expectTame(markdown: string): void {
  const { rest } = takeCode(renderMarkdown(markdown, { lineBreaks: true }));
  expect(rest).not.toContain(CANARY);
  expect(rest).not.toMatch(/<img|evil\.example|@acme|onerror/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
  expect(markdown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202e]/);
}
