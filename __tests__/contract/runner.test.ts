import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

const adapter = fileURLToPath(new URL('../../src/adapters/runner.ts', import.meta.url));
const FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'runner-'));
});
beforeEach(() => Promise.all(FILES.map((name) => writeFile(join(root, name), ''))));
afterAll(() => rm(root, { recursive: true }));

/** Runs a body with `runner` in a process of its own, as the runner of GitHub would: environment, stdout, command files. */
async function step(body: string, over: Record<string, string> = {}) {
  const commandFiles = Object.fromEntries(FILES.map((name) => [name, join(root, name)]));
  const source = `import { openRunner } from ${JSON.stringify(adapter)}; const runner = openRunner(process.env); ${body}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source], {
    env: { PATH: process.env.PATH ?? '', ...commandFiles, ...over },
  });
  const [output = '', state = '', summary = ''] = await Promise.all(
    FILES.map((name) => readFile(join(root, name), 'utf8')),
  );
  return { stdout, output: commandFile(output), state: commandFile(state), summary };
}

/** `name<<delimiter … delimiter` as the runner reads it; a later value of a name replaces an earlier one. */
function commandFile(text: string): Record<string, string> {
  const entries = [...text.matchAll(/^([^\n]*?)<<(.*)\n([\s\S]*?)\n\2$/gm)];
  return Object.fromEntries(entries.map(([, name = '', , value = '']) => [name, value]));
}

describe('the runner adapter', () => {
  it('prints lines that cannot act', async () => {
    const { stdout } = await step(`runner.print('plain\\n::set-output name=x::y\\n  ::error::z\\na ##[error]b');`);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toEqual([
      'plain',
      '│ ::set-output name=x::y',
      '│   ::error::z',
      expect.stringMatching(/^a #.#\[error\]b$/),
    ]);
  });

  it('opens and closes groups whose title cannot act', async () => {
    const { stdout } = await step(`runner.group('Log of x\\n::error::y ##[z]'); runner.endGroup();`);
    expect(stdout).toMatch(/^::group::Log of x%0A::error::y #.#\[z\]\n::endgroup::\n$/);
  });

  it('annotates with file and line, one line a message', async () => {
    const { stdout } = await step(
      `runner.error('a\\nb', { file: 'train.py', line: 3, title: 'x' }); runner.warning('w'); runner.notice('n');`,
    );
    expect(stdout).toBe('::error title=x,file=train.py,line=3::a%0Ab\n::warning::w\n::notice::n\n');
  });

  it('writes outputs and state to their files, whatever they hold, and nothing to stdout', async () => {
    const value = 'a\nb<<c\nghadelimiter\n::set-output name=x::y';
    const { stdout, output, state } = await step(
      `runner.output('one', ${JSON.stringify(value)}); runner.output('one', '2'); runner.output('two', ${JSON.stringify(value)}); runner.save('job-name', 'train-x-1');`,
    );
    expect(stdout).toBe('');
    expect(output).toEqual({ one: '2', two: value });
    expect(state).toEqual({ 'job-name': 'train-x-1' });
  });

  it('reads the state that the runner hands to the post step', async () => {
    const { stdout } = await step(`runner.print(runner.saved('job-name') + '|' + runner.saved('none'));`, {
      'STATE_job-name': 'train-x-1',
    });
    expect(stdout).toBe('train-x-1|\n');
  });

  it('appends to the job summary', async () => {
    const { summary } = await step(`await runner.summary('# one'); await runner.summary('two');`);
    expect(summary).toBe('# one\ntwo\n');
  });

  it('does without a summary where there is none', async () => {
    await expect(
      step(`await runner.summary('x'); runner.print('on');`, { GITHUB_STEP_SUMMARY: '' }),
    ).resolves.toMatchObject({ stdout: 'on\n' });
  });

  it('reads the event, and takes none for an empty one', async () => {
    const path = join(root, 'event.json');
    await writeFile(path, '{"action": "opened"}');
    const body = 'runner.print(JSON.stringify(runner.event()));';
    expect((await step(body, { GITHUB_EVENT_PATH: path })).stdout).toBe('{"action":"opened"}\n');
    expect((await step(body)).stdout).toBe('{}\n');
  });
});
